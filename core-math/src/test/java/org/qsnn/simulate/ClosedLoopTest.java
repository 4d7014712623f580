package org.qsnn.simulate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ClosedLoopTest {
  private final ClosedLoop loop = new ClosedLoop(2, 1000, 0.25);

  @Test
  void goesAlongFourDiagonalsAroundTheMiddle() {
    double[][] corners = {{-0.25, 0}, {0, -0.25}, {0.25, 0}, {0, 0.25}, {-0.25, 0}};
    for (int i = 0; i < corners.length; i++) {
      assertThat(loop.x(1000 * i)).as("x of corner %d", i).isEqualTo(corners[i][0]);
      assertThat(loop.y(1000 * i)).as("y of corner %d", i).isEqualTo(corners[i][1]);
    }
  }

  @Test
  void movesAlongBothAxesAtOneSpeedWithoutJumps() {
    for (int t = 0; t < loop.durationMicros(); t++) {
      assertThat(Math.abs(loop.x(t + 1) - loop.x(t))).isCloseTo(0.25 / 1000, within(1e-12));
      assertThat(Math.abs(loop.y(t + 1) - loop.y(t))).isCloseTo(0.25 / 1000, within(1e-12));
    }
  }

  @Test
  void repeatsItselfAndEndsWhereItBegan() {
    assertThat(loop.durationMicros()).isEqualTo(8000);
    assertThat(loop.x(4321)).isEqualTo(loop.x(321));
    assertThat(loop.y(4321)).isEqualTo(loop.y(321));
    assertThat(loop.x(8000)).isEqualTo(loop.x(0));
  }

  @Test
  void publishedRecordingsTake1200Milliseconds() {
    assertThat(ClosedLoop.CIFAR10_DVS.durationMicros()).isEqualTo(1_200_000);
  }

  @Test
  void refusesNoMovementAtAll() {
    assertThatIllegalArgumentException().isThrownBy(() -> new ClosedLoop(0, 1, 0.1));
    assertThatIllegalArgumentException().isThrownBy(() -> new ClosedLoop(1, 0, 0.1));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ClosedLoop(1, 1, 1.5))
        .withMessageContaining("found 1, 1 and 1.5");
  }
}
