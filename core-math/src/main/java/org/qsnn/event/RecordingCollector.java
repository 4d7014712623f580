package org.qsnn.event;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import org.qsnn.ConfigurationException;

/** Takes a whole recording into memory, as far as the memory goes. Not for several threads. */
public final class RecordingCollector implements EventSink {
  /** Columns of an event, in the blocks and in the whole that is made of them. */
  private static final int EVENT_BYTES = 2 * (Long.BYTES + 2 * Short.BYTES + 1);

  /** The bytes of as many, encoded, can be an array still. */
  private static final long MOST_EVENTS = 1 << 29;

  private final String file;
  private final long mostEvents;
  private final List<Events> blocks = new ArrayList<>();
  private final SortedMap<String, Long> passedOver = new TreeMap<>();
  private final SortedMap<String, Long> tolerated = new TreeMap<>();
  private long events;
  private boolean guessesSensor;

  /**
   * @param file the file's name, for messages
   */
  public RecordingCollector(String file) {
    this(file, Runtime.getRuntime().maxMemory());
  }

  /**
   * @param heapBytes of this process, of which a recording may take three fifths
   */
  RecordingCollector(String file, long heapBytes) {
    this.file = file;
    this.mostEvents = Math.min(MOST_EVENTS, heapBytes / 5 * 3 / EVENT_BYTES);
  }

  /**
   * @throws ConfigurationException if the recording does not fit into this process's memory: found
   *     before the memory is exhausted, so that another recording can be read after it
   */
  @Override
  public void accept(Events block) {
    events += block.size();
    if (events > mostEvents) {
      blocks.clear();
      throw new ConfigurationException(
          String.format(
              Locale.ROOT,
              "%s: expected at most %d events, as many as the memory of this process can hold, found"
                  + " more; give it more (--driver-memory)",
              file,
              mostEvents));
    }
    blocks.add(block);
  }

  @Override
  public void passedOver(String what, long count) {
    passedOver.merge(what, count, Long::sum);
  }

  @Override
  public void tolerated(String what, long count) {
    tolerated.merge(what, count, Long::sum);
  }

  @Override
  public void guessedSensor() {
    guessesSensor = true;
  }

  List<Events> blocks() {
    return blocks;
  }

  /** All events of a recording that was read to its end. */
  public Events events() {
    return Events.concatenated(blocks);
  }

  /** What was not decoded, and how much of it. */
  public SortedMap<String, Long> passedOver() {
    return Collections.unmodifiableSortedMap(passedOver);
  }

  /** What was bad and was tolerated, and how much of it. */
  public SortedMap<String, Long> tolerated() {
    return Collections.unmodifiableSortedMap(tolerated);
  }

  /** Whether the file names no camera. */
  public boolean guessesSensor() {
    return guessesSensor;
  }
}
