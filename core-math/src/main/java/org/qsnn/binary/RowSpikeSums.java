package org.qsnn.binary;

import java.util.Arrays;
import org.qsnn.binary.PlaneCopies.Rows;
import org.qsnn.binary.RowSums.RowPair;
import org.qsnn.binary.SpikeRowSums.QuarterSums;
import org.qsnn.model.NetworkSpec.Convolution;
import org.qsnn.model.QuantizedTensor;
import org.qsnn.tensor.CacheLine;
import org.qsnn.tensor.Workspace;

/**
 * The output of a 3×3 convolution with stride 1, in the rows of {@link RowGrid}. Spikes of four
 * images share an int, a quarter of the images after another's, and so do their sums: four signed
 * bytes, to which as many pairs of channels are added as fit, and which then go to sums of 16 bits.
 *
 * <p>A few rows of the output are computed at a time: their sums, and the tables of these rows and
 * of one more on either side, stay in the second-level cache.
 */
final class RowSpikeSums implements SpikeSums {
  private static final SpikeRowSums SUMS = SpikeRowSums.best();
  private static final PackedSums TABLES = PackedSums.best();
  private static final PlaneCopies COPIES = PlaneCopies.best();

  private static final int QUARTERS = FlatRows.QUARTERS;
  private static final int KERNEL = RowGrid.KERNEL;

  /** Pairs of channels whose spikes under a kernel, 18 each at most, fit a signed byte. */
  private static final int TOGETHER = Byte.MAX_VALUE / (2 * KERNEL * KERNEL);

  /** Rows of a channel that are computed together, times channels. */
  private static final int SUM_ROWS = 512;

  private enum Role {
    LINES,
    TABLE,
    EVEN,
    ODD,
    FOUR_ROWS
  }

  /** Rows {@code top … end − 1} of the output, so many columns from one on. */
  private record Tile(int top, int end, int column, int columns) {
    int height() {
      return end - top;
    }
  }

  private final RowGrid rows;
  private final int[] masks;
  private final int height;

  /** From the tables of a row to those of the next. */
  private final int tablePitch;

  /** From the sums of a row to those of the next. */
  private final int sumsPitch;

  RowSpikeSums(StripGrid grid, Convolution c) {
    this.rows = RowGrid.forward(grid.side(), c, TOGETHER);
    this.masks = rows.masks();
    this.height = Math.min(grid.side(), Math.max(1, SUM_ROWS / c.outChannels()));
    this.tablePitch = TOGETHER * RowSums.ENTRIES * rows.width();
    this.sumsPitch = rows.written() * rows.width();
  }

  /** Whether it is the faster way; more than one spike of an input would not fit the bytes. */
  static boolean isFaster(Convolution c, int countsPerUnit) {
    return countsPerUnit == 1 && RowGrid.isForwardFaster(c);
  }

  @Override
  public int images() {
    return QUARTERS * rows.images();
  }

  private int blocks() {
    return (rows.pairs() + TOGETHER - 1) / TOGETHER;
  }

  /** Pairs of a block of which this is the first. */
  private int pairs(int first) {
    return Math.min(TOGETHER, rows.pairs() - first);
  }

  /** For each block and output as {@link SpikeRowSums#add} reads them. */
  @Override
  public Entries entries(QuantizedTensor weights) {
    Entries entries = rows.entries(weights);
    int[] places = entries.places();
    float[] signs = entries.signs();
    int[] sorted = new int[places.length + blocks() * rows.written()];
    int n = 0;
    int from = 0;
    for (int first = 0; first < rows.pairs(); first += TOGETHER) {
      int count = KERNEL * pairs(first);
      for (int output = 0; output < rows.written(); output++) {
        int added = n + 1;
        int subtracted = n + count;
        for (int k = 0; k < count; k++) {
          // The kernel's last row, the first entry, reads the row below.
          int place = places[from + k] + (KERNEL - 1 - k % KERNEL) * tablePitch;
          if (signs[from + k] > 0) {
            sorted[added++] = place;
          } else {
            sorted[subtracted--] = place;
          }
        }
        sorted[n] = subtracted - n;
        n += 1 + count;
        from += count;
      }
    }
    return new Entries(sorted, new float[0]);
  }

