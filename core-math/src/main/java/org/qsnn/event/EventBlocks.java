package org.qsnn.event;

import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.IntToLongFunction;
import org.qsnn.DataException;

/**
 * What a reader decodes, block by block, on its way to a sink: checked to lie on the sensor and in
 * the order of time, without a jump that no recording makes.
 */
final class EventBlocks {
  /** From one event to the next: 8.9 years. */
  static final long MAX_PAUSE = 1L << RiceCode.WHOLE_BITS;

  /** Times of more than 73,000 years: differences cannot overflow. */
  private static final long MAX_TIMESTAMP = 1L << 61;

  private final RecordingInput in;
  private final SortedMap<String, Long> passedOver = new TreeMap<>();
  private final EventSink sink;
  private Sensor sensor;
  private String sensorNote = "";
  private long events;
  private long lastTimestamp = -MAX_TIMESTAMP;

  EventBlocks(RecordingInput in, Sensor sensor, EventSink sink) {
    this.in = in;
    this.sensor = sensor;
    this.sink = sink;
  }

  /**
   * Another sensor, before the first event.
   *
   * @param note on where it comes from, for messages
   */
  void startOn(Sensor named, String note) {
    sensor = named;
    sensorNote = note;
  }

  /**
   * Checks the next events and hands them on, if there are any.
   *
   * @param size of the columns' elements, the first are events
   * @param offsets where the file has each event, for messages
   * @throws DataException if one is earlier than the one before, much later, or not on the sensor
   */
  void add(
      int size, long[] timestamps, short[] x, short[] y, boolean[] on, IntToLongFunction offsets) {
    for (int i = 0; i < size; i++) {
      if (!sensor.contains(x[i], y[i])) {
        throw failure(
            i,
            offsets,
            "a pixel of the sensor of " + sensor + sensorNote,
            String.format(Locale.ROOT, "x = %d, y = %d", x[i], y[i]));
      }
      requireTime(timestamps[i], i, offsets);
      lastTimestamp = timestamps[i];
    }
    if (size > 0) {
      events += size;
      Events all = new Events(sensor, timestamps, x, y, on);
      sink.accept(size == timestamps.length ? all : all.slice(0, size));
    }
  }

  private void requireTime(long timestamp, int index, IntToLongFunction offsets) {
    if (timestamp < lastTimestamp || timestamp > MAX_TIMESTAMP) {
      throw failure(
          index,
          offsets,
          timestamp > MAX_TIMESTAMP
              ? "a timestamp below 2^61 µs"
              : String.format(Locale.ROOT, "a timestamp of at least %d µs", lastTimestamp),
          timestamp);
    }
    if (events + index > 0 && timestamp - lastTimestamp >= MAX_PAUSE) {
      throw failure(
          index,
          offsets,
          String.format(
              Locale.ROOT,
              "a timestamp less than 2^48 µs (8.9 years) after the one before, %d µs",
              lastTimestamp),
          timestamp + ": the clock jumped");
    }
  }

  /** Counts what a file holds beside its events. */
  void passOver(String what, long count) {
    passedOver.merge(what, count, Long::sum);
  }

  private DataException failure(
      int index, IntToLongFunction offsets, String expected, Object found) {
    return in.failure(offsets.applyAsLong(index), "event " + (events + index), expected, found);
  }

  /**
   * Ends the recording, and tells the sink what was passed over.
   *
   * @throws DataException if there was no event at all
   */
  void finish() {
    if (events == 0) {
      throw in.empty(passedOver);
    }
    passedOver.forEach(sink::passedOver);
  }
}
