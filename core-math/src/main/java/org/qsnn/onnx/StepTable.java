package org.qsnn.onnx;

import java.util.Arrays;
import java.util.TreeSet;
import org.qsnn.deploy.IntegerMembrane;

/**
 * What a neuron that did not fire, or was reset softly, carries on, as steps over |u|: boundaries
 * and spans of the codes in one sorted list, which a search by halves reads.
 *
 * @param from {@code [2^halvings]}, in units of the layer: from[i] is the smallest |u| of step i;
 *     infinite where there is no such step
 * @param carried {@code [2^halvings]}: what the neuron carries on from this step, for u ≥ 0
 */
record StepTable(float[] from, long[] carried) {
  private static final int MANTISSA_BITS = 23;

  /**
   * @param fraction of the layer: its units are 2^−fraction
   */
  static StepTable of(IntegerMembrane membrane, int fraction) {
    TreeSet<Integer> keys = new TreeSet<>();
    keys.add(0);
    for (int boundary : membrane.boundaries()) {
      keys.add(boundary);
    }
    int[] spans = membrane.spans();
    for (int i = 0; i < spans.length; i += 3) {
      keys.add(spans[i]);
      keys.add(spans[i + 1] == Integer.MAX_VALUE ? Integer.MAX_VALUE : spans[i + 1] + 1);
    }
    // The bits of no float.
    keys.remove(Integer.MAX_VALUE);
    int[] steps =
        keys.stream()
            .mapToInt(key -> key)
            .filter(key -> key == 0 || membrane.code(key) != membrane.code(key - 1))
            .toArray();
    int length = steps.length == 1 ? 1 : 2 * Integer.highestOneBit(steps.length - 1);
    float[] from = new float[length];
    long[] carried = new long[length];
    Arrays.fill(from, Float.POSITIVE_INFINITY);
    for (int i = 0; i < steps.length; i++) {
      from[i] = units(steps[i], fraction);
      carried[i] = membrane.carried()[membrane.levels() + membrane.code(steps[i])];
    }
    return new StepTable(from, carried);
  }

  /** The |u| of a key; exact. */
  private static float units(int key, int fraction) {
    return key == 0 ? 0 : Float.intBitsToFloat(key + (fraction << MANTISSA_BITS));
  }

  /** Whether no neuron carries anything on. */
  boolean isEmpty() {
    return Arrays.stream(carried).allMatch(units -> units == 0);
  }
}
