package org.qsnn.event;

/**
 * Events of a reader that meets them one by one, on their way to its blocks: a block is as many as
 * fit.
 */
final class EventColumns {
  private static final int CAPACITY = 8192;

  private final EventBlocks blocks;
  private long[] timestamps;
  private short[] x;
  private short[] y;
  private boolean[] on;
  private final long[] offsets = new long[CAPACITY];
  private int size;

  EventColumns(EventBlocks blocks) {
    this.blocks = blocks;
    renew();
  }

  /** The sink may keep what it got. */
  private void renew() {
    timestamps = new long[CAPACITY];
    x = new short[CAPACITY];
    y = new short[CAPACITY];
    on = new boolean[CAPACITY];
    size = 0;
  }

  /**
   * Adds an event, which is checked when its block is full.
   *
   * @param eventX at most 32767; negative ones are on no sensor
   * @param eventY the same
   * @param offset where the file has it, for messages
   */
  void append(long timestamp, int eventX, int eventY, boolean eventOn, long offset) {
    if (size == CAPACITY) {
      flush();
    }
    timestamps[size] = timestamp;
    x[size] = (short) eventX;
    y[size] = (short) eventY;
    on[size] = eventOn;
    offsets[size++] = offset;
  }

  /** Hands on what is left. */
  void flush() {
    if (size > 0) {
      blocks.add(size, timestamps, x, y, on, i -> offsets[i]);
      renew();
    }
  }
}
