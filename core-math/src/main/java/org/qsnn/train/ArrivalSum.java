package org.qsnn.train;

import org.qsnn.network.ShardGradient;
import org.qsnn.network.TreeSum;

/** Adds a step's gradients as they arrive, and takes the time. */
public final class ArrivalSum {
  private static final double NANOS = 1e9;

  private final TreeSum tree;
  private final long start = System.nanoTime();
  private long lastArrived = start;

  /**
   * To be made when the step begins.
   *
   * @param parts shards, or groups of them
   */
  public ArrivalSum(int parts) {
    this.tree = new TreeSum(parts);
  }

  /** Adds a part's gradient, which is used up. */
  public void add(int part, ShardGradient gradient) {
    lastArrived = System.nanoTime();
    tree.add(part, gradient);
  }

  /**
   * @throws IllegalStateException if shards are missing
   */
  public GradientSource.Sum sum() {
    ShardGradient total = tree.total();
    return new GradientSource.Sum(
        total,
        (lastArrived - start) / NANOS,
        (System.nanoTime() - lastArrived) / NANOS,
        total.computeNanos() / NANOS);
  }
}
