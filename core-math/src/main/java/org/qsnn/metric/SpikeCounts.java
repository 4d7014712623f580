package org.qsnn.metric;

import java.io.Serializable;
import java.util.Arrays;

/**
 * Spikes of each spiking layer at each timestep, beside the number of chances to spike there:
 * neurons · samples. Both are integers, so merging is exact in any order.
 */
public final class SpikeCounts implements Serializable {
  private static final long serialVersionUID = 1L;

  private final int timesteps;

  /** By layer, then timestep. */
  private final long[] spikes;

  /** Of a layer, the same at each of its timesteps. */
  private final long[] chances;

  /** No spikes of no samples: neutral in {@link #merge}. */
  public SpikeCounts(int layers, int timesteps) {
    this(timesteps, new long[layers * timesteps], new long[layers]);
  }

  private SpikeCounts(int timesteps, long[] spikes, long[] chances) {
    this.timesteps = timesteps;
    this.spikes = spikes;
    this.chances = chances;
  }

  /**
   * Counts a batch's spikes of one layer.
   *
   * @param spikes at each timestep
   * @param chances at each timestep: neurons of the layer · samples of the batch
   */
  public void add(int layer, long[] spikes, long chances) {
    requireTimesteps(spikes.length);
    for (int t = 0; t < timesteps; t++) {
      if (spikes[t] < 0 || spikes[t] > chances) {
        throw new IllegalArgumentException(
            "layer " + layer + ": expected 0…" + chances + " spikes, found " + spikes[t]);
      }
      this.spikes[layer * timesteps + t] += spikes[t];
    }
    this.chances[layer] += chances;
  }

  /** The counts of both, as a new value. */
  public SpikeCounts merge(SpikeCounts other) {
    requireTimesteps(other.timesteps);
    if (layers() != other.layers()) {
      throw new IllegalArgumentException(
          "spike counts: expected " + layers() + " layers, found " + other.layers());
    }
    return new SpikeCounts(timesteps, sum(spikes, other.spikes), sum(chances, other.chances));
  }

  private void requireTimesteps(int found) {
    if (found != timesteps) {
      throw new IllegalArgumentException(
          "spike counts: expected " + timesteps + " timesteps, found " + found);
    }
  }

  public int layers() {
    return chances.length;
  }

  /** Of all timesteps. */
  public long spikes(int layer) {
    return Arrays.stream(spikes, layer * timesteps, (layer + 1) * timesteps).sum();
  }

  /** At each timestep. */
  public long[] overTime(int layer) {
    return Arrays.copyOfRange(spikes, layer * timesteps, (layer + 1) * timesteps);
  }

  /** Neurons · timesteps · samples. */
  public long chances(int layer) {
    return chances[layer] * timesteps;
  }

  /** Share of chances on which the layer's neurons spiked, 0…1; 0 before any sample. */
  public double rate(int layer) {
    return share(spikes(layer), chances(layer));
  }

  /** The same of each timestep. */
  public double[] rates(int layer) {
    double[] rates = new double[timesteps];
    Arrays.setAll(rates, t -> share(spikes[layer * timesteps + t], chances[layer]));
    return rates;
  }

  /** Firing rate of every layer. */
  public double[] rates() {
    double[] rates = new double[layers()];
    Arrays.setAll(rates, this::rate);
    return rates;
  }

  private static double share(long spikes, long chances) {
    return chances == 0 ? 0 : (double) spikes / chances;
  }

  private static long[] sum(long[] a, long[] b) {
    long[] sum = new long[a.length];
    Arrays.setAll(sum, i -> a[i] + b[i]);
    return sum;
  }
}
