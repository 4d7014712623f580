package org.qsnn.network;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.qsnn.binary.BinaryConvolution;
import org.qsnn.layer.BranchWeights;
import org.qsnn.layer.DenseSynapses;
import org.qsnn.layer.Synapses;
import org.qsnn.model.NetworkSpec;
import org.qsnn.model.NetworkSpec.Branch;
import org.qsnn.model.NetworkSpec.Convolution;
import org.qsnn.model.NetworkSpec.Layer;
import org.qsnn.model.QuantizedTensor;
import org.qsnn.parameter.NetworkLayout;
import org.qsnn.parameter.ParameterLayout.Window;
import org.qsnn.quantize.SynapticWeights;
import org.qsnn.tensor.FloatTensor;
import org.qsnn.tensor.Workspace;

/**
 * Effective weights as floats off the heap, in the order in which layers use them.
 *
 * @param branches for each layer one entry a branch; null for an identity
 * @param readout {@code [classes, features]}
 * @param readoutBias one a class
 */
record UnpackedWeights(
    List<List<BranchWeights>> branches, FloatTensor readout, float[] readoutBias) {

  static UnpackedWeights of(NetworkLayout layout, SynapticWeights weights, Workspace workspace) {
    List<List<BranchWeights>> branches = new ArrayList<>();
    int index = 0;
    for (Layer layer : layout.spec().layers()) {
      List<BranchWeights> row = new ArrayList<>();
      for (Branch branch : layer.branches()) {
        Convolution convolution = branch.convolution();
        row.add(
            branch.isIdentity()
                ? null
                : new BranchWeights(
                    synapses(layout.spec(), layer, branch, weights.convolution(index++), workspace),
                    other(layout, weights, NetworkLayout.normWeight(convolution)),
                    other(layout, weights, NetworkLayout.normBias(convolution))));
      }
      branches.add(row);
    }
    return new UnpackedWeights(
        branches,
        unpack(weights.readout(), workspace),
        other(layout, weights, NetworkLayout.bias(layout.spec().readout())));
  }

  /** The convolution of a branch of a layer, in the form that its weights allow. */
  static Synapses synapses(
      NetworkSpec spec, Layer layer, Branch branch, QuantizedTensor weights, Workspace workspace) {
    Convolution convolution = branch.convolution();
    if (!weights.isBinary() || branch.source() == NetworkSpec.INPUT) {
      return new DenseSynapses(convolution, unpack(weights, workspace));
    }
    Layer source = spec.layers().get(branch.source());
    return new BinaryConvolution(
        convolution, weights, source.pool() * source.pool(), source.outputSize());
  }

  static FloatTensor unpack(QuantizedTensor tensor, Workspace workspace) {
    FloatTensor floats = workspace.tensor(tensor.name(), tensor.shape());
    floats.write(tensor.dequantize());
    return floats;
  }

  private static float[] other(NetworkLayout layout, SynapticWeights weights, String name) {
    Window window = layout.others().window(name);
    return Arrays.copyOfRange(weights.others(), window.offset(), window.end());
  }
}
