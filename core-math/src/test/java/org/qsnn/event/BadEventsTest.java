package org.qsnn.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;
import static org.qsnn.event.EventFiles.ascii;
import static org.qsnn.event.EventFiles.concat;
import static org.qsnn.event.EventFiles.events;
import static org.qsnn.event.EventFiles.ints;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.qsnn.DataException;
import org.qsnn.golden.EventSamples;

/** Events that are out of order or off the sensor fail, are dropped or are sorted, and counted. */
class BadEventsTest {
  private static final Sensor SENSOR = new Sensor(20, 10);
  private static final String HEADER =
      "% Data file containing CD events\n% Version 2\n% Width 20\n% Height 10\n";
  private static final String LATE_SORTED = "events earlier than the one before, sorted";
  private static final String LATE_DROPPED = "events earlier than the one before, dropped";
  private static final String OUTSIDE = "events outside of the sensor, dropped";

  /** A DAT file with an event at each time, at columns that count up. */
  private static byte[] at(long... times) {
    return concat(
        ascii(HEADER),
        new byte[] {0x0C, 8},
        ints(
            IntStream.range(0, times.length)
                .flatMap(i -> IntStream.of((int) times[i], i % 20))
                .toArray()));
  }

  private static RecordingCollector read(byte[] file, BadEvents.Action action, long limit) {
    return read(EventFormat.DAT, file, action, limit);
  }

  private static RecordingCollector read(
      EventFormat format, byte[] file, BadEvents.Action action, long limit) {
    RecordingCollector collector = new RecordingCollector("x");
    RecordingOptions options = RecordingOptions.DEFAULT.withBadEvents(new BadEvents(action, limit));
    format.read(new ByteArrayInputStream(file), "x", options, collector);
    return collector;
  }

  @Test
  void byDefaultTheyFailAndTheMessageNamesTheOption() {
    assertThatThrownBy(() -> read(at(5, 4), BadEvents.Action.FAIL, 0))
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith("x: offset ")
        .hasMessageEndingWith(
            ": event 1: expected a timestamp of at least 5 µs, found 4;"
                + " dataset.on-bad-events tolerates it");
  }

  @Test
  void droppedOnesAreCounted() {
    RecordingCollector whole = read(at(5, 9, 4, 8, 9, 10), BadEvents.Action.DROP, 2);

    assertThat(whole.events())
        .isEqualTo(
            events(
                SENSOR,
                new long[] {5, 0, 0, 0},
                new long[] {9, 1, 0, 0},
                new long[] {9, 4, 0, 0},
                new long[] {10, 5, 0, 0}));
    assertThat(whole.tolerated()).containsExactly(entry(LATE_DROPPED, 2L));
    assertThat(whole.passedOver()).isEmpty();
  }

  @Test
  void sortedOnesStandWhereTheirTimeSaysAfterThoseOfTheSameTime() {
    RecordingCollector whole = read(at(5, 9, 4, 5, 12, 11, 9, 10), BadEvents.Action.SORT, 6);

    assertThat(whole.events())
        .isEqualTo(
            events(
                SENSOR,
                new long[] {4, 2, 0, 0},
                new long[] {5, 0, 0, 0},
                new long[] {5, 3, 0, 0},
                new long[] {9, 1, 0, 0},
                new long[] {9, 6, 0, 0},
                new long[] {10, 7, 0, 0},
                new long[] {11, 5, 0, 0},
                new long[] {12, 4, 0, 0}));
    assertThat(whole.tolerated()).containsExactly(entry(LATE_SORTED, 5L));
  }

  @Test
  void sortingReachesAcrossBlocks() {
    long[] times = LongStream.range(0, 30_000).toArray();
    times[25_000] = 3;
    times[29_999] = 8_191;
    long[] sorted = times.clone();
    Arrays.sort(sorted);

    Events events = read(at(times), BadEvents.Action.SORT, 10).events();

    assertThat(LongStream.range(0, 30_000).map(i -> events.timestamp((int) i)).toArray())
        .isEqualTo(sorted);
  }

  @ParameterizedTest
  @EnumSource(
      value = BadEvents.Action.class,
      names = {"DROP", "SORT"})
  void oneTooManyIsAFailureThatNamesTheLimit(BadEvents.Action action) {
    assertThatThrownBy(() -> read(at(5, 4, 3, 6), action, 1))
        .isInstanceOf(DataException.class)
        .hasMessageContainingAll(
            "event 2: expected a timestamp of at least 5 µs, found 3",
            "more than 1 bad events (dataset.bad-event-limit)");
  }

  @ParameterizedTest
  @EnumSource(
      value = BadEvents.Action.class,
      names = {"DROP", "SORT"})
  void pixelsOutsideOfTheSensorAreLeftOut(BadEvents.Action action) {
    byte[] file = concat(at(1, 2), ints(3, 20), ints(4, 1));

    RecordingCollector whole = read(file, action, 1);

    assertThat(whole.events().size()).isEqualTo(3);
    assertThat(whole.tolerated()).containsExactly(entry(OUTSIDE, 1L));
  }

