package org.qsnn.metric;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.qsnn.sample.Picture;

class MistakesTest {
  private static Mistake mistake(long id) {
    return new Mistake(id, (int) id % 3, 3, new Picture(1, new byte[] {(byte) id, 0, 0}));
  }

  private static List<Long> ids(Mistakes mistakes) {
    return mistakes.list().stream().map(Mistake::id).toList();
  }

  @Test
  void thoseOfTheSmallestIdsAreKeptWhateverTheShardsAndTheirOrder() {
    for (int trial = 0; trial < 20; trial++) {
      List<Mistake> all =
          new ArrayList<>(LongStream.range(0, 60).mapToObj(i -> mistake(2 * i)).toList());
      Random random = new Random(trial);
      Collections.shuffle(all, random);
      Mistakes merged = Mistakes.NONE;
      for (int from = 0; from < all.size(); ) {
        int to = Math.min(all.size(), from + 1 + random.nextInt(40));
        Mistakes shard = Mistakes.of(all.subList(from, to).toArray(Mistake[]::new));
        merged = random.nextBoolean() ? merged.merge(shard) : shard.merge(merged);
        from = to;
      }

      assertThat(ids(merged))
          .isEqualTo(LongStream.range(0, Mistakes.MAX).map(i -> 2 * i).boxed().toList());
      assertThat(merged.list()).allMatch(m -> m.picture().planes()[0] == (byte) m.id());
    }
  }

  @Test
  void onceThereAreEnoughOnlySmallerIdsAreWanted() {
    Mistakes few = Mistakes.of(mistake(5));
    Mistakes full =
        Mistakes.of(
            LongStream.range(10, 40).mapToObj(MistakesTest::mistake).toArray(Mistake[]::new));

    assertThat(few.wouldKeep(1000)).isTrue();
    assertThat(full.list()).hasSize(Mistakes.MAX);
    assertThat(full.wouldKeep(33)).isFalse();
    assertThat(full.wouldKeep(32)).isTrue();
  }
}
