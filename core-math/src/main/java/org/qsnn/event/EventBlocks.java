package org.qsnn.event;

import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.IntToLongFunction;
import java.util.function.Supplier;
import org.qsnn.DataException;

/**
 * What a reader decodes, block by block, on its way to a sink: checked to lie on the sensor and in
 * the order of time, without a jump that no recording makes. What is bad is a failure, or tolerated
 * and counted, as the user says.
 */
final class EventBlocks {
  /** From one event to the next: 8.9 years. */
  static final long MAX_PAUSE = 1L << RiceCode.WHOLE_BITS;

  /** Times of more than 73,000 years: differences cannot overflow. */
  private static final long MAX_TIMESTAMP = 1L << 61;

  private static final String OUTSIDE = "events outside of the sensor, dropped";
  private static final String LATE_DROPPED = "events earlier than the one before, dropped";
  private static final String LATE_SORTED = "events earlier than the one before, sorted";

  private final RecordingInput in;
  private final RecordingOptions options;
  private final SortedMap<String, Long> passedOver = new TreeMap<>();
  private final SortedMap<String, Long> tolerated = new TreeMap<>();
  private final EventSink target;
  private final EventColumns columns = new EventColumns(this);
  private final Optional<EventSorter> sorter;
  private Optional<SensorSearch> search = Optional.empty();
  private EventSink sink;
  private Sensor sensor;
  private String sensorNote = "";
  private long events;
  private long bad;
  private long lastTimestamp = -MAX_TIMESTAMP;

  EventBlocks(RecordingInput in, RecordingOptions options, EventSink target) {
    this.in = in;
    this.options = options;
    this.target = target;
    this.sorter =
        options.badEvents().action() == BadEvents.Action.SORT
            ? Optional.of(new EventSorter(in.file()))
            : Optional.empty();
    this.sink = sorter.<EventSink>map(found -> found).orElse(target);
  }

  /** The sensor, before the first event. */
  void startOn(Sensor named) {
    startOn(named, "");
  }

  /**
   * The sensor, before the first event.
   *
   * @param note on where it comes from, for messages
   */
  void startOn(Sensor named, String note) {
    sensor = named;
    sensorNote = note;
  }

  /**
   * The sensor, before the first event: the one that the file names, or the user, or the smallest
   * of a common camera that has all pixels.
   *
   * @param largest that the format allows
   */
  void startOn(Optional<Sensor> named, Sensor largest) {
    if (named.isPresent()) {
      startOn(named.get());
    } else if (options.sensor() != null) {
      startOn(options.sensor(), ", as dataset.recordings.sensor says");
    } else {
      startOn(largest);
      search = Optional.of(new SensorSearch(in));
      sink = sorter.<EventSink>map(found -> found).orElse(search.get());
    }
  }

  /** What the user says. */
  RecordingOptions options() {
    return options;
  }

  /** Takes events one by one. */
  EventColumns columns() {
    return columns;
  }

  /**
   * Checks the next events and hands them on, if there are any.
   *
   * @param size of the columns' elements, the first are events
   * @param offsets where the file has each event, for messages
   * @throws DataException if one is earlier than the one before, much later, or not on the sensor,
   *     and that is not tolerated
   */
  void add(
      int size, long[] timestamps, short[] x, short[] y, boolean[] on, IntToLongFunction offsets) {
    int kept = 0;
    for (int i = 0; i < size; i++) {
      if (isSound(i, timestamps[i], x[i], y[i], on[i], offsets)) {
        lastTimestamp = timestamps[i];
        if (kept < i) {
          timestamps[kept] = timestamps[i];
          x[kept] = x[i];
          y[kept] = y[i];
          on[kept] = on[i];
        }
        kept++;
        events++;
      }
    }
    if (kept > 0) {
      Events all = new Events(sensor, timestamps, x, y, on);
      sink.accept(kept == timestamps.length ? all : all.slice(0, kept));
    }
  }

  /** Whether an event is handed on where it stands. */
  private boolean isSound(
      int index, long timestamp, short x, short y, boolean on, IntToLongFunction offsets) {
    if (!sensor.contains(x, y)) {
      tolerate(OUTSIDE, () -> outside(offsets.applyAsLong(index), x, y));
      return false;
    }
    requireNoJump(timestamp, index, offsets);
    if (timestamp < lastTimestamp) {
      tolerate(
          sorter.isPresent() ? LATE_SORTED : LATE_DROPPED,
          () -> late(offsets.applyAsLong(index), timestamp));
      sorter.ifPresent(found -> found.late(timestamp, x, y, on));
      return false;
    }
    return true;
  }

  private DataException outside(long offset, int x, int y) {
    return failure(
        offset,
        "a pixel of the sensor of " + sensor + sensorNote,
        String.format(Locale.ROOT, "x = %d, y = %d", x, y));
  }

  private DataException late(long offset, long timestamp) {
    return failure(
        offset,
        String.format(Locale.ROOT, "a timestamp of at least %d µs", lastTimestamp),
        timestamp);
  }

  private void requireNoJump(long timestamp, int index, IntToLongFunction offsets) {
    if (timestamp > MAX_TIMESTAMP || timestamp < -MAX_TIMESTAMP) {
      throw failure(offsets.applyAsLong(index), "a timestamp within ±2^61 µs", timestamp);
    }
    if (events > 0 && timestamp - lastTimestamp >= MAX_PAUSE) {
      throw failure(
          offsets.applyAsLong(index),
          String.format(
              Locale.ROOT,
              "a timestamp less than 2^48 µs (8.9 years) after the one before, %d µs",
              lastTimestamp),
          timestamp + ": the clock jumped");
    }
  }

  private DataException failure(long offset, String expected, Object found) {
    return in.failure(offset, "event " + (events + bad), expected, found);
  }

  /**
   * Counts something bad.
   *
   * @param what in the plural
   * @throws DataException the failure, if nothing bad is tolerated or this is one too many
   */
  void tolerate(String what, Supplier<DataException> failure) {
    if (!options.badEvents().areTolerated()) {
      throw new DataException(failure.get().getMessage() + "; dataset.on-bad-events tolerates it");
    }
    if (bad >= options.badEvents().limit()) {
      throw new DataException(
          String.format(
              Locale.ROOT,
              "%s; these are more than %d bad events (dataset.bad-event-limit)",
              failure.get().getMessage(),
              options.badEvents().limit()));
    }
    bad++;
    tolerated.merge(what, 1L, Long::sum);
  }

  /** Counts what a file holds beside its events. */
  void passOver(String what, long count) {
    passedOver.merge(what, count, Long::sum);
  }

  /**
   * The recording ends in the middle of something: what was whole is kept, if that is tolerated.
   *
   * @throws DataException if it is not, or nothing was whole
   */
  void cutOff(TruncatedException end) {
    columns.flush();
    if (events == 0) {
      throw end;
    }
    tolerate("ends that were cut off", () -> end);
    passOver("bytes of an end that was cut off", end.found());
  }

  /**
   * Ends the recording, and tells the sink what was passed over.
   *
   * @throws DataException if there was no event at all
   */
  void finish() {
    columns.flush();
    if (events == 0) {
      passedOver.putAll(tolerated);
      throw in.empty(passedOver);
    }
    sorter.ifPresent(found -> found.handOn(search.<EventSink>map(s -> s).orElse(target)));
    search.ifPresent(found -> found.handOn(target));
    passedOver.forEach(target::passedOver);
    tolerated.forEach(target::tolerated);
  }
}
