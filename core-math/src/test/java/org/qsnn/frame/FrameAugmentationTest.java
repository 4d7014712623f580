package org.qsnn.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.qsnn.frame.FrameAugmentation.Unit;

class FrameAugmentationTest {
  private static final FrameAugmentation PER_SAMPLE =
      new FrameAugmentation(Unit.SAMPLE, 0.5, 5, 0.25, 0);
  private static final FrameAugmentation PER_BATCH =
      new FrameAugmentation(Unit.BATCH, 0.5, 5, 0.25, 0);

  /** Which of the frames' changes were drawn. */
  private record Drawn(boolean isMirrored, int rollY, int rollX, boolean isReversed) {}

  private static Drawn draw(FrameAugmentation augmentation, int epoch, int step, long id) {
    FrameTransform transform = augmentation.draw(1, epoch, step, id);
    return new Drawn(
        transform.isMirrored(), transform.rollY(), transform.rollX(), transform.isReversed());
  }

  @Test
  void drawsEverySampleAloneWhateverItsStep() {
    Set<Drawn> drawn = new HashSet<>();
    for (int id = 0; id < 50; id++) {
      assertThat(draw(PER_SAMPLE, 3, 9, id)).isEqualTo(draw(PER_SAMPLE, 3, 0, id));
      drawn.add(draw(PER_SAMPLE, 3, 9, id));
    }
    assertThat(drawn).hasSizeGreaterThan(30);
  }

  @Test
  void drawsOnceForAllSamplesOfAStep() {
    Set<Drawn> drawn = new HashSet<>();
    for (int step = 0; step < 50; step++) {
      assertThat(draw(PER_BATCH, 3, step, 4)).isEqualTo(draw(PER_BATCH, 3, step, 99));
      drawn.add(draw(PER_BATCH, 3, step, 4));
    }
    assertThat(drawn).hasSizeGreaterThan(30);
  }

  @Test
  void drawsAnewInEachEpochAndForEachSeed() {
    List<Drawn> first = IntStream.range(0, 20).mapToObj(i -> draw(PER_BATCH, 0, i, 0)).toList();
    List<Drawn> second = IntStream.range(0, 20).mapToObj(i -> draw(PER_BATCH, 1, i, 0)).toList();
    assertThat(second).isNotEqualTo(first);
    assertThat(PER_SAMPLE.draw(1, 0, 0, 0).rollX() - PER_SAMPLE.draw(2, 0, 0, 0).rollX())
        .isNotZero();
  }

  @Test
  void drawsAsOftenAsAsked() {
    int mirrored = 0;
    int reversed = 0;
    Set<Integer> rolls = new HashSet<>();
    for (int id = 0; id < 10_000; id++) {
      Drawn drawn = draw(PER_SAMPLE, 0, 0, id);
      mirrored += drawn.isMirrored() ? 1 : 0;
      reversed += drawn.isReversed() ? 1 : 0;
      rolls.add(drawn.rollX());
      rolls.add(drawn.rollY());
    }
    // five standard deviations
    assertThat(mirrored / 10_000.0).isCloseTo(0.5, within(0.025));
    assertThat(reversed / 10_000.0).isCloseTo(0.25, within(0.022));
    assertThat(rolls).containsExactlyInAnyOrder(-5, -4, -3, -2, -1, 0, 1, 2, 3, 4, 5);
  }

  @Test
  void dropsOtherEventsOfEachSampleEvenInOneBatch() {
    FrameAugmentation dropping = new FrameAugmentation(Unit.BATCH, 0, 0, 0, 0.5);
    long first = dropping.draw(1, 0, 0, 7).dropSeed();
    assertThat(dropping.draw(1, 0, 0, 8).dropSeed()).isNotEqualTo(first);
    assertThat(dropping.draw(1, 0, 0, 7).dropSeed()).isEqualTo(first);
  }

  @Test
  void noneChangesNothing() {
    for (int id = 0; id < 100; id++) {
      assertThat(draw(FrameAugmentation.NONE, 0, 0, id)).isEqualTo(new Drawn(false, 0, 0, false));
    }
  }

  @Test
  void refusesSharesThatAreNone() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new FrameAugmentation(Unit.SAMPLE, 1.5, 0, 0, 0))
        .withMessageContaining("mirror from 0 to 1, found 1.5");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new FrameAugmentation(Unit.SAMPLE, 0, 0, 0, Double.NaN));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new FrameAugmentation(Unit.SAMPLE, 0, -1, 0, 0));
  }
}
