package org.qsnn.event;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * Events of one sensor in the order of time, as columns: timestamp in µs, x, y, and whether the
 * pixel became brighter (ON) or darker (OFF). Immutable: 13 bytes an event, and a slice shares the
 * columns of the whole. Timestamps never decrease, and all coordinates lie on the sensor.
 */
public final class Events {
  private final Sensor sensor;
  private final long[] timestamps;
  private final short[] x;
  private final short[] y;
  private final boolean[] on;
  private final int offset;
  private final int size;

  /** Unchecked: for those in this package who check the events before anybody else sees them. */
  Events(Sensor sensor, long[] timestamps, short[] x, short[] y, boolean[] on) {
    this(sensor, timestamps, x, y, on, 0, timestamps.length);
  }

  private Events(
      Sensor sensor, long[] timestamps, short[] x, short[] y, boolean[] on, int offset, int size) {
    this.sensor = sensor;
    this.timestamps = timestamps;
    this.x = x;
    this.y = y;
    this.on = on;
    this.offset = offset;
    this.size = size;
  }

  /** A builder of events that are known one by one or block by block. */
  public static EventsBuilder builder(Sensor sensor) {
    return new EventsBuilder(sensor);
  }

  /** The same events, of a sensor that has their pixels: unchecked. */
  Events on(Sensor other) {
    return new Events(other, timestamps, x, y, on, offset, size);
  }

  /** At least one block, each not earlier than the one before, all of one sensor: unchecked. */
  static Events concatenated(List<Events> blocks) {
    int size = blocks.stream().mapToInt(Events::size).reduce(0, Math::addExact);
    long[] timestamps = new long[size];
    short[] x = new short[size];
    short[] y = new short[size];
    boolean[] on = new boolean[size];
    int position = 0;
    for (Events block : blocks) {
      block.copyTo(timestamps, x, y, on, position);
      position += block.size;
    }
    return new Events(blocks.get(0).sensor, timestamps, x, y, on);
  }

  public Sensor sensor() {
    return sensor;
  }

  public int size() {
    return size;
  }

  public boolean isEmpty() {
    return size == 0;
  }

  /** In µs; where zero is, the recording decides. */
  public long timestamp(int index) {
    return timestamps[position(index)];
  }

  /** Column of the pixel, 0 … width − 1. */
  public int x(int index) {
    return x[position(index)];
  }

  /** Row of the pixel, 0 … height − 1. */
  public int y(int index) {
    return y[position(index)];
  }

  /** True where the pixel became brighter. */
  public boolean isOn(int index) {
    return on[position(index)];
  }

  private int position(int index) {
    return offset + Objects.checkIndex(index, size);
  }

  /** Last minus first timestamp in µs; 0 where there are no events. */
  public long duration() {
    return isEmpty() ? 0 : timestamp(size - 1) - timestamp(0);
  }

  /** Events {@code from … to − 1}; shares the columns. */
  public Events slice(int from, int to) {
    Objects.checkFromToIndex(from, to, size);
    return new Events(sensor, timestamps, x, y, on, offset + from, to - from);
  }

  /**
   * The index of the first event at or after a time, {@link #size()} if all are earlier: windows by
   * time are {@code slice(firstAtOrAfter(start), firstAtOrAfter(end))}.
   */
  public int firstAtOrAfter(long timestamp) {
    int low = 0;
    int high = size;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (timestamp(middle) < timestamp) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /**
   * Copies the pixels of the events {@code from … to − 1} to the beginning of other columns, for
   * loops too hot to ask for one event after the other.
   */
  public void copyPixels(int from, int to, short[] toX, short[] toY, boolean[] toOn) {
    Objects.checkFromToIndex(from, to, size);
    System.arraycopy(x, offset + from, toX, 0, to - from);
    System.arraycopy(y, offset + from, toY, 0, to - from);
    System.arraycopy(on, offset + from, toOn, 0, to - from);
  }

  /** Copies the columns of all events to a position in other columns. */
  void copyTo(long[] toTimestamps, short[] toX, short[] toY, boolean[] toOn, int position) {
    System.arraycopy(timestamps, offset, toTimestamps, position, size);
    System.arraycopy(x, offset, toX, position, size);
    System.arraycopy(y, offset, toY, position, size);
    System.arraycopy(on, offset, toOn, position, size);
  }

  /** Equal sensors and equal events in equal order. */
  @Override
  public boolean equals(Object other) {
    return other instanceof Events that
        && sensor.equals(that.sensor)
        && Arrays.equals(
            timestamps,
            offset,
            offset + size,
            that.timestamps,
            that.offset,
            that.offset + that.size)
        && Arrays.equals(x, offset, offset + size, that.x, that.offset, that.offset + that.size)
        && Arrays.equals(y, offset, offset + size, that.y, that.offset, that.offset + that.size)
        && Arrays.equals(on, offset, offset + size, that.on, that.offset, that.offset + that.size);
  }

  @Override
  public int hashCode() {
    int hash = 31 * sensor.hashCode() + size;
    for (int i = 0; i < size; i++) {
      hash = 31 * hash + Objects.hash(timestamp(i), x(i), y(i), isOn(i));
    }
    return hash;
  }

  @Override
  public String toString() {
    return String.format(Locale.ROOT, "%d events in %d µs on %s", size, duration(), sensor);
  }
}
