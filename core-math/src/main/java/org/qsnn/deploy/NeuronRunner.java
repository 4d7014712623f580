package org.qsnn.deploy;

/**
 * The neurons of a layer: a channel's sums become spikes, as {@link IntegerLayer} says. Without
 * branches, for whether a neuron fires is hard to foresee.
 */
final class NeuronRunner {
  private final IntegerLayer layer;
  private final MembraneCodes[] codes;
  private final int threshold;

  NeuronRunner(IntegerLayer layer) {
    this.layer = layer;
    this.codes = layer.membranes().stream().map(MembraneCodes::new).toArray(MembraneCodes[]::new);
    this.threshold = Float.floatToRawIntBits((float) layer.threshold());
  }

  /**
   * Sets the bits of the neurons of a channel that fire.
   *
   * @param sums of the branches
   * @param isSteady whether the sums of all timesteps are those of the first
   */
  void fire(int channel, Tile tile, int[][] sums, boolean[] isSteady, NeuronState state) {
    float[] potentials = state.potentials();
    int area = tile.area();
    int timesteps = tile.timesteps();
    for (int t = 0; t < timesteps; t++) {
      int from = t * area;
      first(channel, sums[0], isSteady[0] ? 0 : from, potentials, from, area);
      if (sums.length > 1) {
        second(channel, sums[1], isSteady[1] ? 0 : from, potentials, from, area);
      }
      if (t > 0) {
        carry(state.carried(), potentials, from, area);
      }
      fire(channel, potentials, from, area, state.words());
      if (t < timesteps - 1) {
        keep(t, potentials, from, area, state.carried());
      }
    }
  }

  private void first(int channel, int[] sums, int at, float[] potentials, int from, int count) {
    long factor = layer.branches().get(0).factors()[channel];
    long offset = layer.offsets()[channel];
    for (int i = 0; i < count; i++) {
      potentials[from + i] = Rounding.toFloat(factor * sums[at + i] + offset);
    }
  }

  private void second(int channel, int[] sums, int at, float[] potentials, int from, int count) {
    long factor = layer.branches().get(1).factors()[channel];
    for (int i = 0; i < count; i++) {
      potentials[from + i] = Rounding.toFloat((long) potentials[from + i] + factor * sums[at + i]);
    }
  }

  private static void carry(long[] carried, float[] potentials, int from, int count) {
    for (int i = 0; i < count; i++) {
      potentials[from + i] = Rounding.toFloat((long) potentials[from + i] + carried[i]);
    }
  }

  private void fire(int channel, float[] potentials, int from, int count, int[] words) {
    for (int i = 0; i < count; i++) {
      words[from + i] |= fires(Float.floatToRawIntBits(potentials[from + i])) << channel;
    }
  }

  /** 1 of a potential above the threshold: the bits of floats that are not negative grow so. */
  private int fires(int bits) {
    return (int) (((long) threshold - bits) >>> (Long.SIZE - 1));
  }

  private void keep(int t, float[] potentials, int from, int count, long[] carried) {
    MembraneCodes table = codes[t];
    IntegerMembrane membrane = layer.membranes().get(t);
    int shift = layer.fraction() << 23;
    long subtracted = layer.subtracted();
    for (int i = 0; i < count; i++) {
      int bits = Float.floatToRawIntBits(potentials[from + i]);
      int stays = fires(bits) - 1;
      if (subtracted != 0) {
        bits =
            Float.floatToRawIntBits(
                Rounding.toFloat((long) potentials[from + i] - (subtracted & ~stays)));
        stays = -1;
      }
      int code = table.code(Math.max(0, (bits & Integer.MAX_VALUE) - shift)) & stays;
      int sign = bits >> 31;
      carried[i] = membrane.carried()[membrane.levels() + ((code ^ sign) - sign)];
    }
  }
}
