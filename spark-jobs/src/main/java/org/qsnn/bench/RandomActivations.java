package org.qsnn.bench;

import java.util.Arrays;
import org.qsnn.tensor.Activation;
import org.qsnn.tensor.BitTensor;
import org.qsnn.tensor.FloatTensor;
import org.qsnn.tensor.RandomStream;

/** Random contents of activations. */
final class RandomActivations {
  private RandomActivations() {}

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
  static Activation spikes(int window, double rate, int... shape) {
    float[] values = new float[Arrays.stream(shape).reduce(1, Math::multiplyExact)];
    RandomStream random = RandomStream.of(values.length);
    for (int i = 0; i < values.length; i++) {
      int spikes = 0;
      for (int k = 0; k < window; k++) {
        spikes += random.nextDouble() < rate ? 1 : 0;
      }
      values[i] = (float) spikes / window;
    }
    return window == 1 ? BitTensor.of(values, shape) : FloatTensor.of(values, shape);
  }
}
