package org.qsnn.training;

import java.util.stream.IntStream;

/** Which of many. */
final class Ranks {
  private Ranks() {}

  /** Ranks of so many of all, evenly spread and ascending; of all if there are not so many. */
  static int[] spread(int count, int all) {
    int found = Math.min(count, all);
    return IntStream.range(0, found).map(i -> (int) ((long) i * all / found)).toArray();
  }
}
