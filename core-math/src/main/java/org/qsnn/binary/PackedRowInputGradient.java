package org.qsnn.binary;

import java.util.Arrays;
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
  public void of(Entries entries, PackedGradient dy, float[] dx, Workspace workspace) {
    int[] lines = workspace.ints(Role.LINES, rows.linesLength());
    int[] table = workspace.ints(Role.TABLE, tables.length());
    int[] sums = workspace.ints(Role.SUMS, CacheLine.arrayLength(tables.height() * pitch));
    int twoLength = CacheLine.arrayLength(2 * tables.partLength());
    float[] two = workspace.floats(Role.TWO_ROWS, twoLength);
    layOut(dy, lines);
    int used = dy.half() * rows.side();
    for (int column = 0; column < used; column += rows.width()) {
      for (int top = 0; top < rows.side(); top += tables.height()) {
        Tile tile = tables.tile(top, column, rows.width());
        add(lines, tile, table, entries.places(), sums);
        write(sums, tile, dy, two, dx);
      }
    }
  }

  private void layOut(PackedGradient dy, int[] lines) {
    int side = rows.side();
    if (dy.half() * side < rows.lineLength()) {
      Arrays.fill(lines, 0, rows.linesLength(), 0);
    }
    Rows plane = new Rows(side, side, side, rows.lineLength());
    for (int image = 0; image < dy.half(); image++) {
      for (int c = 0; c < dy.outputs(); c++) {
        SUMS.copyRows(dy.values(), dy.plane(image, c), lines, rows.line(c, 0, image), plane);
      }
    }
    Arrays.fill(lines, rows.line(dy.outputs(), 0, 0), rows.linesLength(), 0);
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

  private void write(int[] sums, Tile tile, PackedGradient dy, float[] two, float[] dx) {
    int width = rows.width();
    for (int c = 0; c < rows.written(); c++) {
      for (int row = 0; row < tile.height(); row++) {
        int from = CacheLine.START + row * pitch + c * width;
        int to = CacheLine.START + row * width;
        SUMS.unpack(sums, from, width, dy.unit(), two, to, tables.partLength());
      }
      tables.collect(two, c, tile, dy.images(), dy.half(), dx);
    }
  }
}
