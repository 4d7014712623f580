package org.qsnn.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.qsnn.frame.FrameWarping.Choice;
import org.qsnn.tensor.RandomStream;

class FrameWarpTest {
  private static final float[] SQUARE = {
    1, 2, 3,
    4, 5, 6,
    7, 8, 9
  };

  private static float[] warped(FrameWarp warp, float... plane) {
    float[] values = plane.clone();
    warp.applyTo(values, 0, 1, 3, plane.length / 3);
    return values;
  }

  @Test
  void positiveAnglesTurnClockwise() {
    assertThat(warped(new FrameWarp(90, 0, 0, 0, 0), SQUARE))
        .containsExactly(7, 4, 1, 8, 5, 2, 9, 6, 3);
    assertThat(warped(new FrameWarp(-90, 0, 0, 0, 0), SQUARE))
        .containsExactly(3, 6, 9, 2, 5, 8, 1, 4, 7);
    assertThat(warped(new FrameWarp(180, 0, 0, 0, 0), SQUARE))
        .containsExactly(9, 8, 7, 6, 5, 4, 3, 2, 1);
  }

  @Test
  void shearMovesRowsAndWhatEntersIsZero() {
    assertThat(warped(new FrameWarp(0, 45, 0, 0, 0), SQUARE))
        .containsExactly(2, 3, 0, 4, 5, 6, 0, 7, 8);
  }

  @Test
  void holeIsBlankedAndMayReachOverTheBorder() {
    assertThat(warped(new FrameWarp(0, 0, 1, 0.5, 0.9), SQUARE))
        .containsExactly(1, 2, 3, 4, 5, 0, 7, 8, 9);
    assertThat(warped(new FrameWarp(0, 0, 3, 0, 0), SQUARE))
        .containsExactly(0, 0, 3, 0, 0, 6, 7, 8, 9);
  }

  @Test
  void allPlanesAreWarpedAlikeAndNothingBesides() {
    float[] values = new float[2 + 2 * 9];
    values[0] = values[1] = 7;
    for (int plane = 0; plane < 2; plane++) {
      System.arraycopy(SQUARE, 0, values, 1 + plane * 9, 9);
    }
    values[19] = 7;

    new FrameWarp(180, 0, 0, 0, 0).applyTo(values, 1, 2, 3, 3);

    assertThat(values).containsExactly(7, 9, 8, 7, 6, 5, 4, 3, 2, 1, 9, 8, 7, 6, 5, 4, 3, 2, 1, 7);
  }

  @Test
  void oneOfTheChangesIsDrawnEachAsOften() {
    FrameWarping warping = new FrameWarping(30, 8.6, 8, Choice.ONE);
    RandomStream random = RandomStream.of(4);
    int[] counts = new int[4];
    for (int i = 0; i < 4000; i++) {
      FrameWarping.Drawn drawn = warping.draw(random, true);
      FrameWarp warp = drawn.warp();
      boolean[] is = {drawn.isRolled(), warp.angle() != 0, warp.shear() != 0, warp.hole() != 0};
      int changes = 0;
      for (int k = 0; k < is.length; k++) {
        counts[k] += is[k] ? 1 : 0;
        changes += is[k] ? 1 : 0;
      }
      assertThat(changes).isEqualTo(1);
      assertThat(warp.angle()).isBetween(-30.0, 30.0);
      assertThat(warp.shear()).isBetween(-8.6, 8.6);
      assertThat(warp.hole()).isBetween(0, 8);
    }
    for (int count : counts) {
      assertThat(count).isBetween(850, 1150);
    }
  }

  @Test
  void allThatAreSetHappenTogether() {
    FrameWarping.Drawn drawn =
        new FrameWarping(30, 0, 8, Choice.ALL).draw(RandomStream.of(4), true);

    assertThat(drawn.isRolled()).isTrue();
    assertThat(drawn.warp().angle()).isNotZero();
    assertThat(drawn.warp().shear()).isZero();
    assertThat(drawn.warp().hole()).isPositive();
    assertThat(FrameWarping.NONE.draw(RandomStream.of(4), false).warp()).isEqualTo(FrameWarp.NONE);
  }

  @Test
  void anglesAndSizesOutOfTheirRangeAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new FrameWarping(181, 0, 0, Choice.ALL))
        .withMessageContaining("rotate from 0 to 180 degrees, found 181.0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new FrameWarping(0, Double.NaN, 0, Choice.ALL));
    assertThatIllegalArgumentException().isThrownBy(() -> new FrameWarping(0, 0, -1, Choice.ALL));
  }
}
