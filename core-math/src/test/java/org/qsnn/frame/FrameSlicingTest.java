package org.qsnn.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.qsnn.event.Events;
import org.qsnn.event.EventsBuilder;
import org.qsnn.event.Sensor;

class FrameSlicingTest {
  private static Events at(long... timestamps) {
    EventsBuilder events = Events.builder(new Sensor(1, 1));
    for (long timestamp : timestamps) {
      events.append(timestamp, 0, 0, true);
    }
    return events.build();
  }

  @Test
  void lastFrameByNumberTakesTheRest() {
    assertThat(FrameSlicing.byNumber(3).bounds(at(0, 0, 1, 2, 3, 4, 5, 6)))
        .containsExactly(0, 2, 4, 8);
  }

  @Test
  void fewerEventsThanFramesAllLieInTheLastOne() {
    assertThat(FrameSlicing.byNumber(3).bounds(at(0, 9))).containsExactly(0, 0, 0, 2);
  }

  @Test
  void framesByTimeBeginInclusiveAndLastOneTakesTheRest() {
    // d = (117 − 100) div 3 = 5: from 100, 105 and 110
    assertThat(FrameSlicing.byTime(3).bounds(at(100, 104, 105, 109, 110, 114, 115, 117)))
        .containsExactly(0, 2, 4, 8);
  }

  @Test
  void framesByTimeMayBeEmpty() {
    assertThat(FrameSlicing.byTime(4).bounds(at(0, 100))).containsExactly(0, 1, 1, 1, 2);
  }

  @Test
  void recordingShorterThanAMicrosecondAFrameLiesInTheLastOne() {
    assertThat(FrameSlicing.byTime(4).bounds(at(7, 7, 9))).containsExactly(0, 0, 0, 0, 3);
  }

  @Test
  void framesByDurationLeaveOutWhatIsLater() {
    assertThat(FrameSlicing.byDuration(2, 10).bounds(at(5, 14, 15, 24, 25, 26)))
        .containsExactly(0, 2, 4);
  }

  @Test
  void framesByDurationAfterTheLastEventAreEmpty() {
    assertThat(FrameSlicing.byDuration(4, 10).bounds(at(5, 15))).containsExactly(0, 1, 2, 2, 2);
    assertThat(FrameSlicing.byDuration(4, Long.MAX_VALUE).bounds(at(5, 15)))
        .containsExactly(0, 2, 2, 2, 2);
  }

  @Test
  void noEventsGiveEmptyFrames() {
    assertThat(FrameSlicing.byNumber(2).bounds(at())).containsExactly(0, 0, 0);
    assertThat(FrameSlicing.byTime(2).bounds(at())).containsExactly(0, 0, 0);
    assertThat(FrameSlicing.byDuration(2, 10).bounds(at())).containsExactly(0, 0, 0);
  }

  @Test
  void oneFrameHoldsEverything() {
    assertThat(FrameSlicing.byNumber(1).bounds(at(1, 2, 3))).containsExactly(0, 3);
    assertThat(FrameSlicing.byTime(1).bounds(at(1, 2, 3))).containsExactly(0, 3);
  }

  @Test
  void refusesNoFramesAndNoTime() {
    assertThatIllegalArgumentException().isThrownBy(() -> FrameSlicing.byNumber(0));
    assertThatIllegalArgumentException().isThrownBy(() -> FrameSlicing.byTime(-1));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> FrameSlicing.byDuration(10, 0))
        .withMessageContaining("micros: must be positive; found 0");
  }
}
