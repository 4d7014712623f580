package org.qsnn.frame;

import org.qsnn.event.Events;
import org.qsnn.event.EventsBuilder;
import org.qsnn.event.Sensor;
import org.qsnn.tensor.RandomStream;

/** Events at random pixels, at most 9 µs from one to the next. */
final class RandomEvents {
  private RandomEvents() {}

  static Events of(Sensor sensor, int size, long seed) {
    RandomStream random = RandomStream.of(seed);
    EventsBuilder events = Events.builder(sensor);
    long timestamp = 4_000_000_000L;
    for (int i = 0; i < size; i++) {
      timestamp += random.nextInt(10);
      int x = random.nextInt(sensor.width());
      events.append(timestamp, x, random.nextInt(sensor.height()), random.nextBoolean());
    }
    return events.build();
  }
}
