package org.qsnn.frame;

import java.util.Arrays;
import org.qsnn.event.Events;

/**
 * Adds events to frames of two channels, OFF and ON, some at a time: their pixels are copied out
 * and everything else is held in local variables, which makes the loops twice as fast.
 */
final class FrameCounter {
  private static final int CHUNK = 1024;

  private final int channel;
  private final AxisMap columns;
  private final AxisMap rows;

  /** Index in a channel of the first pixel of each of {@link #rows}. */
  private final int[] lines;

  private final float[] rowWeights;
  private final float[] columnWeights;

  private final short[] x = new short[CHUNK];
  private final short[] y = new short[CHUNK];
  private final boolean[] on = new boolean[CHUNK];

  FrameCounter(AxisMap columns, AxisMap rows) {
    this.channel = rows.length() * columns.length();
    this.columns = columns;
    this.rows = rows;
    this.rowWeights = floats(rows.weight());
    this.columnWeights = floats(columns.weight());
    this.lines = Arrays.stream(rows.index()).map(row -> row * columns.length()).toArray();
  }

  private static float[] floats(int[] values) {
    float[] floats = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      floats[i] = values[i];
    }
    return floats;
  }

  /**
   * Adds the events {@code from … to − 1} to a frame.
   *
   * @param frame index of its first float
   */
  void count(Events events, int from, int to, float[] target, int frame) {
    boolean isWhole = rows.targets() == 1 && columns.targets() == 1;
    for (int next = from; next < to; next += CHUNK) {
      int size = Math.min(to - next, CHUNK);
      events.copyPixels(next, next + size, x, y, on);
      if (isWhole) {
        countWhole(size, target, frame, frame + channel);
      } else {
        countParts(size, target, frame, frame + channel);
      }
    }
  }

  /** Each event belongs to one pixel of the frame. */
  private void countWhole(int size, float[] target, int off, int on) {
    short[] x = this.x;
    short[] y = this.y;
    boolean[] isOn = this.on;
    int[] lines = this.lines;
    int[] places = columns.index();
    for (int i = 0; i < size; i++) {
      target[(isOn[i] ? on : off) + lines[y[i]] + places[x[i]]]++;
    }
  }

  /** Each event is divided among several pixels. */
  private void countParts(int size, float[] target, int off, int on) {
    short[] x = this.x;
    short[] y = this.y;
    boolean[] isOn = this.on;
    int rowTargets = rows.targets();
    int[] lines = this.lines;
    float[] weights = rowWeights;
    for (int i = 0; i < size; i++) {
      int frame = isOn[i] ? on : off;
      int row = y[i] * rowTargets;
      for (int r = row; r < row + rowTargets; r++) {
        addParts(x[i], weights[r], target, frame + lines[r]);
      }
    }
  }

  /** The parts of one event in one row of a frame. */
  private void addParts(int x, float weight, float[] target, int line) {
    int[] places = columns.index();
    float[] weights = columnWeights;
    int targets = columns.targets();
    int column = x * targets;
    if (targets == 2) {
      target[line + places[column]] += weight * weights[column];
      target[line + places[column + 1]] += weight * weights[column + 1];
      return;
    }
    for (int c = column; c < column + targets; c++) {
      target[line + places[c]] += weight * weights[c];
    }
  }
}
