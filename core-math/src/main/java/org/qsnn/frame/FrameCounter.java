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

  private final short[] x = new short[CHUNK];
  private final short[] y = new short[CHUNK];
  private final boolean[] on = new boolean[CHUNK];

  FrameCounter(AxisMap columns, AxisMap rows) {
    this.channel = rows.length() * columns.length();
    this.columns = columns;
    this.rows = rows;
    this.lines = Arrays.stream(rows.index()).map(row -> row * columns.length()).toArray();
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
    int columnTargets = columns.targets();
    int[] lines = this.lines;
    int[] places = columns.index();
    int[] rowWeights = rows.weight();
    int[] columnWeights = columns.weight();
    for (int i = 0; i < size; i++) {
      int frame = isOn[i] ? on : off;
      int row = y[i] * rowTargets;
      int column = x[i] * columnTargets;
      for (int r = row; r < row + rowTargets; r++) {
        int line = frame + lines[r];
        int weight = rowWeights[r];
        for (int c = column; c < column + columnTargets; c++) {
          target[line + places[c]] += weight * columnWeights[c];
        }
      }
    }
  }
}
