package org.qsnn.network;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.qsnn.layer.Readout;
import org.qsnn.model.NetworkSpec.Linear;
import org.qsnn.network.TrainingNetwork.Forward;
import org.qsnn.parameter.NetworkLayout;
import org.qsnn.parameter.Parameters;
import org.qsnn.tensor.FloatTensor;
import org.qsnn.tensor.PairwiseSum;
import org.qsnn.tensor.Workspace;

/**
 * The losses of shards that are computed together, and their gradient behind the layers.
 *
 * @param of each shard
 * @param last gradient of what the readout read, of all shards; scratch
 */
record ShardLosses(List<Loss> of, FloatTensor last) {
  /**
   * Shard by shard: ND4J multiplies the matrices that it would multiply if each were alone.
   *
   * @param gradient of the network's parameters, whose readout's windows are written
   */
  static ShardLosses of(
      Readout readout,
      Forward forward,
      List<Targets> targets,
      int classes,
      LossTerms terms,
      Parameters gradient,
      Workspace workspace) {
    int shards = forward.shards();
    int length = 0;
    for (Linear layer : readout.layers()) {
      length += layer.outputs() * (layer.features() + 1);
    }
    PairwiseSum sum = new PairwiseSum(shards, length);
    List<Loss> losses = new ArrayList<>();
    FloatTensor last = workspace.take(forward.last().shape());
    for (int s = 0; s < shards; s++) {
      Readout.Pass pass =
          readout.forward(forward.last().ofShard(s, shards), forward.linears(), workspace);
      Loss loss =
          Loss.of(
              pass.logits(), forward.timesteps(), targets.get(s), classes, forward.rates(s), terms);
      losses.add(loss);
      int at = 0;
      for (Readout.LinearGradient linear :
          readout.backward(pass, loss.logitGradient(), last.ofShard(s, shards), workspace)) {
        at = append(linear.weights(), sum.next(), at);
        at = append(linear.bias(), sum.next(), at);
      }
      sum.add();
    }
    write(sum.total(), readout.layers(), gradient);
    return new ShardLosses(losses, last);
  }

  private static int append(float[] part, float[] whole, int at) {
    System.arraycopy(part, 0, whole, at, part.length);
    return at + part.length;
  }

  private static void write(float[] sums, List<Linear> layers, Parameters gradient) {
    int from = 0;
    for (Linear layer : layers) {
      int bias = from + layer.outputs() * layer.features();
      int end = bias + layer.outputs();
      gradient.setInPlace(NetworkLayout.weight(layer), Arrays.copyOfRange(sums, from, bias));
      gradient.setInPlace(NetworkLayout.bias(layer), Arrays.copyOfRange(sums, bias, end));
      from = end;
    }
  }
}
