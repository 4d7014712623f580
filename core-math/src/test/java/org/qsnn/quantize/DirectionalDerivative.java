package org.qsnn.quantize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.function.ToDoubleFunction;
import org.qsnn.tensor.RandomStream;

/** Compares a gradient with central differences of its (smooth) primitive in double precision. */
public final class DirectionalDerivative {
  private static final int DIRECTIONS = 5;
  private static final double STEP = 1e-5;

  private DirectionalDerivative() {}

  /** Along random directions from {@code point}. */
  public static void check(ToDoubleFunction<double[]> primitive, float[] point, float[] gradient) {
    for (int k = 0; k < DIRECTIONS; k++) {
      RandomStream random = RandomStream.of(99, k);
      double[] forth = new double[point.length];
      double[] back = new double[point.length];
      double expected = 0;
      double size = 0;
      for (int i = 0; i < point.length; i++) {
        double direction = random.nextGaussian();
        forth[i] = point[i] + STEP * direction;
        back[i] = point[i] - STEP * direction;
        expected += gradient[i] * direction;
        size += Math.abs(gradient[i] * direction);
      }
      double found = (primitive.applyAsDouble(forth) - primitive.applyAsDouble(back)) / (2 * STEP);
      assertThat(size).isPositive();
      assertThat(expected).as("direction %d", k).isCloseTo(found, within(1e-5 * size));
    }
  }

  public static float[] normal(int size, double deviation, long seed) {
    RandomStream random = RandomStream.of(seed);
    float[] values = new float[size];
    for (int i = 0; i < size; i++) {
      values[i] = (float) (deviation * random.nextGaussian());
    }
    return values;
  }
}
