package org.qsnn.deploy;

import java.util.Arrays;

/**
 * {@link IntegerMembrane#code} of many levels by a table that stays in the first-level cache: keys
 * in large steps, from the first boundary on, with the code of a step's first key. A step has one
 * boundary at most, with which a key is compared, and every span lies in one step with a boundary:
 * keys as close to it as spans are searched for one by one.
 */
final class CodeTable {
  /** Binary logarithms of the largest step and of the smallest, whose table has some 5 kB. */
  private static final int LARGEST = 20;

  private static final int SMALLEST = 14;

  /** All boundaries are below. */
  private static final int END = Float.floatToRawIntBits(16f);

  private final IntegerMembrane membrane;
  private final int shift;
  private final int first;
  private final byte[] steps;

  /** One more than the membrane has, which no key reaches. */
  private final int[] boundaries;

  private final int reach;

  private CodeTable(IntegerMembrane membrane, int shift, int reach) {
    this.membrane = membrane;
    this.shift = shift;
    this.reach = reach;
    this.boundaries = Arrays.copyOf(membrane.boundaries(), membrane.levels() + 1);
    this.boundaries[membrane.levels()] = Integer.MAX_VALUE;
    // The step before the first boundary's: it stands for all smaller keys too.
    this.first = (boundaries[0] >> shift) - 1;
    this.steps = new byte[(END >> shift) - first + 1];
    for (int code = 1; code <= membrane.levels(); code++) {
      // From the first step whose first key has the code.
      int step = ((boundaries[code - 1] - 1) >> shift) + 1 - first;
      Arrays.fill(steps, step, steps.length, (byte) code);
    }
  }

  /** Null where there are no such steps. */
  static CodeTable of(IntegerMembrane membrane) {
    for (int shift = LARGEST; shift >= SMALLEST; shift--) {
      int reach = isSparse(membrane.boundaries(), shift) ? reach(membrane, shift) : -1;
      if (reach >= 0) {
        return new CodeTable(membrane, shift, reach);
      }
    }
    return null;
  }

  private static boolean isSparse(int[] boundaries, int shift) {
    for (int i = 0; i < boundaries.length; i++) {
      boolean isAlone = i == 0 || boundaries[i] >> shift > boundaries[i - 1] >> shift;
      if (!isAlone || boundaries[i] < 1 || boundaries[i] >= END) {
        return false;
      }
    }
    return true;
  }

  /** The largest distance of spans from the boundary in their step; −1 where one has none. */
  private static int reach(IntegerMembrane membrane, int shift) {
    int reach = 0;
    int[] spans = membrane.spans();
    for (int i = 0; i < spans.length; i += 3) {
      int step = spans[i] >> shift;
      int boundary = boundary(membrane.boundaries(), step, shift);
      if (boundary < 0 || spans[i + 1] >> shift != step) {
        return -1;
      }
      reach = Math.max(reach, Math.abs(spans[i] - boundary));
      reach = Math.max(reach, Math.abs(spans[i + 1] - boundary));
    }
    return reach;
  }

  private static int boundary(int[] boundaries, int step, int shift) {
    for (int boundary : boundaries) {
      if (boundary >> shift == step) {
        return boundary;
      }
    }
    return -1;
  }

  /**
   * Overwrites the codes of a channel's neurons with those of keys, without a sign.
   *
   * @param count neurons
   */
  void find(NeuronState state, int count) {
    int[] keys = state.keys();
    int[] codes = state.codes();
    int[] limits = state.limits();
    step(keys, codes, count);
    read(codes, limits, count);
    if (compare(keys, codes, limits, count) > 0) {
      search(keys, codes, limits, count);
    }
  }

  /** From 0 to the last step, without Math.min and Math.max, of which Java 17 makes no vectors. */
  private void step(int[] keys, int[] codes, int count) {
    int last = steps.length - 1;
    int at = first;
    int by = shift;
    for (int i = 0; i < count; i++) {
      int step = (keys[i] >> by) - at;
      int beyond = last - (step & ~(step >> (Integer.SIZE - 1)));
      codes[i] = last - (beyond & ~(beyond >> (Integer.SIZE - 1)));
    }
  }

  /** The one loop that is no vectors: from steps to their codes and the boundaries after these. */
  private void read(int[] codes, int[] limits, int count) {
    byte[] table = steps;
    int[] after = boundaries;
    for (int i = 0; i < count; i++) {
      int code = table[codes[i]];
      codes[i] = code;
      limits[i] = after[code];
    }
  }

  /** Returns how many keys are as close to a boundary as spans; their limits become negative. */
  private int compare(int[] keys, int[] codes, int[] limits, int count) {
    int far = reach + 1;
    int near = 0;
    for (int i = 0; i < count; i++) {
      int beyond = keys[i] - limits[i];
      codes[i] += 1 + (beyond >> (Integer.SIZE - 1));
      limits[i] = Math.abs(beyond) - far;
    }
    for (int i = 0; i < count; i++) {
      near += limits[i] >>> (Integer.SIZE - 1);
    }
    return near;
  }

  private void search(int[] keys, int[] codes, int[] limits, int count) {
    for (int i = 0; i < count; i++) {
      if (limits[i] < 0) {
        codes[i] = membrane.code(keys[i]);
      }
    }
  }
}