  @Override
  public void of(
      SpikeImages x, int images, Entries entries, float[] factors, float[] y, Workspace workspace) {
    int quarter = FlatRows.quarter(images);
    int tableLength = (height + KERNEL - 1) * tablePitch;
    int sumsLength = CacheLine.arrayLength(height * sumsPitch);
    int fourLength = CacheLine.arrayLength(QUARTERS * height * rows.width());
    int[] lines = workspace.ints(Role.LINES, rows.linesLength());
    int[] table = workspace.ints(Role.TABLE, CacheLine.arrayLength(tableLength));
    int[] even = workspace.ints(Role.EVEN, sumsLength);
    int[] odd = workspace.ints(Role.ODD, sumsLength);
    float[] four = workspace.floats(Role.FOUR_ROWS, fourLength);
    layOut(x, images, lines);
    int used = quarter * rows.side();
    for (int column = 0; column < used; column += rows.width()) {
      int columns = rows.columns(used - column);
      QuarterSums sums =
          new QuarterSums(even, odd, CacheLine.START, rows.width(), rows.written(), columns);
      for (int top = 0; top < rows.side(); top += height) {
        Tile tile = new Tile(top, Math.min(rows.side(), top + height), column, columns);
        add(lines, tile, table, entries.places(), sums);
        write(sums, tile, images, factors, four, y);
      }
    }
  }

  private void layOut(SpikeImages x, int images, int[] lines) {
    int quarter = FlatRows.quarter(images);
    int[] four = new int[QUARTERS];
    for (int slot = 0; slot < quarter; slot++) {
      for (int k = 0; k < QUARTERS; k++) {
        int image = k * quarter + slot;
        four[k] = image < images ? image : SpikeImages.SILENT;
      }
      for (int c = 0; c < rows.read(); c++) {
        x.pack(four, c, lines, rows.line(c, 0, slot), rows.linePitch());
      }
    }
    Arrays.fill(lines, rows.line(rows.read(), 0, 0), rows.linesLength(), 0);
  }

  private void add(int[] lines, Tile tile, int[] table, int[] entries, QuarterSums sums) {
    // What each block leaves behind in the end.
    int biases = -blocks() * SpikeRowSums.TWO_BIASES;
    Arrays.fill(sums.even(), sums.at(), sums.at() + tile.height() * sumsPitch, biases);
    Arrays.fill(sums.odd(), sums.at(), sums.at() + tile.height() * sumsPitch, biases);
    int n = 0;
    for (int first = 0; first < rows.pairs(); first += TOGETHER) {
      int count = KERNEL * pairs(first);
      for (int row = -1; row <= tile.height(); row++) {
        tables(lines, first, tile, row, table);
      }
      for (int row = 0; row < tile.height(); row++) {
        QuarterSums ofRow = sums.from(sums.at() + row * sumsPitch);
        SUMS.add(table, row * tablePitch, entries, n, count, ofRow);
      }
      n += rows.written() * (1 + count);
    }
  }

  /** Tables of a block for a row of a tile, or of the one above or below. */
  private void tables(int[] lines, int first, Tile tile, int row, int[] table) {
    int start = (row + 1) * tablePitch;
    int line = tile.top() + row;
    if (line < 0 || line == rows.side()) {
      Arrays.fill(table, start + rows.table(0), start + rows.table(pairs(first)), 0);
      return;
    }
    for (int i = 0; i < pairs(first); i++) {
      RowPair pair = rows.pair(first + i, line, tile.column(), tile.columns());
      TABLES.table(lines, pair, masks, table, start + rows.table(i), rows.width());
    }
  }

  private void write(
      QuarterSums sums, Tile tile, int images, float[] factors, float[] four, float[] y) {
    int quarter = FlatRows.quarter(images);
    int side = rows.side();
    int width = rows.width();
    int pitch = height * width;
    Rows lines = new Rows(tile.height(), Math.min(width, side - tile.column()), width, side);
    for (int c = 0; c < rows.written(); c++) {
      for (int row = 0; row < tile.height(); row++) {
        int from = sums.at() + row * sumsPitch + c * width;
        SUMS.unpack(sums.from(from), factors[c], four, CacheLine.START + row * width, pitch);
      }
      for (int image = 0; image < images; image++) {
        int from = CacheLine.START + image / quarter * pitch + image % quarter * side;
        int to = ((image * rows.written() + c) * side + tile.top()) * side + tile.column();
        COPIES.copyRows(four, from, y, to, lines);
      }
    }
  }
}
