package org.qsnn.sample;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.qsnn.event.Events;
import org.qsnn.event.EventsBuilder;
import org.qsnn.event.Sensor;
import org.qsnn.sample.WindowCut.Unit;

class WindowCutTest {
  private final Events recording = recording(10);

  @Test
  void trainingAndTestHaveStepsOfTheirOwn() {
    WindowCut cut = new WindowCut(Unit.EVENTS, 4, 2, 4);
    assertThat(cut.train(recording))
        .containsExactly(
            recording.slice(0, 4),
            recording.slice(2, 6),
            recording.slice(4, 8),
            recording.slice(6, 10));
    assertThat(cut.test(recording)).containsExactly(recording.slice(0, 4), recording.slice(4, 8));
  }

  @Test
  void windowsOfTimeAreMeasuredInMicroseconds() {
    WindowCut cut = new WindowCut(Unit.TIME, 300, 300, 500);
    assertThat(cut.train(recording)).hasSize(3).startsWith(recording.slice(0, 3));
    assertThat(cut.test(recording)).containsExactly(recording.slice(0, 3), recording.slice(5, 8));
  }

  @Test
  void wholeRecordingIsOneSample() {
    assertThat(WindowCut.WHOLE.train(recording)).containsExactly(recording);
    assertThat(WindowCut.WHOLE.test(recording)).containsExactly(recording);
    assertThat(WindowCut.WHOLE.overlapping()).isZero();
  }

  @ParameterizedTest
  @CsvSource({"4000, 2000, 1", "4000, 4000, 0", "4000, 3999, 1", "4000, 1000, 3", "1, 1, 0"})
  void countsTheWindowsThatShareEvents(long length, long step, long overlapping) {
    assertThat(new WindowCut(Unit.EVENTS, length, step, 1).overlapping()).isEqualTo(overlapping);
  }

  /** An event every 100 µs. */
  private static Events recording(int size) {
    EventsBuilder events = Events.builder(new Sensor(8, 8));
    for (int i = 0; i < size; i++) {
      events.append(7 + 100L * i, i % 8, i % 3, i % 2 == 0);
    }
    return events.build();
  }
}