  @Test
  void aClockThatJumpsIsAlwaysAFailure() {
    byte[] file =
        EventFiles.aedat4(
            0,
            EventFiles.packet4(0, 3, events(SENSOR, new long[] {0, 1, 1, 1})),
            EventFiles.packet4(0, 3, events(SENSOR, new long[] {1L << 50, 1, 1, 1})));

    assertThatThrownBy(() -> read(EventFormat.AEDAT4, file, BadEvents.Action.DROP, 10))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("the clock jumped");
  }

  @Test
  void whatIsWholeOfATruncatedRecordingIsKept() {
    byte[] file = concat(at(1, 2, 3), new byte[5]);

    RecordingCollector whole = read(file, BadEvents.Action.DROP, 1);

    assertThat(whole.events().size()).isEqualTo(3);
    assertThat(whole.tolerated()).containsExactly(entry("ends that were cut off", 1L));
    assertThat(whole.passedOver()).containsExactly(entry("bytes of an end that was cut off", 5L));
    assertThatThrownBy(() -> read(Arrays.copyOf(file, 20), BadEvents.Action.DROP, 1))
        .isInstanceOf(DataException.class);
  }

  @Test
  void wordsOfAnUnknownTypeAreLeftOut() {
    byte[] file =
        concat(ascii("% evt 2.0\n% geometry 20x10\n% end\n"), ints(0x8000_0001, 0x5000_0000, 7));

    RecordingCollector whole = read(EventFormat.EVT2, file, BadEvents.Action.DROP, 1);

    assertThat(whole.events().size()).isEqualTo(1);
    assertThat(whole.tolerated()).containsExactly(entry("words of an unknown type, dropped", 1L));
  }

  @Test
  void aSensorThatIsNotNamedIsStillFoundWhenSorting() {
    byte[] file =
        concat(ascii("% Data file x\n% Version 2\n"), new byte[] {0, 8}, ints(5, 200, 4, 3));

    assertThat(read(file, BadEvents.Action.SORT, 1).events().sensor())
        .isEqualTo(new Sensor(240, 180));
  }

  @Test
  void theSensorCanBeNamed() {
    byte[] file =
        concat(ascii("% Data file x\n% Version 2\n"), new byte[] {0, 8}, ints(5, 99, 6, 3));
    RecordingCollector collector = new RecordingCollector("x");
    RecordingOptions named = RecordingOptions.DEFAULT.withSensor(new Sensor(120, 100));
    EventFormat.DAT.read(new ByteArrayInputStream(file), "x", named, collector);

    assertThat(collector.events().sensor()).isEqualTo(new Sensor(120, 100));
    assertThat(collector.guessesSensor()).isFalse();
    assertThatThrownBy(
            () ->
                EventFormat.DAT.read(
                    new ByteArrayInputStream(file),
                    "x",
                    RecordingOptions.DEFAULT.withSensor(SENSOR),
                    collector))
        .isInstanceOf(DataException.class)
        .hasMessageContainingAll("20 × 10 pixels, as dataset.recordings.sensor says", "x = 99");
  }

  @ParameterizedTest
  @CsvSource({
    "a8_one_event_3us_back.aedat4, SORT, 0",
    "a8_one_event_3us_back.aedat4, DROP, 1",
    "c4_one_event_50us_back.aedat, SORT, 0",
    "c4_one_event_50us_back.aedat, DROP, 1",
    "a13_one_event_x346.aedat4, DROP, 1",
    "a13_one_event_x346.aedat4, SORT, 1"
  })
  void oneBadEventOfARealRecordingIsTolerated(String name, BadEvents.Action action, int lost)
      throws IOException {
    byte[] file = Files.readAllBytes(EventSamples.path("event-cases/failing/" + name));
    EventFormat format = name.endsWith("4") ? EventFormat.AEDAT4 : EventFormat.AEDAT2_DVS128;

    RecordingCollector one = read(format, file, action, 1);
    RecordingCollector many = read(format, file, action, 1000);

    assertThat(one.tolerated().values()).containsExactly(1L);
    assertThat(one.events()).isEqualTo(many.events());
    long all = (long) one.events().size() + lost;
    assertThat(all % 1000).isZero();
  }

  @Test
  void whatIsWholeOfACrashedRecordingIsKept() throws IOException {
    byte[] file =
        Files.readAllBytes(EventSamples.path("event-cases/failing/a4_crashed_truncated.aedat4"));

    RecordingCollector whole = read(EventFormat.AEDAT4, file, BadEvents.Action.DROP, 1);

    assertThat(whole.events().size()).isPositive();
    assertThat(whole.passedOver()).containsKey("bytes of an end that was cut off");
  }
}
