package org.qsnn.binary;

import java.util.Arrays;
import org.qsnn.binary.PlaneCopies.Rows;
import org.qsnn.binary.RowSums.RowPair;
import org.qsnn.model.QuantizedTensor;
import org.qsnn.tensor.CacheLine;

/**
 * The tables that a few rows of sums read, in the rows of {@link RowGrid}, where sums are exact: a
 * sum stays in registers while the entries of three rows are added to it. The tables of some pairs
 * of channels are used together, for these rows and for one more on either side, so that they and
 * the sums stay in the second-level cache.
 */
final class RowTables {
  private static final PackedSums SUMS = PackedSums.best();
  private static final PlaneCopies COPIES = PlaneCopies.best();

  private static final int KERNEL = RowGrid.KERNEL;

  /** Rows of sums that are computed together, of all channels. */
  private static final int SUM_ROWS = 512;

  /** And of one channel, for the tables of each. */
  private static final int MOST_ROWS = 8;

  /**
   * Rows {@code top … end − 1} of sums, so many columns from one on.
   *
   * @param columns whole vectors
   */
  record Tile(int top, int end, int column, int columns) {
    int height() {
      return end - top;
    }
  }

  private final RowGrid rows;
  private final int[] masks;
  private final int height;
  private final int pitch;

  RowTables(RowGrid rows) {
    this.rows = rows;
    this.masks = rows.masks();
    int most = Math.min(rows.side(), MOST_ROWS);
    this.height = Math.min(most, Math.max(1, SUM_ROWS / rows.written()));
    this.pitch = rows.together() * RowSums.ENTRIES * rows.width();
  }

  /** Rows of a tile. */
  int height() {
    return height;
  }

  /** The tile from a row and a column on. */
  Tile tile(int top, int column, int columns) {
    return new Tile(top, Math.min(rows.side(), top + height), column, columns);
  }

  /** Pairs of channels that are used together. */
  int blocks() {
    return (rows.pairs() + rows.together() - 1) / rows.together();
  }

  private int firstPair(int block) {
    return block * rows.together();
  }

  private int pairs(int block) {
    return Math.min(rows.together(), rows.pairs() - firstPair(block));
  }

  /** Entries of each sum in a block. */
  int count(int block) {
    return KERNEL * pairs(block);
  }

  /** Where a block's entries start. */
  int firstEntry(int block) {
    return block * rows.written() * (KERNEL * rows.together() + 1);
  }

  /** For each block and channel that is written, in the order of {@link Entries#sort}. */
  Entries entries(QuantizedTensor weights) {
    Entries entries = rows.entries(weights);
    // An entry's first row is the kernel's last, which reads the row below.
    int[] shifts = {2 * pitch, pitch, 0};
    int[] sorted = new int[entries.places().length + blocks() * rows.written()];
    int n = 0;
    int from = 0;
    for (int block = 0; block < blocks(); block++) {
      for (int c = 0; c < rows.written(); c++) {
        n = entries.sort(from, count(block), shifts, sorted, n);
        from += count(block);
      }
    }
    return new Entries(sorted, new float[0]);
  }

  /** Length of the array of the tables. */
  int length() {
    return CacheLine.arrayLength((height + KERNEL - 1) * pitch);
  }

  /** Where the tables start that a row of a tile reads first. */
  int start(int row) {
    return row * pitch;
  }

  /** Writes the tables of a block for all rows of a tile. */
  void write(int[] lines, int block, Tile tile, int[] table) {
    for (int row = 0; row < tile.height() + KERNEL - 1; row++) {
      int line = tile.top() + row - 1;
      if (line < 0 || line == rows.side()) {
        int end = start(row) + rows.table(pairs(block));
        Arrays.fill(table, start(row) + rows.table(0), end, 0);
        continue;
      }
      for (int i = 0; i < pairs(block); i++) {
        RowPair pair = rows.pair(firstPair(block) + i, line, tile.column(), tile.columns());
        SUMS.table(lines, pair, masks, table, start(row) + rows.table(i), rows.width());
      }
    }
  }

  /** A channel's rows of a tile: so many floats for each part of the images. */
  int partLength() {
    return height * rows.width();
  }

  /**
   * Copies a channel's rows of a tile.
   *
   * @param parts from {@link CacheLine#START} on, {@link #partLength} each, the rows one after the
   *     other, of {@code ofPart} images side by side
   * @param numbers of the images in y, part by part; {@link SpikeImages#SILENT} where there is none
   * @param y {@code [images, written, side, side]}
   */
  void collect(float[] parts, int channel, Tile tile, int[] numbers, int ofPart, float[] y) {
    int side = rows.side();
    int width = rows.width();
    // An image may begin in one tile and end in the next.
    for (int i = 0; i < numbers.length; i++) {
      int start = i % ofPart * side;
      int begin = Math.max(start, tile.column());
      int end = Math.min(start + side, tile.column() + width);
      if (begin < end && numbers[i] != SpikeImages.SILENT) {
        int from = CacheLine.START + i / ofPart * partLength() + begin - tile.column();
        int plane = numbers[i] * rows.written() + channel;
        int to = (plane * side + tile.top()) * side + begin - start;
        COPIES.copyRows(parts, from, y, to, new Rows(tile.height(), end - begin, width, side));
      }
    }
  }
}
