package org.qsnn.network;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.qsnn.layer.BranchWeights;
import org.qsnn.layer.LinearWeights;
import org.qsnn.layer.Synapses;
import org.qsnn.model.NetworkSpec.Branch;
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
 * The effective weights of one step, in the order in which layers use them. All tasks of the step
 * that share a network share them, and none changes them.
 *
 * @param branches for each layer one entry a branch; null for an identity
 * @param linears the readout's
 * @param work that is left to be done once for all tasks
 */
record UnpackedWeights(
    List<List<BranchWeights>> branches, List<PackedLinear> linears, Queue<Runnable> work) {

  private enum Role {
    WEIGHTS
  }

  /** A linear layer's weights, which each task unpacks into its own memory. */
  private record PackedLinear(QuantizedTensor weights, float[] bias) {
    LinearWeights unpack(Workspace workspace) {
      FloatTensor floats = workspace.tensor(Role.WEIGHTS, weights.name(), weights.shape());
      floats.write(weights.dequantize());
      return new LinearWeights(floats, bias);
    }
  }

  static UnpackedWeights of(NetworkLayout layout, ConvolutionForms forms, SynapticWeights weights) {
    List<List<BranchWeights>> branches = new ArrayList<>();
    Queue<Runnable> work = new ConcurrentLinkedQueue<>();
    List<QuantizedTensor> tensors = weights.tensors();
    int index = 0;
    for (Layer layer : layout.spec().layers()) {
      List<BranchWeights> row = new ArrayList<>();
      for (Branch branch : layer.branches()) {
        if (branch instanceof Convolved convolved) {
          Synapses synapses = forms.synapses(index, tensors.get(index));
          work.addAll(synapses.sharedWork());
          row.add(
              new BranchWeights(
                  synapses,
                  other(layout, weights, NetworkLayout.normWeight(convolved.convolution())),
                  other(layout, weights, NetworkLayout.normBias(convolved.convolution()))));
          index++;
        } else {
          row.add(null);
        }
      }
      branches.add(row);
    }
    List<PackedLinear> linears = new ArrayList<>();
    for (Linear linear : layout.spec().readout().layers()) {
      float[] bias = other(layout, weights, NetworkLayout.bias(linear));
      linears.add(new PackedLinear(tensors.get(index++), bias));
    }
    return new UnpackedWeights(branches, linears, work);
  }

  /** Does what no other task has begun. */
  void shareWork() {
    for (Runnable part = work.poll(); part != null; part = work.poll()) {
      part.run();
    }
  }

  /** The readout's weights, in the memory of one task. */
  List<LinearWeights> readout(Workspace workspace) {
    return linears.stream().map(linear -> linear.unpack(workspace)).toList();
  }

  private static float[] other(NetworkLayout layout, SynapticWeights weights, String name) {
    Window window = layout.others().window(name);
    return Arrays.copyOfRange(weights.others(), window.offset(), window.end());
  }
}
