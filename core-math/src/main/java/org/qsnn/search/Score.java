package org.qsnn.search;

import java.util.Arrays;
import java.util.stream.DoubleStream;

/** What came out of a trial: a cost for each objective, of which less is better; or a failure. */
public final class Score {
  /** Of a trial that diverged or failed. */
  public static final Score FAILED = new Score(new double[0]);

  private final double[] costs;

  private Score(double[] costs) {
    this.costs = costs;
  }

  /**
   * @param costs at least one, all finite
   */
  public static Score of(double... costs) {
    if (costs.length == 0 || !DoubleStream.of(costs).allMatch(Double::isFinite)) {
      throw new IllegalArgumentException(
          "a score must have finite costs; found " + Arrays.toString(costs));
    }
    return new Score(costs.clone());
  }

  public boolean isFailed() {
    return costs.length == 0;
  }

  int objectives() {
    return costs.length;
  }

  double cost(int objective) {
    return costs[objective];
  }

  /** Whether it is nowhere worse than another one, and somewhere better. */
  boolean dominates(Score other) {
    if (isFailed() || other.isFailed()) {
      return !isFailed() && other.isFailed();
    }
    boolean isBetter = false;
    for (int i = 0; i < costs.length; i++) {
      if (costs[i] > other.costs[i]) {
        return false;
      }
      isBetter |= costs[i] < other.costs[i];
    }
    return isBetter;
  }

  @Override
  public String toString() {
    return isFailed() ? "failed" : Arrays.toString(costs);
  }
}
