package org.qsnn.binary;

import java.util.Arrays;
import org.qsnn.binary.GatherSums.GatheredRows;
import org.qsnn.binary.PackedGradient.Strip;
import org.qsnn.binary.WeightSums.Run;
import org.qsnn.model.NetworkSpec.Convolution;
import org.qsnn.tensor.CacheLine;
import org.qsnn.tensor.Workspace;

/** As {@link WeightGradient}, of {@link PackedGradient}s. */
final class PackedWeightGradient {
  private static final PackedGatherSums SUMS = PackedGatherSums.best();

  /** Ints of a position, each of two output channels. Places are multiples of it. */
  static final int BLOCK = PackedGatherSums.COLUMNS;

  private static final int FOUR = 4;

  private enum Role {
    COLUMNS,
    GATHERED
  }

  /** What is gathered, packed at first, and where it is added. */
  private record Gathered(int[] columns, int[] packed, float unit, int terms, float[] sums) {}

  private final StripGrid grid;
  private final int inputs;
  private final int outputs;
  private final WeightSums layout;

  PackedWeightGradient(StripGrid grid, Convolution c) {
    this.grid = grid;
    this.inputs = c.inChannels();
    this.outputs = c.outChannels();
    this.layout = new WeightSums(grid, c, 2 * BLOCK);
  }

  WeightSums layout() {
    return layout;
  }

  /**
   * One half of a strip.
   *
   * @param isHigh whether it is the half of the high integers
   * @param spikes where the spikes of its images are
   */
  record Half(PackedGradient of, Strip strip, boolean isHigh, SpikeList spikes) {}

  /** Scratch for {@link #add}, zeros where none is written: between the images. */
  int[] columns(Workspace workspace) {
    int length = CacheLine.arrayLength(grid.rowLength() * BLOCK);
    int[] columns = workspace.ints(Role.COLUMNS, length);
    Arrays.fill(columns, 0, CacheLine.START + grid.rowLength() * BLOCK, 0);
    return columns;
  }

  /**
   * Adds half of a strip to the sums of a block of output channels.
   *
   * @param columns see {@link #columns}
   * @param at where the block's sums begin
   */
  void add(Half half, int block, int[] columns, float[] sums, int at, Workspace workspace) {
    int[] sum = workspace.ints(Role.GATHERED, grid.taps().size() * BLOCK);
    Strip strip = half.strip();
    Gathered gathered = new Gathered(columns, sum, strip.unit(), strip.terms(), sums);
    transpose(half, 2 * block * BLOCK, columns);
    int tile = layout.tileLines();
    int lines = half.spikes().lines();
    for (int line = 0; line < lines; line += tile) {
      int end = Math.min(lines, line + tile);
      int to = at;
      for (Run run : layout.runs()) {
        addTile(half.spikes(), line, end, run, gathered, to);
        to += inputs * run.taps().size() * 2 * BLOCK;
      }
    }
  }

  private void addTile(SpikeList spikes, int line, int end, Run run, Gathered gathered, int at) {
    int base = CacheLine.START + (grid.reach() - run.shift()) * BLOCK;
    int width = run.width() * BLOCK;
    int length = run.rows() * width;
    GatheredRows where = new GatheredRows(base, grid.pitch() * BLOCK, run.rows(), width);
    int to = at;
    for (int c = 0; c < inputs; c++) {
      int row = c * grid.phases() + run.phase();
      int last = spikes.from(row, end);
      for (int from = spikes.from(row, line); from < last; from += gathered.terms()) {
        int some = Math.min(last, from + gathered.terms());
        SUMS.gather(gathered.columns(), where, spikes.places(), from, some, gathered.packed());
        SUMS.addTo(gathered.packed(), length, gathered.unit(), gathered.sums(), to);
      }
      to += 2 * length;
    }
  }

  /** From images of one half to positions of {@link #BLOCK} pairs of channels, four at a time. */
  private void transpose(Half half, int channel, int[] columns) {
    PackedGradient dy = half.of();
    int first = half.strip().slot();
    int[] planes = new int[2 * FOUR];
    for (int image = 0; image < half.strip().half(); image++) {
      for (int c = 0; c < BLOCK; c += FOUR) {
        for (int k = 0; k < planes.length; k++) {
          int output = channel + c + k % FOUR + k / FOUR * BLOCK;
          planes[k] = output < outputs ? dy.plane(first + image, output) : dy.zeros();
        }
        for (int row = 0; row < grid.side(); row++) {
          int position = grid.reach() + grid.position(image, row);
          int to = CacheLine.START + position * BLOCK + c;
          if (half.isHigh()) {
            highs(dy.values(), planes, row * grid.side(), grid.side(), columns, to);
          } else {
            lows(dy.values(), planes, row * grid.side(), grid.side(), columns, to);
          }
        }
      }
    }
  }

  private static void lows(int[] x, int[] planes, int from, int length, int[] columns, int at) {
    int to = at;
    for (int i = from; i < from + length; i++) {
      columns[to] = lows(x[planes[0] + i], x[planes[4] + i]);
      columns[to + 1] = lows(x[planes[1] + i], x[planes[5] + i]);
      columns[to + 2] = lows(x[planes[2] + i], x[planes[6] + i]);
      columns[to + 3] = lows(x[planes[3] + i], x[planes[7] + i]);
      to += BLOCK;
    }
  }

  private static void highs(int[] x, int[] planes, int from, int length, int[] columns, int at) {
    int to = at;
    for (int i = from; i < from + length; i++) {
      columns[to] = highs(x[planes[0] + i], x[planes[4] + i]);
      columns[to + 1] = highs(x[planes[1] + i], x[planes[5] + i]);
      columns[to + 2] = highs(x[planes[2] + i], x[planes[6] + i]);
      columns[to + 3] = highs(x[planes[3] + i], x[planes[7] + i]);
      to += BLOCK;
    }
  }

  private static int lows(int a, int b) {
    return PackedSums.low(a) + (b << Short.SIZE);
  }

  private static int highs(int a, int b) {
    return PackedSums.high(a) + (PackedSums.high(b) << Short.SIZE);
  }
}
