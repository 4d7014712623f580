package org.qsnn.event;

import java.util.Locale;
import java.util.function.IntToLongFunction;
import org.qsnn.DataException;

/**
 * What a reader decodes, block by block, on its way to a sink: checked to lie on the sensor and in
 * the order of time.
 */
final class EventBlocks {
  private final RecordingInput in;
  private final Sensor sensor;
  private final EventSink sink;
  private long events;
  private long lastTimestamp = Long.MIN_VALUE;

  EventBlocks(RecordingInput in, Sensor sensor, EventSink sink) {
    this.in = in;
    this.sensor = sensor;
    this.sink = sink;
  }

  /**
   * Checks the next events and hands them on, if there are any.
   *
   * @param offsets where the file has each event, for messages
   * @throws DataException if one is earlier than the one before, or not on the sensor
   */
  void add(long[] timestamps, short[] x, short[] y, boolean[] on, IntToLongFunction offsets) {
    for (int i = 0; i < timestamps.length; i++) {
      if (!sensor.contains(x[i], y[i])) {
        throw failure(
            i,
            offsets,
            "a pixel of the sensor of " + sensor,
            String.format(Locale.ROOT, "x = %d, y = %d", x[i], y[i]));
      }
      if (timestamps[i] < lastTimestamp) {
        throw failure(
            i,
            offsets,
            String.format(Locale.ROOT, "a timestamp of at least %d µs", lastTimestamp),
            timestamps[i]);
      }
      lastTimestamp = timestamps[i];
    }
    if (timestamps.length > 0) {
      events += timestamps.length;
      sink.accept(new Events(sensor, timestamps, x, y, on));
    }
  }

  private DataException failure(
      int index, IntToLongFunction offsets, String expected, Object found) {
    return in.failure(offsets.applyAsLong(index), "event " + (events + index), expected, found);
  }

  /**
   * Ends the recording.
   *
   * @throws DataException if there was no event at all
   */
  void finish() {
    if (events == 0) {
      throw in.failure(in.offset(), "recording", "events", "the end of the file: it is empty");
    }
  }
}
