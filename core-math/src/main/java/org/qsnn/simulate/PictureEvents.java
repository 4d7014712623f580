package org.qsnn.simulate;

import java.util.Arrays;
import org.qsnn.event.Events;
import org.qsnn.event.EventsBuilder;
import org.qsnn.event.Sensor;

/** Brings the events from one picture to the next, which come pixel by pixel, in order. */
final class PictureEvents {
  private final EventsBuilder all;
  private final int width;

  /** Timestamp, pixel and polarity of each event, in this order of significance. */
  private long[] events = new long[1024];

  private int size;

  PictureEvents(Sensor sensor) {
    this.all = Events.builder(sensor);
    this.width = sensor.width();
  }

  /**
   * @param timestamp below 2³¹
   */
  void add(long timestamp, int pixel, boolean isOn) {
    if (size == events.length) {
      events = Arrays.copyOf(events, 2 * size);
    }
    events[size++] = timestamp << Integer.SIZE | (long) pixel << 1 | (isOn ? 1 : 0);
  }

  /** Ends the events before a picture; none that follow are earlier. */
  void flush() {
    Arrays.sort(events, 0, size);
    for (int i = 0; i < size; i++) {
      int pixel = (int) events[i] >>> 1;
      long timestamp = events[i] >>> Integer.SIZE;
      all.append(timestamp, pixel % width, pixel / width, (events[i] & 1) == 1);
    }
    size = 0;
  }

  Events all() {
    return all.build();
  }
}
