package org.qsnn.nir;

import java.util.Arrays;

/**
 * Numbers of a node.
 *
 * @param shape empty for a scalar
 * @param values {@code long[]}, {@code float[]} or {@code double[]}, in C order
 */
public record NirArray(int[] shape, Object values) {
  static NirArray scalar(long value) {
    return new NirArray(new int[0], new long[] {value});
  }

  static NirArray list(int... values) {
    return new NirArray(new int[] {values.length}, Arrays.stream(values).asLongStream().toArray());
  }

  static NirArray floats(float[] values, int... shape) {
    return new NirArray(shape, values);
  }

  /** The same float64 everywhere. */
  static NirArray filled(double value, int... shape) {
    double[] values = new double[Arrays.stream(shape).reduce(1, Math::multiplyExact)];
    Arrays.fill(values, value);
    return new NirArray(shape, values);
  }
}
