package org.qsnn.network;

import java.io.Serializable;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * What one shard's task sends back, and what sums of it are: everything is a sum over {@link
 * #shards()} shards, each of which contributed its own mean over its batch. Adding is elementwise
 * in double or float, in the order that the caller chooses; see {@link TreeSum}.
 */
public final class ShardGradient implements Serializable {
  private static final long serialVersionUID = 1L;

  // Where numbers lie in the sums.
  private static final int SHARDS = 0;
  private static final int CORRECT = 1;
  private static final int SAMPLES = 2;
  private static final int COMPUTE_NANOS = 3;
  // From here on means of a shard.
  private static final int CROSS_ENTROPY = 4;
  private static final int RATE_TERM = 5;
  private static final int RATES = 6;

  private final float[] gradient;
  private final float[] statistics;
  private final double[] sums;
  private final String problem;

  private ShardGradient(float[] gradient, float[] statistics, double[] sums, String problem) {
    this.gradient = gradient;
    this.statistics = statistics;
    this.sums = sums;
    this.problem = problem;
  }

  /**
   * What the batch of a shard yields apart from vectors.
   *
   * @param rates firing rate of each LIF layer at each timestep, layer by layer
   */
  public record Batch(
      double crossEntropy, double rateTerm, double[] rates, long correct, long samples) {}

  /**
   * Of one shard.
   *
   * @param gradient with respect to the effective parameters, in parameter layout
   * @param statistics batch means, unbiased batch variances and α, in statistics layout
   * @param problem what is not finite in it; null if all is well
   */
  public static ShardGradient of(
      float[] gradient, float[] statistics, Batch batch, String problem) {
    double[] sums = new double[RATES + batch.rates().length];
    sums[SHARDS] = 1;
    sums[CORRECT] = batch.correct();
    sums[SAMPLES] = batch.samples();
    sums[CROSS_ENTROPY] = batch.crossEntropy();
    sums[RATE_TERM] = batch.rateTerm();
    System.arraycopy(batch.rates(), 0, sums, RATES, batch.rates().length);
    return new ShardGradient(gradient, statistics, sums, problem);
  }

  /** The same with other statistics and rates, of one shard. */
  public ShardGradient with(float[] otherStatistics, double[] otherRates) {
    double[] other = Arrays.copyOf(sums, RATES + otherRates.length);
    System.arraycopy(otherRates, 0, other, RATES, otherRates.length);
    return new ShardGradient(gradient, otherStatistics, other, problem);
  }

  /** The same with another gradient and problem. */
  ShardGradient with(float[] otherGradient, String otherProblem) {
    return new ShardGradient(otherGradient, statistics, sums, otherProblem);
  }

  /** This plus another. Both are used up: the result may share their arrays. */
  public ShardGradient plus(ShardGradient other) {
    addInPlace(gradient, other.gradient);
    addInPlace(statistics, other.statistics);
    double[] both = sums.clone();
    for (int i = 0; i < both.length; i++) {
      both[i] += other.sums[i];
    }
    both[COMPUTE_NANOS] = Math.max(sums[COMPUTE_NANOS], other.sums[COMPUTE_NANOS]);
    return new ShardGradient(gradient, statistics, both, problem == null ? other.problem : problem);
  }

  private static void addInPlace(float[] sum, float[] part) {
    for (int i = 0; i < sum.length; i++) {
      sum[i] += part[i];
    }
  }

  /** This, computed as that shard in so much time; names the shard in the problem. */
  public ShardGradient of(int shard, long nanos) {
    String named = problem == null ? null : "shard " + shard + ": " + problem;
    return new ShardGradient(gradient, statistics, timed(nanos), named);
  }

  /** This, computed in so much time. */
  public ShardGradient took(long nanos) {
    return new ShardGradient(gradient, statistics, timed(nanos), problem);
  }

  private double[] timed(long nanos) {
    double[] timed = sums.clone();
    timed[COMPUTE_NANOS] = nanos;
    return timed;
  }

