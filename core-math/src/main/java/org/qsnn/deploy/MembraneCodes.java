package org.qsnn.deploy;

import java.util.Arrays;

/**
 * {@link IntegerMembrane#code} of many neurons at once. Few boundaries are compared one by one,
 * which compilers make vectors of. Of many there is a table: keys in steps of 2^SHIFT, with the
 * code of a step's first key, next to which one boundary at most is compared; or −1 where a step
 * has more of them, or a span.
 */
final class MembraneCodes {
  private static final int SHIFT = 14;

  /** Levels that are compared one by one. */
  private static final int FEW = 7;

  private final IntegerMembrane membrane;
  private final byte[] steps;

  /** One more than the membrane has, which no key reaches. */
  private final int[] boundaries;

  private final float[] floats;
  private final boolean isFloat;

  MembraneCodes(IntegerMembrane membrane) {
    this.membrane = membrane;
    this.steps = membrane.levels() <= FEW ? new byte[0] : steps(membrane);
    this.boundaries = Arrays.copyOf(membrane.boundaries(), membrane.levels() + 1);
    this.boundaries[membrane.levels()] = Integer.MAX_VALUE;
    this.floats = new float[membrane.carried().length];
    boolean isExact = true;
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) membrane.carried()[i];
      isExact &= Rounding.isFloat(membrane.carried()[i]);
    }
    this.isFloat = isExact;
  }

  private static byte[] steps(IntegerMembrane membrane) {
    byte[] steps = new byte[Float.floatToRawIntBits(16f) >> SHIFT];
    int[] boundaries = membrane.boundaries();
    for (int code = 1; code <= membrane.levels(); code++) {
      // The first step whose first key has the code.
      int step = ((boundaries[code - 1] - 1) >> SHIFT) + 1;
      if (step < steps.length) {
        Arrays.fill(steps, step, steps.length, (byte) code);
      }
    }
    for (int code = 2; code <= membrane.levels(); code++) {
      int step = boundaries[code - 1] >> SHIFT;
      if (step < steps.length && step == boundaries[code - 2] >> SHIFT) {
        steps[step] = -1;
      }
    }
    int[] spans = membrane.spans();
    for (int i = 0; i < spans.length; i += 3) {
      int last = Math.min(spans[i + 1] >> SHIFT, steps.length - 1);
      for (int step = spans[i] >> SHIFT; step <= last; step++) {
        steps[step] = -1;
      }
    }
    return steps;
  }

  /** Overwrites codes with those of keys, without a sign. */
  void find(int[] keys, int[] codes, int count) {
    if (steps.length > 0) {
      lookUp(keys, codes, count);
      return;
    }
    Arrays.fill(codes, 0, count, 0);
    for (int boundary : membrane.boundaries()) {
      countFrom(boundary, keys, codes, count);
    }
    int[] spans = membrane.spans();
    for (int i = 0; i < spans.length; i += 3) {
      replace(spans[i], spans[i + 1], spans[i + 2], keys, codes, count);
    }
  }

  private void lookUp(int[] keys, int[] codes, int count) {
    for (int i = 0; i < count; i++) {
      int step = keys[i] >> SHIFT;
      int code = step < steps.length ? steps[step] : -1;
      codes[i] =
          code >= 0
              ? code + ((boundaries[code] - 1 - keys[i]) >>> (Integer.SIZE - 1))
              : membrane.code(keys[i]);
    }
  }

  /** Adds 1 where the boundary is reached. */
  private static void countFrom(int boundary, int[] keys, int[] codes, int count) {
    for (int i = 0; i < count; i++) {
      codes[i] += (boundary - 1 - keys[i]) >>> (Integer.SIZE - 1);
    }
  }

  private static void replace(int first, int last, int code, int[] keys, int[] codes, int count) {
    for (int i = 0; i < count; i++) {
      int isWithin = ((first - 1 - keys[i]) & (keys[i] - last - 1)) >> (Integer.SIZE - 1);
      codes[i] ^= (codes[i] ^ code) & isWithin;
    }
  }

  /** Adds to potentials what codes carry. */
  void carry(int[] codes, int[] potentials, int count) {
    if (isFloat) {
      carryFloats(codes, potentials, count);
    } else {
      carryLongs(codes, potentials, count);
    }
  }

  private void carryFloats(int[] codes, int[] potentials, int count) {
    int zero = membrane.levels();
    for (int i = 0; i < count; i++) {
      float u = Float.intBitsToFloat(potentials[i]) + floats[zero + codes[i]];
      potentials[i] = Float.floatToRawIntBits(u);
    }
  }

  private void carryLongs(int[] codes, int[] potentials, int count) {
    long[] carried = membrane.carried();
    int zero = membrane.levels();
    for (int i = 0; i < count; i++) {
      long x = (long) Float.intBitsToFloat(potentials[i]);
      potentials[i] = Float.floatToRawIntBits(Rounding.toFloat(x + carried[zero + codes[i]]));
    }
  }
}
