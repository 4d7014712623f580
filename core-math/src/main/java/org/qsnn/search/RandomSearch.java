package org.qsnn.search;

import org.qsnn.tensor.RandomStream;

/** Points that are uniform over the unit cube, each independent of the others. */
public record RandomSearch(Space space, long seed) implements Search {
  private static final long PURPOSE = 0x73656172_6368_0001L;

  @Override
  public Point draw(int number, int attempt, Seen seen) {
    RandomStream random = RandomStream.of(seed, PURPOSE, number, attempt);
    return space.at(space.dimensions().stream().mapToDouble(d -> random.nextDouble()).toArray());
  }
}
