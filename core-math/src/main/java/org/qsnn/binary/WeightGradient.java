package org.qsnn.binary;

import org.qsnn.binary.GatherSums.GatheredRows;
import org.qsnn.binary.WeightSums.Run;
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

  /** Output channels whose sums for nine taps stay in registers. Places are multiples of it. */
  static final int BLOCK = 16;

  /** Positions that are transposed at once: their columns stay in the first-level cache. */
  private static final int TRANSPOSED = 64;

  private enum Role {
    COLUMNS
  }

  private final StripGrid grid;
  private final int inputs;
  private final int outputs;
  private final WeightSums layout;

  WeightGradient(StripGrid grid, Convolution c) {
    this.grid = grid;
    this.inputs = c.inChannels();
    this.outputs = c.outChannels();
    this.layout = new WeightSums(grid, c, BLOCK);
  }

  WeightSums layout() {
    return layout;
  }

  /**
   * The gradients of a block of output channels, by position, from the start of a cache line on.
   *
   * @param gradients flat rows of output channels
   */
  float[] columns(float[] gradients, int block, Workspace workspace) {
    float[] columns =
        workspace.floats(Role.COLUMNS, CacheLine.arrayLength(grid.rowLength() * BLOCK));
    transpose(gradients, block * BLOCK, columns);
    return columns;
  }

  /**
   * Adds lines of a strip to the sums of a block.
   *
   * @param spikes where the spikes are
   * @param columns of the block
   * @param at where the block's sums begin
   */
  void add(SpikeList spikes, int firstLine, int lastLine, float[] columns, float[] sums, int at) {
    int tile = layout.tileLines();
    for (int line = firstLine; line < lastLine; line += tile) {
      addTile(spikes, line, Math.min(lastLine, line + tile), columns, sums, at);
    }
  }

  private void addTile(
      SpikeList spikes, int line, int end, float[] columns, float[] sums, int first) {
    int sum = first;
    for (Run run : layout.runs()) {
      int base = CacheLine.START + (grid.reach() - run.shift()) * BLOCK;
      int width = run.width() * BLOCK;
      GatheredRows where = new GatheredRows(base, grid.pitch() * BLOCK, run.rows(), width);
      for (int c = 0; c < inputs; c++) {
        int row = c * grid.phases() + run.phase();
        int from = spikes.from(row, line);
        int to = spikes.from(row, end);
        SUMS.gather(columns, where, spikes.places(), from, to, sums, sum);
        sum += run.rows() * width;
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
}
