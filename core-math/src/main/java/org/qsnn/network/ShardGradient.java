package org.qsnn.network;

import java.io.Serializable;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Optional;

/**
 * What one shard's task sends back, and what sums of it are: everything is a sum over {@link
 * #shards()} shards, each of which contributed its own mean over its batch. Adding is elementwise
 * in double or float, in the order that the caller chooses; see {@link TreeSum}.
 */
public final class ShardGradient implements Serializable {
  private static final long serialVersionUID = 1L;

  private final int shards;
  private final float[] gradient;
  private final float[] statistics;
  private final double crossEntropy;
  private final double rateTerm;
  private final double[] rates;
  private final long correct;
  private final long samples;
  private final long computeNanos;
  private final String problem;

  /**
   * @param gradient with respect to the effective parameters, in parameter layout
   * @param statistics batch means, unbiased batch variances and α, in statistics layout
   * @param rates firing rate of each LIF layer at each timestep, layer by layer
   * @param problem what is not finite in it; null if all is well
   */
  public ShardGradient(
      int shards,
      float[] gradient,
      float[] statistics,
      double crossEntropy,
      double rateTerm,
      double[] rates,
      long correct,
      long samples,
      long computeNanos,
      String problem) {
    this.shards = shards;
    this.gradient = gradient;
    this.statistics = statistics;
    this.crossEntropy = crossEntropy;
    this.rateTerm = rateTerm;
    this.rates = rates;
    this.correct = correct;
    this.samples = samples;
    this.computeNanos = computeNanos;
    this.problem = problem;
  }

  /** This plus another. Both are used up: the result may share their arrays. */
  public ShardGradient plus(ShardGradient other) {
    addInPlace(gradient, other.gradient);
    addInPlace(statistics, other.statistics);
    double[] rateSums = rates.clone();
    for (int i = 0; i < rateSums.length; i++) {
      rateSums[i] += other.rates[i];
    }
    return new ShardGradient(
        shards + other.shards,
        gradient,
        statistics,
        crossEntropy + other.crossEntropy,
        rateTerm + other.rateTerm,
        rateSums,
        correct + other.correct,
        samples + other.samples,
        computeNanos + other.computeNanos,
        problem == null ? other.problem : problem);
  }

  /** This, computed as that shard in so much time; names the shard in the problem. */
  public ShardGradient of(int shard, long nanos) {
    return new ShardGradient(
        shards,
        gradient,
        statistics,
        crossEntropy,
        rateTerm,
        rates,
        correct,
        samples,
        nanos,
        problem == null ? null : "shard " + shard + ": " + problem);
  }

  /** Turns the sums into means over the shards. Uses this up. */
  public ShardGradient mean() {
    if (shards == 0) {
      throw new IllegalStateException("no mean over 0 shards");
    }
    float share = 1f / shards;
    for (int i = 0; i < gradient.length; i++) {
      gradient[i] *= share;
    }
    for (int i = 0; i < statistics.length; i++) {
      statistics[i] *= share;
    }
    double[] means = rates.clone();
    for (int i = 0; i < means.length; i++) {
      means[i] /= shards;
    }
    return new ShardGradient(
        1,
        gradient,
        statistics,
        crossEntropy / shards,
        rateTerm / shards,
        means,
        correct,
        samples,
        computeNanos,
        problem);
  }

  /** What travels instead: Java writes an array of floats one by one, an array of bytes at once. */
  private record Packed(
      int shards,
      byte[] gradient,
      float[] statistics,
      double crossEntropy,
      double rateTerm,
      double[] rates,
      long correct,
      long samples,
      long computeNanos,
      String problem)
      implements Serializable {
    private static final long serialVersionUID = 1L;

    private Object readResolve() {
      float[] floats = new float[gradient.length / Float.BYTES];
      ByteBuffer.wrap(gradient).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(floats);
      return new ShardGradient(
          shards,
          floats,
          statistics,
          crossEntropy,
          rateTerm,
          rates,
          correct,
          samples,
          computeNanos,
          problem);
    }
  }

  private Object writeReplace() {
    byte[] bytes = new byte[gradient.length * Float.BYTES];
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().put(gradient);
    return new Packed(
        shards,
        bytes,
        statistics,
        crossEntropy,
        rateTerm,
        rates,
        correct,
        samples,
        computeNanos,
        problem);
  }

  private static void addInPlace(float[] sum, float[] part) {
    for (int i = 0; i < sum.length; i++) {
      sum[i] += part[i];
    }
  }

  public int shards() {
    return shards;
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
    return crossEntropy;
  }

  public double rateTerm() {
    return rateTerm;
  }

  /** Firing rates by layer, then timestep. Not a copy. */
  public double[] rates() {
    return rates;
  }

  /** Firing rate of a layer over all timesteps. */
  public double rate(int layer, int timesteps) {
    return Arrays.stream(rates, layer * timesteps, (layer + 1) * timesteps).average().orElseThrow();
  }

  public long correct() {
    return correct;
  }

  public long samples() {
    return samples;
  }

  /** Time that tasks computed; differs from run to run and takes no part in any result. */
  public long computeNanos() {
    return computeNanos;
  }

  /** What is not finite in it, and in which shard. */
  public Optional<String> problem() {
    return Optional.ofNullable(problem);
  }
}
