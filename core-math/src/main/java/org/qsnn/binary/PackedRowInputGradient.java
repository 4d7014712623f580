package org.qsnn.binary;

import java.util.Arrays;
import org.qsnn.binary.PackedGradient.Strip;
import org.qsnn.binary.PackedGradient.Window;
import org.qsnn.binary.PackedSums.OutputRows;
import org.qsnn.binary.PlaneCopies.Rows;
import org.qsnn.binary.RowTables.Tile;
import org.qsnn.model.NetworkSpec.Convolution;
import org.qsnn.model.QuantizedTensor;
import org.qsnn.tensor.CacheLine;
import org.qsnn.tensor.Workspace;

/** The gradient of the input of a 3×3 convolution with stride 1, from {@link RowTables}. */
final class PackedRowInputGradient implements PackedInputGradient {
  private static final PackedSums SUMS = PackedSums.best();

  private enum Role {
    LINES,
    TABLE,
    SUMS,
    TWO_ROWS
  }

  private final RowGrid rows;
  private final RowTables tables;

  /** From the sums of a row to those of the next. */
  private final int pitch;

  PackedRowInputGradient(StripGrid grid, Convolution c) {
    this.rows = RowGrid.backward(grid, c);
    this.tables = new RowTables(rows);
    this.pitch = rows.written() * rows.width();
  }

  @Override
  public Entries entries(QuantizedTensor weights) {
    return tables.entries(weights);
  }

  @Override
  public void of(Entries entries, Window dy, float[] dx, Workspace workspace) {
    int[] lines = workspace.ints(Role.LINES, rows.linesLength());
    int[] table = workspace.ints(Role.TABLE, tables.length());
    int[] sums = workspace.ints(Role.SUMS, CacheLine.arrayLength(tables.height() * pitch));
    int twoLength = CacheLine.arrayLength(2 * tables.partLength());
    float[] two = workspace.floats(Role.TWO_ROWS, twoLength);
    layOut(dy, lines);
    int[] numbers = dy.numbers();
    int used = dy.slots() * rows.side();
    for (int column = 0; column < used; column += rows.width()) {
      for (int top = 0; top < rows.side(); top += tables.height()) {
        Tile tile = tables.tile(top, column, rows.width());
        add(lines, tile, table, entries.places(), sums);
        write(sums, tile, dy, numbers, two, dx);
      }
    }
  }

  private void layOut(Window dy, int[] lines) {
    int side = rows.side();
    if (dy.slots() * side < rows.lineLength()) {
      Arrays.fill(lines, 0, rows.linesLength(), 0);
    }
    Rows plane = new Rows(side, side, side, rows.lineLength());
    int outputs = dy.of().outputs();
    for (int slot = 0; slot < dy.slots(); slot++) {
      for (int c = 0; c < outputs; c++) {
        SUMS.copyRows(dy.of().values(), dy.plane(slot, c), lines, rows.line(c, 0, slot), plane);
      }
    }
    Arrays.fill(lines, rows.line(outputs, 0, 0), rows.linesLength(), 0);
  }

  private void add(int[] lines, Tile tile, int[] table, int[] entries, int[] sums) {
    int width = rows.width();
    Arrays.fill(sums, CacheLine.START, CacheLine.START + tile.height() * pitch, 0);
    for (int block = 0; block < tables.blocks(); block++) {
      int first = tables.firstEntry(block);
      int count = tables.count(block);
      tables.write(lines, block, tile, table);
      for (int row = 0; row < tile.height(); row++) {
        int at = CacheLine.START + row * pitch;
        OutputRows ofRow = new OutputRows(sums, at, width, rows.written(), width);
        SUMS.add(table, tables.start(row), entries, first, count, ofRow);
      }
    }
  }

  private void write(int[] sums, Tile tile, Window dy, int[] numbers, float[] two, float[] dx) {
    int width = rows.width();
    for (int c = 0; c < rows.written(); c++) {
      for (int row = 0; row < tile.height(); row++) {
        int from = CacheLine.START + row * pitch + c * width;
        unpack(sums, from, tile, dy, two, CacheLine.START + row * width);
      }
      tables.collect(two, c, tile, numbers, dy.slots(), dx);
    }
  }

  /** A row, strip by strip, the last of them up to the end. */
  private void unpack(int[] sums, int from, Tile tile, Window dy, float[] two, int to) {
    int begin = 0;
    for (Strip strip : dy.strips()) {
      int end = (dy.slot(strip) + strip.half()) * rows.side() - tile.column();
      if (end >= dy.slots() * rows.side() - tile.column() || end > rows.width()) {
        end = rows.width();
      }
      if (begin < end) {
        SUMS.unpack(
            sums, from + begin, end - begin, strip.unit(), two, to + begin, tables.partLength());
        begin = end;
      }
    }
  }
}
