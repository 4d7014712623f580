package org.qsnn.network;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.qsnn.binary.BinaryConvolution;
import org.qsnn.layer.BranchWeights;
import org.qsnn.layer.DenseSynapses;
import org.qsnn.layer.LinearWeights;
import org.qsnn.layer.Synapses;
import org.qsnn.model.NetworkSpec;
import org.qsnn.model.NetworkSpec.Branch;
import org.qsnn.model.NetworkSpec.Convolution;
import org.qsnn.model.NetworkSpec.Convolved;
import org.qsnn.model.NetworkSpec.Layer;
import org.qsnn.model.NetworkSpec.Linear;
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
 * @param readout one for each linear layer
 */
record UnpackedWeights(List<List<BranchWeights>> branches, List<LinearWeights> readout) {

  static UnpackedWeights of(NetworkLayout layout, SynapticWeights weights, Workspace workspace) {
    List<List<BranchWeights>> branches = new ArrayList<>();
    List<QuantizedTensor> tensors = weights.tensors();
    int index = 0;
    for (Layer layer : layout.spec().layers()) {
      List<BranchWeights> row = new ArrayList<>();
      for (Branch branch : layer.branches()) {
        row.add(
            branch instanceof Convolved convolved
                ? new BranchWeights(
                    synapses(layout.spec(), convolved, tensors.get(index++), workspace),
                    other(layout, weights, NetworkLayout.normWeight(convolved.convolution())),
                    other(layout, weights, NetworkLayout.normBias(convolved.convolution())))
                : null);
      }
      branches.add(row);
    }
    List<LinearWeights> readout = new ArrayList<>();
    for (Linear linear : layout.spec().readout().layers()) {
      readout.add(
          new LinearWeights(
              unpack(tensors.get(index++), workspace),
              other(layout, weights, NetworkLayout.bias(linear))));
    }
    return new UnpackedWeights(branches, readout);
  }

  /** The convolution of a branch, in the form that its weights allow. */
  static Synapses synapses(
      NetworkSpec spec, Convolved branch, QuantizedTensor weights, Workspace workspace) {
    Convolution convolution = branch.convolution();
    if (!weights.isBinary() || branch.source() == NetworkSpec.INPUT) {
      return new DenseSynapses(convolution, unpack(weights, workspace));
    }
    Layer source = spec.layers().get(branch.source());
    return new BinaryConvolution(convolution, weights, source.countsPerUnit(), source.outputSize());
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
