package org.qsnn.search;

import java.util.stream.IntStream;
import org.apache.commons.math3.random.SobolSequenceGenerator;
import org.qsnn.tensor.RandomStream;

/**
 * Points of a Sobol sequence, which cover the unit cube more evenly than random ones; rotated by a
 * random vector, so that seeds differ (Cranley and Patterson, 1976).
 */
public record SobolSearch(Space space, long seed) implements Search {
  /** What is drawn anew comes from behind so many: more than are ever drawn, and an odd number. */
  private static final int BEHIND = 10_007;

  private static final long PURPOSE = 0x73656172_6368_0002L;

  @Override
  public Point draw(int number, int attempt, Seen seen) {
    int dimensions = space.dimensions().size();
    double[] place =
        new SobolSequenceGenerator(dimensions)
            .skipTo(Math.addExact(number, Math.multiplyExact(attempt, BEHIND)));
    RandomStream rotation = RandomStream.of(seed, PURPOSE);
    return space.at(
        IntStream.range(0, dimensions)
            .mapToDouble(i -> fraction(place[i] + rotation.nextDouble()))
            .toArray());
  }

  private static double fraction(double sum) {
    return sum < 1 ? sum : sum - 1;
  }
}
