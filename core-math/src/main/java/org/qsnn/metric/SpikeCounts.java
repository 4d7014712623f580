package org.qsnn.metric;

import java.io.Serializable;
import java.util.Arrays;

/**
 * Spikes of each spiking layer, beside the number of chances to spike: neurons · timesteps ·
 * samples. Both are integers, so merging is exact in any order.
 */
public final class SpikeCounts implements Serializable {
  private static final long serialVersionUID = 1L;

  private final long[] spikes;
  private final long[] chances;

  /** No spikes of no samples: neutral in {@link #merge}. */
  public SpikeCounts(int layers) {
    this(new long[layers], new long[layers]);
  }

  private SpikeCounts(long[] spikes, long[] chances) {
    this.spikes = spikes;
    this.chances = chances;
  }

  /**
   * Counts a batch's spikes of one layer.
   *
   * @param chances neurons of the layer · timesteps · samples of the batch
   */
  public void add(int layer, long spikes, long chances) {
    if (spikes < 0 || spikes > chances) {
      throw new IllegalArgumentException(
          "layer " + layer + ": expected 0…" + chances + " spikes, found " + spikes);
    }
    this.spikes[layer] += spikes;
    this.chances[layer] += chances;
  }

  /** The counts of both, as a new value. */
  public SpikeCounts merge(SpikeCounts other) {
    if (layers() != other.layers()) {
      throw new IllegalArgumentException(
          "spike counts: expected " + layers() + " layers, found " + other.layers());
    }
    return new SpikeCounts(sum(spikes, other.spikes), sum(chances, other.chances));
  }

  public int layers() {
    return spikes.length;
  }

  public long spikes(int layer) {
    return spikes[layer];
  }

  /** Share of chances on which the layer's neurons spiked, 0…1; 0 before any sample. */
  public double rate(int layer) {
    return chances[layer] == 0 ? 0 : (double) spikes[layer] / chances[layer];
  }

  /** Firing rate of every layer. */
  public double[] rates() {
    double[] rates = new double[layers()];
    Arrays.setAll(rates, this::rate);
    return rates;
  }

  private static long[] sum(long[] a, long[] b) {
    long[] sum = new long[a.length];
    Arrays.setAll(sum, i -> a[i] + b[i]);
    return sum;
  }
}
