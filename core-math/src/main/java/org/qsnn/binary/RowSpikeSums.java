package org.qsnn.binary;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.qsnn.binary.RowTables.Tile;
import org.qsnn.binary.SpikeRowSums.QuarterSums;
import org.qsnn.model.NetworkSpec.Convolution;
import org.qsnn.model.QuantizedTensor;
import org.qsnn.tensor.CacheLine;
import org.qsnn.tensor.Workspace;

/**
 * The output of a 3×3 convolution with stride 1, from {@link RowTables}. Spikes of four images
 * share an int, a quarter of the images after another's, and so do their sums: four signed bytes,
 * to which as many pairs of channels are added as fit, and which then go to sums of 16 bits.
 */
final class RowSpikeSums implements SpikeSums {
  private static final SpikeRowSums SUMS = SpikeRowSums.best();

  /** Pairs of channels whose spikes under a kernel, 18 each at most, fit a signed byte. */
  private static final int TOGETHER = Byte.MAX_VALUE / (2 * RowGrid.KERNEL * RowGrid.KERNEL);

  private enum Role {
    LINES,
    TABLE,
    EVEN,
    ODD,
    FOUR_ROWS
  }

  private final RowGrid rows;
  private final RowTables tables;

  /** From the sums of a row to those of the next. */
  private final int pitch;

  RowSpikeSums(StripGrid grid, Convolution c) {
    this.rows = RowGrid.forward(grid.side(), c, TOGETHER);
    this.tables = new RowTables(rows);
    this.pitch = rows.written() * rows.width();
  }

  /** Whether it is the faster way; more than one spike of an input would not fit the bytes. */
  static boolean isFaster(Convolution c, int countsPerUnit) {
    return countsPerUnit == 1 && RowGrid.isForwardFaster(c);
  }

  @Override
  public int images() {
    return SpikeImages.QUARTERS * rows.images();
  }

  @Override
  public Entries entries(QuantizedTensor weights) {
    return tables.entries(weights);
  }

  @Override
  public void of(
      SpikeImages x, int images, Entries entries, float[] factors, float[] y, Workspace workspace) {
    int sumsLength = CacheLine.arrayLength(tables.height() * pitch);
    int fourLength = CacheLine.arrayLength(SpikeImages.QUARTERS * tables.partLength());
    int[] lines = workspace.ints(Role.LINES, rows.linesLength());
    int[] table = workspace.ints(Role.TABLE, tables.length());
    int[] even = workspace.ints(Role.EVEN, sumsLength);
    int[] odd = workspace.ints(Role.ODD, sumsLength);
    float[] four = workspace.floats(Role.FOUR_ROWS, fourLength);
    layOut(x, images, lines);
    int[] numbers = IntStream.range(0, images).toArray();
    int used = SpikeImages.quarter(images) * rows.side();
    for (int column = 0; column < used; column += rows.width()) {
      int columns = rows.columns(used - column);
      QuarterSums sums =
          new QuarterSums(even, odd, CacheLine.START, rows.width(), rows.written(), columns);
      for (int top = 0; top < rows.side(); top += tables.height()) {
        Tile tile = tables.tile(top, column, columns);
        add(lines, tile, table, entries.places(), sums);
        write(sums, tile, numbers, factors, four, y);
      }
    }
  }

  private void layOut(SpikeImages x, int images, int[] lines) {
    for (int slot = 0; slot < SpikeImages.quarter(images); slot++) {
      int[] four = SpikeImages.four(slot, images);
      for (int c = 0; c < rows.read(); c++) {
        x.pack(four, c, lines, rows.line(c, 0, slot), rows.linePitch());
      }
    }
    Arrays.fill(lines, rows.line(rows.read(), 0, 0), rows.linesLength(), 0);
  }

  private void add(int[] lines, Tile tile, int[] table, int[] entries, QuarterSums sums) {
    // What each block leaves behind in the end.
    int biases = -tables.blocks() * SpikeRowSums.TWO_BIASES;
    Arrays.fill(sums.even(), sums.at(), sums.at() + tile.height() * pitch, biases);
    Arrays.fill(sums.odd(), sums.at(), sums.at() + tile.height() * pitch, biases);
    for (int block = 0; block < tables.blocks(); block++) {
      int first = tables.firstEntry(block);
      int count = tables.count(block);
      tables.write(lines, block, tile, table);
      for (int row = 0; row < tile.height(); row++) {
        QuarterSums ofRow = sums.from(sums.at() + row * pitch);
        SUMS.add(table, tables.start(row), entries, first, count, ofRow);
      }
    }
  }

  private void write(
      QuarterSums sums, Tile tile, int[] numbers, float[] factors, float[] four, float[] y) {
    int width = rows.width();
    for (int c = 0; c < rows.written(); c++) {
      for (int row = 0; row < tile.height(); row++) {
        QuarterSums ofRow = sums.from(sums.at() + row * pitch + c * width);
        int to = CacheLine.START + row * width;
        SUMS.unpack(ofRow, factors[c], four, to, tables.partLength());
      }
      tables.collect(four, c, tile, numbers, SpikeImages.quarter(numbers.length), y);
    }
  }
}
