package org.qsnn.binary;

import java.util.ArrayList;
import java.util.List;
import org.qsnn.binary.StripGrid.Tap;
import org.qsnn.tensor.CacheLine;

/**
 * The gradient of the weights: for each input channel and tap, the sum of the output's gradients
 * where a spike met them. Most neurons are silent, so the places of the spikes are listed once a
 * strip and only those are visited; taps that lie side by side are added together.
 *
 * <p>Each weight's terms are added in the order of positions, whatever the tiles.
 */
final class SpikeGradient {
  private static final SignSums SUMS = SignSums.best();

  /** Positions whose gradients stay in the first-level cache. */
  private static final int TILE = 128;

  /** Positions that are transposed at once: their columns stay in the first-level cache. */
  private static final int TRANSPOSED = 64;

  /** Sums of a block that stay in the second-level cache; with more, a strip is one tile. */
  private static final int CACHED_SUMS = 1 << 16;

  /**
   * Taps of one phase and kernel row, side by side.
   *
   * @param shift of the rightmost tap: the first of the gradients that a spike meets
   * @param taps from the rightmost to the leftmost
   */
  private record Run(int plane, int shift, List<Tap> taps) {}

  private final StripGrid grid;
  private final int inputs;
  private final int outputs;
  private final int block;
  private final List<Run> runs;
  private final float[] sums;

  SpikeGradient(StripGrid grid, int inputs, int outputs) {
    this.grid = grid;
    this.inputs = inputs;
    this.outputs = outputs;
    this.block = outputs % 32 == 0 ? 32 : 16;
    this.runs = runs(grid);
    this.sums = new float[blocks() * blockSums()];
  }

  private static List<Run> runs(StripGrid grid) {
    List<Run> runs = new ArrayList<>();
    for (int plane = 0; plane < grid.planes(); plane++) {
      List<Tap> run = new ArrayList<>();
      for (int i = grid.taps().size() - 1; i >= 0; i--) {
        Tap tap = grid.taps().get(i);
        if (tap.plane() != plane) {
          continue;
        }
        if (!run.isEmpty() && run.get(run.size() - 1).shift() != tap.shift() + 1) {
          runs.add(new Run(plane, run.get(0).shift(), run));
          run = new ArrayList<>();
        }
        run.add(tap);
      }
      if (!run.isEmpty()) {
        runs.add(new Run(plane, run.get(0).shift(), run));
      }
    }
    return runs;
  }

  private int blocks() {
    return (outputs + block - 1) / block;
  }

  /** Sums of one block of output channels: (run, input channel, tap of the run, channel). */
  private int blockSums() {
    return inputs * grid.taps().size() * block;
  }

  /** Length of the array of a strip's gradients by position, from {@link CacheLine#START} on. */
  int columnsLength() {
    return CacheLine.arrayLength(grid.rowLength() * block);
  }

  /**
   * Adds a strip.
   *
   * @param spikes where the spikes are
   * @param gradients flat rows of output channels
   * @param columns scratch of {@link #columnsLength}
   */
  void add(SpikeList spikes, float[] gradients, float[] columns) {
    int tile = blockSums() > CACHED_SUMS ? spikes.lines() : Math.max(1, TILE / grid.pitch());
    for (int b = 0; b < blocks(); b++) {
      transpose(gradients, b * block, columns);
      for (int line = 0; line < spikes.lines(); line += tile) {
        addTile(spikes, line, Math.min(spikes.lines(), line + tile), columns, b);
      }
    }
  }

  private void addTile(SpikeList spikes, int line, int end, float[] columns, int b) {
    int sum = b * blockSums();
    for (Run run : runs) {
      int width = run.taps().size() * block;
      int base = CacheLine.START + (grid.reach() - run.shift()) * block;
      for (int c = 0; c < inputs; c++) {
        int row = c * grid.planes() + run.plane();
        int from = spikes.from(row, line);
        int to = spikes.from(row, end);
        SUMS.gather(columns, base, spikes.places(), from, to, sums, sum, width);
        sum += width;
      }
    }
  }

  /** From rows of positions to columns of {@link #block} channels, a tile at a time. */
  private void transpose(float[] rows, int channel, float[] columns) {
    int length = grid.rowLength();
    int there = Math.min(block, outputs - channel);
    for (int from = 0; from < length; from += TRANSPOSED) {
      int count = Math.min(TRANSPOSED, length - from);
      int c = 0;
      for (; c + 4 <= there; c += 4) {
        int row = (channel + c) * length + from;
        transpose(rows, row, length, count, columns, CacheLine.START + from * block + c, block);
      }
      for (; c < there; c++) {
        int row = (channel + c) * length + from;
        for (int i = 0; i < count; i++) {
          columns[CacheLine.START + (from + i) * block + c] = rows[row + i];
        }
      }
    }
  }

  /** Four rows at a time. */
  private static void transpose(
      float[] rows, int row, int length, int count, float[] columns, int column, int step) {
    int to = column;
    for (int i = row; i < row + count; i++) {
      columns[to] = rows[i];
      columns[to + 1] = rows[i + length];
      columns[to + 2] = rows[i + 2 * length];
      columns[to + 3] = rows[i + 3 * length];
      to += step;
    }
  }

  /** Places are multiples of this. */
  int block() {
    return block;
  }

  /**
   * What has been added.
   *
   * @param factor of all sums
   * @param target {@code [out, in, k, k]}, overwritten
   */
  void write(float factor, float[] target) {
    int taps = grid.taps().size();
    for (int b = 0; b < blocks(); b++) {
      int sum = b * blockSums();
      int there = Math.min(block, outputs - b * block);
      for (Run run : runs) {
        for (int c = 0; c < inputs; c++) {
          for (Tap tap : run.taps()) {
            for (int o = 0; o < there; o++) {
              int output = b * block + o;
              target[(output * inputs + c) * taps + tap.index()] = sums[sum + o] * factor;
            }
            sum += block;
          }
        }
      }
    }
  }
}
