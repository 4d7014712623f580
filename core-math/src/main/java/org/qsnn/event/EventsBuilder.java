package org.qsnn.event;

import java.util.Arrays;

/** Collects events; {@link Events#builder} makes one. Not for use by several threads. */
public final class EventsBuilder implements EventSink {
  private static final int INITIAL_CAPACITY = 1024;

  private final Sensor sensor;
  private long[] timestamps = new long[INITIAL_CAPACITY];
  private short[] x = new short[INITIAL_CAPACITY];
  private short[] y = new short[INITIAL_CAPACITY];
  private boolean[] on = new boolean[INITIAL_CAPACITY];
  private int size;

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
          "events: expected a pixel of %s, found (%d, %d)".formatted(sensor, eventX, eventY));
    }
    reserve(1);
    timestamps[size] = timestamp;
    x[size] = (short) eventX;
    y[size] = (short) eventY;
    on[size] = eventOn;
    size++;
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
          "events: expected a sensor of %s pixels, found %s".formatted(sensor, block.sensor()));
    }
    if (!block.isEmpty()) {
      requireOrder(block.timestamp(0));
      reserve(block.size());
      block.copyTo(timestamps, x, y, on, size);
      size += block.size();
    }
  }

  private void requireOrder(long timestamp) {
    if (size > 0 && timestamp < timestamps[size - 1]) {
      throw new IllegalArgumentException(
          "events: expected a timestamp of at least %d µs, found %d"
              .formatted(timestamps[size - 1], timestamp));
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
        Arrays.copyOf(on, size),
        size);
  }
}