  /**
   * One part of it, of which all together are {@link #joined} again: vectors are cut into parts of
   * about the same length, and adding slices gives slices of the sum.
   *
   * @param slice from 0 on
   * @param slices at most as many as the gradient has numbers
   */
  public ShardGradient slice(int slice, int slices) {
    return new ShardGradient(
        slice(gradient, slice, slices), slice(statistics, slice, slices), sums, problem);
  }

  private static float[] slice(float[] values, int slice, int slices) {
    return Arrays.copyOfRange(values, cut(values, slice, slices), cut(values, slice + 1, slices));
  }

  private static int cut(float[] values, int slice, int slices) {
    return (int) ((long) values.length * slice / slices);
  }

  /**
   * @param slices all of one gradient, in order
   */
  public static ShardGradient joined(List<ShardGradient> slices) {
    ShardGradient first = slices.get(0);
    return new ShardGradient(
        joined(slices, ShardGradient::gradient),
        joined(slices, ShardGradient::statistics),
        first.sums,
        first.problem);
  }

  private static float[] joined(
      List<ShardGradient> slices, Function<ShardGradient, float[]> vector) {
    float[] whole = new float[slices.stream().mapToInt(slice -> vector.apply(slice).length).sum()];
    int length = 0;
    for (ShardGradient slice : slices) {
      float[] part = vector.apply(slice);
      System.arraycopy(part, 0, whole, length, part.length);
      length += part.length;
    }
    return whole;
  }

  /** Turns the sums into means over the shards; counts and times stay sums. Uses this up. */
  public ShardGradient mean() {
    int shards = shards();
    float share = 1f / shards;
    scaleInPlace(gradient, share);
    scaleInPlace(statistics, share);
    double[] means = sums.clone();
    means[SHARDS] = 1;
    for (int i = CROSS_ENTROPY; i < means.length; i++) {
      means[i] /= shards;
    }
    return new ShardGradient(gradient, statistics, means, problem);
  }

  private static void scaleInPlace(float[] values, float factor) {
    for (int i = 0; i < values.length; i++) {
      values[i] *= factor;
    }
  }

  /** What travels instead: Java writes an array of floats one by one, an array of bytes at once. */
  private record Packed(byte[] gradient, float[] statistics, double[] sums, String problem)
      implements Serializable {
    private static final long serialVersionUID = 1L;

    private Object readResolve() {
      float[] floats = new float[gradient.length / Float.BYTES];
      ByteBuffer.wrap(gradient).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(floats);
      return new ShardGradient(floats, statistics, sums, problem);
    }
  }

  private Object writeReplace() {
    byte[] bytes = new byte[gradient.length * Float.BYTES];
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().put(gradient);
    return new Packed(bytes, statistics, sums, problem);
  }

  public int shards() {
    return (int) sums[SHARDS];
  }

  /** Not a copy. */
  public float[] gradient() {
    return gradient;
  }

  /** Not a copy. */
  public float[] statistics() {
    return statistics;
  }

  public double crossEntropy() {
    return sums[CROSS_ENTROPY];
  }

  public double rateTerm() {
    return sums[RATE_TERM];
  }

  /** Firing rates by layer, then timestep. */
  public double[] rates() {
    return Arrays.copyOfRange(sums, RATES, sums.length);
  }

  /** Firing rate of a layer over all timesteps. */
  public double rate(int layer, int timesteps) {
    int from = RATES + layer * timesteps;
    return Arrays.stream(sums, from, from + timesteps).average().orElseThrow();
  }

  public long correct() {
    return (long) sums[CORRECT];
  }

  public long samples() {
    return (long) sums[SAMPLES];
  }

  /**
   * Time that the longest task of it computed; differs from run to run and takes no part in any
   * result.
   */
  public long computeNanos() {
    return (long) sums[COMPUTE_NANOS];
  }

  /** What is not finite in it, and in which shard. */
  public Optional<String> problem() {
    return Optional.ofNullable(problem);
  }
}
