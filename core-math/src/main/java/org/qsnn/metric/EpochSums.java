package org.qsnn.metric;

import java.util.Arrays;

/**
 * What the steps of an epoch add up to so far: part of the training state, so a resumed epoch
 * reports what an uninterrupted one does. Merge in step order: the last bits of the sums follow it.
 */
public final class EpochSums {
  private static final int LOSS = 0;
  private static final int CROSS_ENTROPY = 1;
  private static final int RATE_TERM = 2;
  private static final int STEPS = 3;
  private static final int CORRECT = 4;
  private static final int SAMPLES = 5;
  private static final int COMPUTE = 6;
  private static final int REDUCE = 7;
  private static final int DRIVER = 8;
  private static final int FIRING_RATES = 9;

  private final double[] sums;

  private EpochSums(double[] sums) {
    this.sums = sums;
  }

  /** The sums before the first step, neutral in {@link #merge}. */
  public static EpochSums empty(int layers, int timesteps) {
    return new EpochSums(new double[FIRING_RATES + layers * timesteps]);
  }

  /**
   * A step's loss and its two parts, {@code total = crossEntropy + rateTerm}; means over shards.
   */
  public record Loss(double total, double crossEntropy, double rateTerm) {}

  /**
   * Where wall-clock seconds went. The three do not overlap; of one step they add up to it.
   *
   * @param compute until the last shard's gradient was there
   * @param reduce from then until the gradients were summed
   * @param driver everything else: WS-DR both ways, packing, optimizer, checkpoints
   */
  public record Seconds(double compute, double reduce, double driver) {}

  /**
   * The sums of one step.
   *
   * @param correct samples of the global batch that were predicted correctly
   * @param firingRates of every spiking layer at each timestep, layer by layer; means over shards
   */
  public static EpochSums ofStep(
      Loss loss, long correct, long samples, double[] firingRates, Seconds seconds) {
    EpochSums step = new EpochSums(new double[FIRING_RATES + firingRates.length]);
    step.sums[LOSS] = loss.total();
    step.sums[CROSS_ENTROPY] = loss.crossEntropy();
    step.sums[RATE_TERM] = loss.rateTerm();
    step.sums[STEPS] = 1;
    step.sums[CORRECT] = correct;
    step.sums[SAMPLES] = samples;
    step.sums[COMPUTE] = seconds.compute();
    step.sums[REDUCE] = seconds.reduce();
    step.sums[DRIVER] = seconds.driver();
    System.arraycopy(firingRates, 0, step.sums, FIRING_RATES, firingRates.length);
    return step;
  }

  /** These steps and then the others, as a new value. */
  public EpochSums merge(EpochSums later) {
    if (sums.length != later.sums.length) {
      throw new IllegalArgumentException(
          "epoch sums: expected " + sums.length + " numbers, found " + later.sums.length);
    }
    double[] sum = new double[sums.length];
    Arrays.setAll(sum, i -> sums[i] + later.sums[i]);
    return new EpochSums(sum);
  }

  /** With more of the driver's seconds, which no step had. */
  public EpochSums plusDriverSeconds(double seconds) {
    EpochSums sum = new EpochSums(sums.clone());
    sum.sums[DRIVER] += seconds;
    return sum;
  }

  /** Everything as numbers, for a checkpoint; {@link #restore} gives the same value back. */
  public double[] flatten() {
    return sums.clone();
  }

  /** The value whose {@link #flatten} this is. */
  public static EpochSums restore(double[] flattened) {
    if (flattened.length < FIRING_RATES) {
      throw new IllegalArgumentException(
          "epoch sums: expected at least " + FIRING_RATES + " numbers, found " + flattened.length);
    }
    return new EpochSums(flattened.clone());
  }

  public long steps() {
    return (long) sums[STEPS];
  }

  public long correct() {
    return (long) sums[CORRECT];
  }

  public long samples() {
    return (long) sums[SAMPLES];
  }

  /** Share of samples that were predicted correctly while training, 0…1. */
  public double accuracy() {
    return mean(CORRECT, samples());
  }

  /** Mean over the steps. */
  public Loss loss() {
    return new Loss(mean(LOSS, steps()), mean(CROSS_ENTROPY, steps()), mean(RATE_TERM, steps()));
  }

  /** Mean over the steps of each layer's firing rate at each timestep, layer by layer. */
  public double[] firingRates() {
    double[] rates = new double[sums.length - FIRING_RATES];
    Arrays.setAll(rates, i -> mean(FIRING_RATES + i, steps()));
    return rates;
  }

  /** Sums over the steps. */
  public Seconds seconds() {
    return new Seconds(sums[COMPUTE], sums[REDUCE], sums[DRIVER]);
  }

  private double mean(int index, long count) {
    if (count == 0) {
      throw new IllegalStateException("mean over 0 steps of an epoch");
    }
    return sums[index] / count;
  }
}
