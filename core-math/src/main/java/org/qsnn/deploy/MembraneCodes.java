package org.qsnn.deploy;

import java.util.Arrays;

/**
 * {@link IntegerMembrane#code} of many neurons at once, in loops which compilers make vectors of.
 * Few boundaries are compared one by one, and so are those for which there is no {@link CodeTable}.
 */
final class MembraneCodes {
  /** Levels that are compared one by one. */
  private static final int FEW = 7;

  private final IntegerMembrane membrane;

  /** Null where boundaries are compared one by one. */
  private final CodeTable table;

  private final float[] floats;
  private final boolean isFloat;

  MembraneCodes(IntegerMembrane membrane) {
    this.membrane = membrane;
    this.table = membrane.levels() <= FEW ? null : CodeTable.of(membrane);
    this.floats = new float[membrane.carried().length];
    boolean isExact = true;
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) membrane.carried()[i];
      isExact &= Rounding.isFloat(membrane.carried()[i]);
    }
    this.isFloat = isExact;
  }

  /**
   * Overwrites the codes of a channel's neurons with those of keys, without a sign.
   *
   * @param count neurons
   */
  void find(NeuronState state, int count) {
    if (table != null) {
      table.find(state, count);
      return;
    }
    int[] keys = state.keys();
    int[] codes = state.codes();
    Arrays.fill(codes, 0, count, 0);
    for (int boundary : membrane.boundaries()) {
      countFrom(boundary, keys, codes, count);
    }
    int[] spans = membrane.spans();
    for (int i = 0; i < spans.length; i += 3) {
      replace(spans[i], spans[i + 1], spans[i + 2], keys, codes, count);
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
