package org.qsnn.bench;

import org.qsnn.tensor.FloatTensor;
import org.qsnn.tensor.RandomStream;

/** Random contents of activations. */
final class Activations {
  private Activations() {}

  /** From −1 to 2: membranes on both sides of the threshold. */
  static FloatTensor fillWithCurrents(FloatTensor tensor) {
    RandomStream random = RandomStream.of(tensor.size());
    float[] values = new float[tensor.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = 3 * random.nextFloat() - 1;
    }
    tensor.write(values);
    return tensor;
  }

  /**
   * Averages of {@code window} neurons each of which fires with probability {@code rate}.
   *
   * @param window neurons of a pool, 1 for none
   */
  static FloatTensor fillWithSpikes(FloatTensor tensor, int window, double rate) {
    RandomStream random = RandomStream.of(tensor.size());
    float[] values = new float[tensor.size()];
    for (int i = 0; i < values.length; i++) {
      int spikes = 0;
      for (int k = 0; k < window; k++) {
        spikes += random.nextDouble() < rate ? 1 : 0;
      }
      values[i] = (float) spikes / window;
    }
    tensor.write(values);
    return tensor;
  }
}
