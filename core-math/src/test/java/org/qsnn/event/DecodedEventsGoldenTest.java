package org.qsnn.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.qsnn.golden.EventSamples;
import org.qsnn.golden.GoldenCase;

/** The events of {@code event-frames}: their number, and the first of them column by column. */
class DecodedEventsGoldenTest {
  @TestFactory
  Stream<DynamicTest> decodesTheSameEvents() {
    return GoldenCase.tests("event-frames", DecodedEventsGoldenTest::check);
  }

  private static void check(GoldenCase golden) throws IOException {
    Path file = EventSamples.path(golden.parameter("recording").asText());
    Events events;
    try (InputStream in = Files.newInputStream(file)) {
      events = EventFormat.AEDAT2_CIFAR10_DVS.read(in, file.toString());
    }
    long[] expected = golden.longs("first_events");

    assertThat(events.size()).isEqualTo(golden.parameter("events").asInt());
    assertThat(columns(events.slice(0, expected.length / 4))).isEqualTo(expected);
  }

  private static long[] columns(Events events) {
    long[] columns = new long[4 * events.size()];
    for (int i = 0; i < events.size(); i++) {
      columns[4 * i] = events.timestamp(i);
      columns[4 * i + 1] = events.x(i);
      columns[4 * i + 2] = events.y(i);
      columns[4 * i + 3] = events.isOn(i) ? 1 : 0;
    }
    return columns;
  }
}
