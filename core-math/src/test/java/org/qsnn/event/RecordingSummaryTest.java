package org.qsnn.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class RecordingSummaryTest {
  private static Events events(int count) {
    EventsBuilder builder = Events.builder(new Sensor(4, 3));
    for (int i = 0; i < count; i++) {
      builder.append(1000 + 500 * i, i % 4, i % 3, i % 4 == 0);
    }
    return builder.build();
  }

  private static RecordingSummary summary(Events... blocks) {
    RecordingSummary.Accumulator accumulator = new RecordingSummary.Accumulator();
    for (Events block : blocks) {
      accumulator.accept(block);
    }
    return accumulator.summary();
  }

  @Test
  void sumsUpARecording() {
    RecordingSummary summary = summary(events(21));

    assertThat(summary.sensor()).isEqualTo(new Sensor(4, 3));
    assertThat(summary.events()).isEqualTo(21);
    assertThat(summary.firstTimestamp()).isEqualTo(1000);
    assertThat(summary.lastTimestamp()).isEqualTo(11_000);
    assertThat(summary.duration()).isEqualTo(10_000);
    assertThat(summary.eventsPerSecond()).isEqualTo(2100);
    assertThat(summary.onShare()).isEqualTo(6.0 / 21);
    assertThat(summary.head()).isEqualTo(events(8));
  }

  @Test
  void doesNotDependOnTheBlocks() {
    Events all = events(21);

    assertThat(summary(all.slice(0, 3), all.slice(3, 10), all.slice(10, 21)))
        .isEqualTo(summary(all));
  }

  @Test
  void aSingleEventHasARate() {
    assertThat(summary(events(1)).eventsPerSecond()).isEqualTo(1);
    assertThat(summary(events(1)).head().size()).isEqualTo(1);
  }

  @Test
  void refusesToSumUpNothing() {
    assertThatThrownBy(() -> summary()).isInstanceOf(IllegalStateException.class);
  }
}
