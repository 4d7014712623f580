package org.qsnn.network;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.qsnn.layer.BranchWeights;
import org.qsnn.layer.Synapses;
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
 * The effective weights of one step, in the order in which layers use them. All tasks of the step
 * that share a network share them, and none changes them.
 *
 * @param branches for each layer one entry a branch; null for an identity
 * @param readout {@code [classes, features]}
 * @param readoutBias one a class
 * @param work that is left to be done once for all tasks
 */
record UnpackedWeights(
    List<List<BranchWeights>> branches,
    QuantizedTensor readout,
    float[] readoutBias,
    Queue<Runnable> work) {

  static UnpackedWeights of(NetworkLayout layout, ConvolutionForms forms, SynapticWeights weights) {
    List<List<BranchWeights>> branches = new ArrayList<>();
    Queue<Runnable> work = new ConcurrentLinkedQueue<>();
    int index = 0;
    for (Layer layer : layout.spec().layers()) {
      List<BranchWeights> row = new ArrayList<>();
      for (Branch branch : layer.branches()) {
        if (branch.isIdentity()) {
          row.add(null);
          continue;
        }
        Convolution convolution = branch.convolution();
        Synapses synapses = forms.synapses(index, weights.convolution(index));
        work.addAll(synapses.sharedWork());
        row.add(
            new BranchWeights(
                synapses,
                other(layout, weights, NetworkLayout.normWeight(convolution)),
                other(layout, weights, NetworkLayout.normBias(convolution))));
        index++;
      }
      branches.add(row);
    }
    return new UnpackedWeights(
        branches,
        weights.readout(),
        other(layout, weights, NetworkLayout.bias(layout.spec().readout())),
        work);
  }

  /** Does what no other task has begun. */
  void shareWork() {
    for (Runnable part = work.poll(); part != null; part = work.poll()) {
      part.run();
    }
  }

  /** The readout's weights in a task's own memory. */
  FloatTensor readout(Workspace workspace) {
    FloatTensor floats = workspace.tensor(readout.name(), readout.shape());
    floats.write(readout.dequantize());
    return floats;
  }

  private static float[] other(NetworkLayout layout, SynapticWeights weights, String name) {
    Window window = layout.others().window(name);
    return Arrays.copyOfRange(weights.others(), window.offset(), window.end());
  }
}
