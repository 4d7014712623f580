package org.qsnn.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.qsnn.tensor.RandomStream;

class HalvingTest {
  private static final Rungs RUNGS = Rungs.of(3, 1, 27);

  @Test
  void rungsEndWithTheWholeTraining() {
    assertThat(RUNGS.epochs()).containsExactly(1, 3, 9, 27);
    assertThat(Rungs.of(3, 1, 10).epochs()).containsExactly(1, 3, 9, 10);
    assertThat(Rungs.of(4, 5, 5).epochs()).containsExactly(5);
    assertThat(Rungs.of(2, 1, 100_000).epochs()).hasSize(18);
  }

  @Test
  void promotesWhatIsAmongTheBestOfAllThatWereTaken() {
    Halving halving = entered(27);
    IntStream.range(0, 27).forEach(i -> halving.report(i, 0, score(i)));

    // Ascending accuracy: every third result shows that those before it were not the best.
    assertThat(halving.entered(1)).contains(18, 19, 20, 21, 22, 23, 24, 25, 26);
  }

  @Test
  void promotesNobodyElseWhereTheBestComeFirst() {
    Halving halving = entered(27);
    IntStream.range(0, 27).forEach(i -> halving.report(i, 0, score(26 - i)));

    assertThat(halving.entered(1)).containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8);
    assertThat(halving.isOver(0)).isTrue();
    assertThat(halving.isOver()).isFalse();
  }

  /** Of 27 points, for 100 orders. A third as many epochs are what halving in whole rungs costs. */
  @Test
  void costsLittleMoreThanHalvingInWholeRungsWhereTheOrderIsDrawn() {
    Space space =
        new Space(
            List.of(
                new Choice(
                    "value", IntStream.range(0, 27).mapToObj(Integer::toString).toList(), true)));
    double epochs = 0;
    for (int seed = 0; seed < 100; seed++) {
      Search order = GridSearch.shuffled(space, seed);
      Halving halving = new Halving(Rungs.of(3, 1, 9));
      IntStream.range(0, 27).forEach(halving::enter);
      halving.close();
      for (int rung = 0; rung < 3; rung++) {
        for (int i = 0; i < halving.entered(rung).size(); i++) {
          int trial = halving.entered(rung).get(i);
          int value = Integer.parseInt(order.draw(trial, 0, null).values().get(0));
          halving.report(trial, rung, score(value));
        }
      }
      epochs += 27 + 2 * halving.entered(1).size() + 6 * halving.entered(2).size();
    }

    assertThat(epochs / 100).isBetween(63.0, 0.36 * 27 * 9);
  }

  @Test
  void decidesTheSameWhateverTheOrderInWhichResultsCome() {
    List<List<Integer>> expected = decisions(run(1, 0));
    for (int slots : new int[] {2, 7, 100}) {
      for (int seed = 0; seed < 20; seed++) {
        assertThat(decisions(run(slots, seed))).isEqualTo(expected);
      }
    }
  }

  @Test
  void somebodyReachesTheLastRungOfASmallSweep() {
    Halving halving = entered(2);
    halving.report(0, 0, score(1));
    halving.report(1, 0, score(2));

    assertThat(halving.entered(1)).containsExactly(1);
    halving.report(1, 1, score(2));
    assertThat(halving.entered(2)).containsExactly(1);
  }

  @Test
  void neverPromotesAFailedTrial() {
    Halving halving = entered(6);
    IntStream.range(0, 6).forEach(i -> halving.report(i, 0, i == 3 ? score(1) : Score.FAILED));

    assertThat(halving.entered(1)).containsExactly(3);
  }

  @Test
  void isOverWhereAllHaveFailed() {
    Halving halving = entered(4);
    IntStream.range(0, 4).forEach(i -> halving.report(i, 0, Score.FAILED));

    assertThat(halving.isOver()).isTrue();
  }

  @Test
  void aTrialMayBePromotedUntilItsRungIsOver() {
    Halving halving = entered(3);
    halving.report(0, 0, score(1));
    halving.report(1, 0, score(2));
    assertThat(halving.mayContinue(0, 0)).isTrue();

    halving.report(2, 0, score(0));
    assertThat(halving.mayContinue(0, 0)).isFalse();
    assertThat(halving.mayContinue(1, 0)).isTrue();
    assertThat(halving.mayContinue(1, 1)).isTrue();
    assertThat(halving.mayContinue(1, RUNGS.last())).isFalse();
  }

  private static Halving entered(int trials) {
    Halving halving = new Halving(RUNGS);
    IntStream.range(0, trials).forEach(halving::enter);
    halving.close();
    return halving;
  }

  private static Score score(double accuracy) {
    return Score.of(-accuracy);
  }

  private static List<List<Integer>> decisions(Halving halving) {
    return IntStream.range(0, RUNGS.epochs().size()).mapToObj(halving::entered).toList();
  }

  /** Runs a sweep of 27 trials on some slots, which end in a random order. */
  private static Halving run(int slots, int seed) {
    RandomStream random = RandomStream.of(seed);
    Halving halving = new Halving(RUNGS);
    Map<Integer, Integer> started = new TreeMap<>();
    List<int[]> running = new ArrayList<>();
    int fresh = 0;
    while (!halving.isOver()) {
      int[] next = null;
      for (int rung = RUNGS.last(); rung > 0 && next == null; rung--) {
        List<Integer> queue = halving.entered(rung);
        int begun = started.getOrDefault(rung, 0);
        if (begun < queue.size()) {
          next = new int[] {queue.get(begun), rung};
          started.put(rung, begun + 1);
        }
      }
      if (next == null && fresh < 27) {
        halving.enter(fresh);
        next = new int[] {fresh++, 0};
        if (fresh == 27) {
          halving.close();
        }
      }
      if (next != null) {
        running.add(next);
      }
      if (running.size() == slots || next == null) {
        int[] done = running.remove(random.nextInt(running.size()));
        halving.report(done[0], done[1], score(accuracy(done[0], done[1])));
      }
    }
    return halving;
  }

  private static double accuracy(int number, int rung) {
    return RandomStream.of(number).nextDouble() + 0.3 * RandomStream.of(number, rung).nextDouble();
  }
}
