package org.qsnn.search;

import java.util.List;
import java.util.stream.Stream;

/**
 * After how many epochs trials are compared: {@code first · eta^k}, and at last the whole training.
 *
 * @param eta one of so many is trained further; 2 or more
 * @param epochs of each rung, ascending
 */
public record Rungs(int eta, List<Integer> epochs) {
  public Rungs {
    epochs = List.copyOf(epochs);
  }

  /**
   * @param first epochs of the first rung, 1 or more
   * @param whole epochs of a whole training
   */
  public static Rungs of(int eta, int first, int whole) {
    List<Integer> shorter =
        Stream.iterate((long) first, epochs -> epochs < whole, epochs -> epochs * eta)
            .map(Math::toIntExact)
            .toList();
    return new Rungs(eta, Stream.concat(shorter.stream(), Stream.of(whole)).toList());
  }

  /** Without halving: every trial is trained whole. */
  public static Rungs whole(int epochs) {
    return new Rungs(2, List.of(epochs));
  }

  int last() {
    return epochs.size() - 1;
  }
}
