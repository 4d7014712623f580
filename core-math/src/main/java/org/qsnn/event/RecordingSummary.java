package org.qsnn.event;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A recording in a few numbers.
 *
 * @param firstTimestamp in µs
 * @param lastTimestamp in µs
 * @param head the first {@value #HEAD_EVENTS} events, or all if there are fewer
 * @param passedOver what else the file holds, and how much of it
 * @param guessesSensor whether the file names no camera, so that the sensor was told by the events
 */
public record RecordingSummary(
    Sensor sensor,
    long events,
    long onEvents,
    long firstTimestamp,
    long lastTimestamp,
    Events head,
    SortedMap<String, Long> passedOver,
    boolean guessesSensor) {
  /** How many events {@link #head} has at most. */
  public static final int HEAD_EVENTS = 8;

  /** Last minus first timestamp in µs. */
  public long duration() {
    return lastTimestamp - firstTimestamp;
  }

  /** Events in a second; of a recording without duration, the number of its events. */
  public double eventsPerSecond() {
    return duration() == 0 ? events : events * 1e6 / duration();
  }

  /** The share of events whose pixel became brighter, 0…1. */
  public double onShare() {
    return (double) onEvents / events;
  }

  /** Sums up a recording as it is read. */
  public static final class Accumulator implements EventSink {
    private EventsBuilder head;
    private long events;
    private long onEvents;
    private long firstTimestamp;
    private long lastTimestamp;
    private final SortedMap<String, Long> passedOver = new TreeMap<>();
    private boolean guessesSensor;

    @Override
    public void accept(Events block) {
      if (events == 0) {
        head = Events.builder(block.sensor());
        firstTimestamp = block.timestamp(0);
      }
      if (head.size() < HEAD_EVENTS) {
        head.accept(block.slice(0, Math.min(block.size(), HEAD_EVENTS - head.size())));
      }
      for (int i = 0; i < block.size(); i++) {
        onEvents += block.isOn(i) ? 1 : 0;
      }
      events += block.size();
      lastTimestamp = block.timestamp(block.size() - 1);
    }

    @Override
    public void passedOver(String what, long count) {
      passedOver.merge(what, count, Long::sum);
    }

    @Override
    public void guessedSensor() {
      guessesSensor = true;
    }

    /**
     * What was taken in so far.
     *
     * @throws IllegalStateException if there was no event
     */
    public RecordingSummary summary() {
      if (events == 0) {
        throw new IllegalStateException("summary: expected events, found none");
      }
      Events first = head.build();
      return new RecordingSummary(
          first.sensor(),
          events,
          onEvents,
          firstTimestamp,
          lastTimestamp,
          first,
          Collections.unmodifiableSortedMap(new TreeMap<>(passedOver)),
          guessesSensor);
    }
  }
}
