package org.qsnn.binary;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.qsnn.binary.GatherSums.GatheredRows;
import org.qsnn.binary.StripGrid.Tap;
import org.qsnn.model.NetworkSpec.Convolution;
import org.qsnn.tensor.CacheLine;
import org.qsnn.tensor.Workspace;

/**
 * The gradient of the weights: for each input channel and tap, the sum of the output's gradients
 * where a spike met them. Most neurons are silent, so the places of the spikes are listed once a
 * strip and only those are visited; taps that lie side by side are added together.
 *
 * <p>Each weight's terms are added in the order of positions, whatever the tiles.
 */
final class WeightGradient {
  private static final GatherSums SUMS = GatherSums.best();

  /** Output channels whose sums for nine taps stay in registers. */
  private static final int BLOCK = 16;

  /** Positions whose gradients stay in the first-level cache. */
  private static final int TILE = 384;

  /** Positions that are transposed at once: their columns stay in the first-level cache. */
  private static final int TRANSPOSED = 64;

  /** Output channels that are written at once, a divisor of the block: few enough cache lines. */
  private static final int WRITTEN = 8;

  /**
   * Taps of one phase: side by side in a kernel row, or in three rows below each other.
   *
   * @param shift of the last tap: the first of the gradients that a spike meets
   * @param taps from the last to the first
   * @param rows that they fill
   */
  private record Run(int phase, int shift, List<Tap> taps, int rows) {
    int width() {
      return taps.size() / rows * BLOCK;
    }
  }

  private enum Role {
    SUMS,
    COLUMNS
  }

  private final StripGrid grid;
  private final int inputs;
  private final int outputs;
  private final List<Run> runs;

  WeightGradient(StripGrid grid, Convolution c) {
    this.grid = grid;
    this.inputs = c.inChannels();
    this.outputs = c.outChannels();
    this.runs = squares(runs(grid));
  }

  /** Sums to which strips are added, zeros at first. */
  float[] zeros(Workspace workspace) {
    int length = blocks() * blockSums();
    float[] sums = workspace.floats(Role.SUMS, length);
    Arrays.fill(sums, 0, length, 0f);
    return sums;
  }

  /** Taps side by side, phase by phase. */
  private static List<Run> runs(StripGrid grid) {
    List<Run> runs = new ArrayList<>();
    for (int phase = 0; phase < grid.phases(); phase++) {
      List<Tap> run = new ArrayList<>();
      for (int i = grid.taps().size() - 1; i >= 0; i--) {
        Tap tap = grid.taps().get(i);
        if (tap.phase() != phase) {
          continue;
        }
        if (!run.isEmpty() && run.get(run.size() - 1).shift() != tap.shift() + 1) {
          runs.add(new Run(phase, run.get(0).shift(), run, 1));
          run = new ArrayList<>();
        }
        run.add(tap);
      }
      if (!run.isEmpty()) {
        runs.add(new Run(phase, run.get(0).shift(), run, 1));
      }
    }
    return runs;
  }

  /** Three kernel rows of three taps become one run; what is left stays as it is. */
  private static List<Run> squares(List<Run> rows) {
    boolean isSquare =
        rows.size() == 3
            && rows.stream().allMatch(row -> row.taps().size() == 3 && row.phase() == 0);
    if (!isSquare) {
      return rows;
    }
    List<Tap> taps = rows.stream().flatMap(row -> row.taps().stream()).toList();
    return List.of(new Run(0, rows.get(0).shift(), taps, 3));
  }

  private int blocks() {
    return (outputs + BLOCK - 1) / BLOCK;
  }

  /** Sums of one block of output channels: (run, input channel, tap of the run, channel). */
  private int blockSums() {
    return inputs * grid.taps().size() * BLOCK;
  }

  /**
   * Adds a strip.
   *
   * @param spikes where the spikes are
   * @param gradients flat rows of output channels
   * @param sums {@link #zeros}, and what has been added to them
   */
  void add(SpikeList spikes, float[] gradients, float[] sums, Workspace workspace) {
    // By position, from the start of a cache line on.
    float[] columns =
        workspace.floats(Role.COLUMNS, CacheLine.arrayLength(grid.rowLength() * BLOCK));
    int tile = Math.max(1, TILE / grid.pitch());
    for (int b = 0; b < blocks(); b++) {
      transpose(gradients, b * BLOCK, columns);
      for (int line = 0; line < spikes.lines(); line += tile) {
        int end = Math.min(spikes.lines(), line + tile);
        addTile(spikes, line, end, columns, sums, b * blockSums());
      }
    }
  }

  private void addTile(
      SpikeList spikes, int line, int end, float[] columns, float[] sums, int first) {
    int sum = first;
    for (Run run : runs) {
      int base = CacheLine.START + (grid.reach() - run.shift()) * BLOCK;
      GatheredRows where = new GatheredRows(base, grid.pitch() * BLOCK, run.rows(), run.width());
      for (int c = 0; c < inputs; c++) {
        int row = c * grid.phases() + run.phase();
        int from = spikes.from(row, line);
        int to = spikes.from(row, end);
        SUMS.gather(columns, where, spikes.places(), from, to, sums, sum);
        sum += run.rows() * run.width();
      }
    }
  }

  /** From rows of positions to columns of {@link #BLOCK} channels, a tile at a time. */
  private void transpose(float[] rows, int channel, float[] columns) {
    int length = grid.rowLength();
    int there = Math.min(BLOCK, outputs - channel);
    for (int from = 0; from < length; from += TRANSPOSED) {
      int count = Math.min(TRANSPOSED, length - from);
      int c = 0;
      for (; c + 4 <= there; c += 4) {
        int row = (channel + c) * length + from;
        transpose(rows, row, length, count, columns, CacheLine.START + from * BLOCK + c, BLOCK);
      }
      for (; c < there; c++) {
        int row = (channel + c) * length + from;
        for (int i = 0; i < count; i++) {
          columns[CacheLine.START + (from + i) * BLOCK + c] = rows[row + i];
        }
      }
    }
  }

  /** Four rows at a time. */
  private static void transpose(
      float[] rows, int row, int length, int count, float[] columns, int column, int pitch) {
    int to = column;
    for (int i = row; i < row + count; i++) {
      columns[to] = rows[i];
      columns[to + 1] = rows[i + length];
      columns[to + 2] = rows[i + 2 * length];
      columns[to + 3] = rows[i + 3 * length];
      to += pitch;
    }
  }

  /** Places are multiples of this. */
  int block() {
    return BLOCK;
  }

  /**
   * Writes what has been added.
   *
   * @param factor of all sums
   * @param target {@code [out, in, k, k]} from {@code at} on, overwritten
   */
  void write(float[] sums, float factor, float[] target, int at) {
    int taps = grid.taps().size();
    for (int first = 0; first < outputs; first += WRITTEN) {
      int end = Math.min(outputs, first + WRITTEN);
      int sum = first / BLOCK * blockSums();
      for (Run run : runs) {
        int[] indices = run.taps().stream().mapToInt(Tap::index).toArray();
        for (int c = 0; c < inputs; c++) {
          for (int output = first; output < end; output++) {
            int to = at + (output * inputs + c) * taps;
            int from = sum + output % BLOCK;
            for (int i = 0; i < indices.length; i++) {
              target[to + indices[i]] = sums[from + i * BLOCK] * factor;
            }
          }
          sum += indices.length * BLOCK;
        }
      }
    }
  }
}
