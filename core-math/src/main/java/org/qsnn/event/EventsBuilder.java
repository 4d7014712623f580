package org.qsnn.event;

import java.util.Arrays;
import java.util.Locale;

/** Collects events; {@link Events#builder} makes one. Not for use by several threads. */
public final class EventsBuilder implements EventSink {
  private static final int INITIAL_CAPACITY = 1024;

  private final Sensor sensor;
  private long[] timestamps = new long[INITIAL_CAPACITY];
  private short[] x = new short[INITIAL_CAPACITY];
  private short[] y = new short[INITIAL_CAPACITY];
  private boolean[] on = new boolean[INITIAL_CAPACITY];
  private int size;
  private long lastTimestamp = Long.MIN_VALUE;

  EventsBuilder(Sensor sensor) {
    this.sensor = sensor;
  }

  public int size() {
    return size;
  }

  /**
   * Adds an event.
   *
   * @throws IllegalArgumentException if it is earlier than the one before, or not on the sensor
   */
  public EventsBuilder append(long timestamp, int eventX, int eventY, boolean eventOn) {
    requireOrder(timestamp);
    if (!sensor.contains(eventX, eventY)) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "expected a pixel of the sensor of %s, found x = %d, y = %d",
              sensor,
              eventX,
              eventY));
    }
    reserve(1);
    timestamps[size] = timestamp;
    x[size] = (short) eventX;
    y[size] = (short) eventY;
    on[size] = eventOn;
    size++;
    lastTimestamp = timestamp;
    return this;
  }

  /**
   * Adds all events of a block.
   *
   * @throws IllegalArgumentException if it is of another sensor, or starts before the last event
   */
  @Override
  public void accept(Events block) {
    if (!block.sensor().equals(sensor)) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT, "expected events of a sensor of %s, found %s", sensor, block.sensor()));
    }
    if (!block.isEmpty()) {
      requireOrder(block.timestamp(0));
      reserve(block.size());
      block.copyTo(timestamps, x, y, on, size);
      size += block.size();
      lastTimestamp = block.timestamp(block.size() - 1);
    }
  }

  private void requireOrder(long timestamp) {
    if (timestamp < lastTimestamp) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "expected a timestamp of at least %d µs, found %d",
              lastTimestamp,
              timestamp));
    }
  }

  private void reserve(int more) {
    int needed = Math.addExact(size, more);
    if (needed > timestamps.length) {
      int capacity = Math.max(needed, timestamps.length + (timestamps.length >> 1));
      timestamps = Arrays.copyOf(timestamps, capacity);
      x = Arrays.copyOf(x, capacity);
      y = Arrays.copyOf(y, capacity);
      on = Arrays.copyOf(on, capacity);
    }
  }

  /** What was added so far; the builder may go on. */
  public Events build() {
    return new Events(
        sensor,
        Arrays.copyOf(timestamps, size),
        Arrays.copyOf(x, size),
        Arrays.copyOf(y, size),
        Arrays.copyOf(on, size));
  }
}
