package org.qsnn.deploy;

/**
 * The neurons of a layer: a channel's sums become spikes, as {@link IntegerLayer} says. Without
 * branches, for whether a neuron fires is hard to foresee. Where all numbers are floats, a fused
 * multiply-add takes the place of 64-bit integers: it is one rounding of the exact result, which is
 * what R is.
 */
final class NeuronRunner {
  private final IntegerLayer layer;
  private final boolean[] hasSmallSums;
  private final MembraneCodes[] codes;
  private final int threshold;

  /**
   * @param hasSmallSums of each branch: whether its sums are floats
   */
  NeuronRunner(IntegerLayer layer, boolean[] hasSmallSums) {
    this.layer = layer;
    this.hasSmallSums = hasSmallSums;
    this.codes = new MembraneCodes[layer.membranes().size()];
    for (int t = 0; t < codes.length; t++) {
      codes[t] = new MembraneCodes(layer.membranes().get(t));
    }
    this.threshold = Float.floatToRawIntBits((float) layer.threshold());
  }

  /**
   * Sets the bits of the neurons of a channel that fire.
   *
   * @param sums of the branches
   * @param isSteady whether the sums of all timesteps are those of the first
   */
  void fire(int channel, Tile tile, int[][] sums, boolean[] isSteady, NeuronState state) {
    int area = tile.area();
    int timesteps = tile.timesteps();
    for (int t = 0; t < timesteps; t++) {
      first(channel, sums[0], isSteady[0] ? 0 : t * area, state.potentials(), area);
      if (sums.length > 1) {
        second(channel, sums[1], isSteady[1] ? 0 : t * area, state.potentials(), area);
      }
      if (t > 0) {
        codes[t - 1].carry(state.codes(), state.potentials(), area);
      }
      fire(channel, state.potentials(), area, state.words(t));
      if (t < timesteps - 1) {
        keep(codes[t], area, state);
      }
    }
  }

  private void first(int channel, int[] sums, int at, int[] potentials, int count) {
    long factor = layer.branches().get(0).factors()[channel];
    long offset = layer.offsets()[channel];
    if (hasSmallSums[0] && Rounding.isFloat(factor) && Rounding.isFloat(offset)) {
      fused((float) factor, (float) offset, sums, at, potentials, count);
    } else {
      rounded(factor, offset, sums, at, potentials, count);
    }
  }

  private static void fused(
      float factor, float offset, int[] sums, int at, int[] potentials, int count) {
    if (Vectors.ARE_USED) {
      VectorCurrents.first(factor, offset, sums, at, potentials, count);
      return;
    }
    for (int i = 0; i < count; i++) {
      float u = Math.fma(factor, (float) sums[at + i], offset);
      potentials[i] = Float.floatToRawIntBits(u);
    }
  }

  private static void rounded(
      long factor, long offset, int[] sums, int at, int[] potentials, int count) {
    for (int i = 0; i < count; i++) {
      float u = Rounding.toFloat(factor * sums[at + i] + offset);
      potentials[i] = Float.floatToRawIntBits(u);
    }
  }

  private void second(int channel, int[] sums, int at, int[] potentials, int count) {
    long factor = layer.branches().get(1).factors()[channel];
    if (hasSmallSums[1] && Rounding.isFloat(factor)) {
      addFused((float) factor, sums, at, potentials, count);
    } else {
      addRounded(factor, sums, at, potentials, count);
    }
  }

  private static void addFused(float factor, int[] sums, int at, int[] potentials, int count) {
    if (Vectors.ARE_USED) {
      VectorCurrents.second(factor, sums, at, potentials, count);
      return;
    }
    for (int i = 0; i < count; i++) {
      float u = Float.intBitsToFloat(potentials[i]);
      potentials[i] = Float.floatToRawIntBits(Math.fma(factor, (float) sums[at + i], u));
    }
  }

  private static void addRounded(long factor, int[] sums, int at, int[] potentials, int count) {
    for (int i = 0; i < count; i++) {
      long u = (long) Float.intBitsToFloat(potentials[i]);
      potentials[i] = Float.floatToRawIntBits(Rounding.toFloat(u + factor * sums[at + i]));
    }
  }

  private void fire(int channel, int[] potentials, int count, int[] words) {
    for (int i = 0; i < count; i++) {
      words[i] |= isAbove(potentials[i]) << channel;
    }
  }

  private void keep(MembraneCodes table, int count, NeuronState state) {
    if (layer.subtracted() != 0) {
      subtract(state.potentials(), count);
    }
    keys(layer.fraction() << 23, state.potentials(), state.keys(), count);
    table.find(state, count);
    sign(state.potentials(), state.codes(), count);
    if (layer.subtracted() == 0) {
      reset(state.potentials(), state.codes(), count);
    }
  }

  private void subtract(int[] potentials, int count) {
    for (int i = 0; i < count; i++) {
      long subtracted = layer.subtracted() & -isAbove(potentials[i]);
      long u = (long) Float.intBitsToFloat(potentials[i]);
      potentials[i] = Float.floatToRawIntBits(Rounding.toFloat(u - subtracted));
    }
  }

  private static void keys(int shift, int[] potentials, int[] keys, int count) {
    for (int i = 0; i < count; i++) {
      int key = (potentials[i] & Integer.MAX_VALUE) - shift;
      // At least 0: Java 17 makes no vectors of Math.max.
      keys[i] = key & ~(key >> (Integer.SIZE - 1));
    }
  }

  private static void sign(int[] potentials, int[] codes, int count) {
    for (int i = 0; i < count; i++) {
      int sign = potentials[i] >> (Integer.SIZE - 1);
      codes[i] = (codes[i] ^ sign) - sign;
    }
  }

  private void reset(int[] potentials, int[] codes, int count) {
    for (int i = 0; i < count; i++) {
      codes[i] &= isAbove(potentials[i]) - 1;
    }
  }

  /** 1 of u above the threshold: bits of floats that are not negative grow with them. */
  private int isAbove(int bits) {
    return ((threshold - bits) & ~bits) >>> (Integer.SIZE - 1);
  }
}
