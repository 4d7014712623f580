package org.qsnn.event;

/**
 * What a reader decodes, event by event, on its way to a sink: checked to lie on the sensor and in
 * the order of time, and handed on in blocks.
 */
final class EventBlocks {
  private final RecordingInput in;
  private final EventSink sink;
  private final EventsBuilder block;
  private long events;

  EventBlocks(RecordingInput in, Sensor sensor, EventSink sink) {
    this.in = in;
    this.sink = sink;
    this.block = Events.builder(sensor);
  }

  /**
   * Adds an event.
   *
   * @param offset where the file has it, for messages
   * @throws org.qsnn.DataException if it is earlier than the one before, or not on the sensor
   */
  void add(long offset, long timestamp, int x, int y, boolean on) {
    try {
      block.append(timestamp, x, y, on);
    } catch (IllegalArgumentException e) {
      throw in.failure(offset, "event %d: %s".formatted(events + block.size(), e.getMessage()), e);
    }
  }

  /** Hands on what was added since the last call. */
  void flush() {
    if (block.size() > 0) {
      events += block.size();
      sink.accept(block.take());
    }
  }

  /**
   * Hands on what is left.
   *
   * @throws org.qsnn.DataException if there was no event at all
   */
  void finish() {
    flush();
    if (events == 0) {
      throw in.failure(in.offset(), "recording", "events", "the end of the file: it is empty");
    }
  }
}
