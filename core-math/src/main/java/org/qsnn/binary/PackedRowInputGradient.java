package org.qsnn.binary;

import java.util.Arrays;
import org.qsnn.binary.PackedSums.OutputRows;
import org.qsnn.binary.PackedSums.Steps;
import org.qsnn.binary.PlaneCopies.Rows;
import org.qsnn.model.NetworkSpec.Convolution;
import org.qsnn.model.QuantizedTensor;
import org.qsnn.tensor.CacheLine;
import org.qsnn.tensor.Workspace;

/** As {@link RowInputGradient}, of packed gradients. */
final class PackedRowInputGradient implements PackedInputGradient {
  private static final PackedSums SUMS = PackedSums.best();

  private enum Role {
    LINES,
    TABLE,
    SUMS,
    LOW,
    HIGH
  }

  private final RowGrid rows;
  private final int[] masks;

  PackedRowInputGradient(StripGrid grid, Convolution c) {
    this.rows = RowGrid.backward(grid, c);
    this.masks = rows.masks();
  }

  @Override
  public Entries entries(QuantizedTensor weights) {
    return rows.entries(weights);
  }

  @Override
  public void of(Entries entries, PackedGradient dy, float[] dx, Workspace workspace) {
    int length = CacheLine.arrayLength(rows.sumsLength());
    int[] lines = workspace.ints(Role.LINES, rows.linesLength());
    int[] table = workspace.ints(Role.TABLE, rows.tablesLength());
    int[] sums = workspace.ints(Role.SUMS, length);
    float[] low = workspace.floats(Role.LOW, length);
    float[] high = workspace.floats(Role.HIGH, length);
    layOut(dy, lines);
    for (int column = 0; column < dy.half() * rows.side(); column += rows.width()) {
      Arrays.fill(sums, 0, CacheLine.START + rows.sumsLength(), 0);
      add(lines, column, table, entries, sums);
      SUMS.unpack(sums, rows.sums(0), rows.sums(rows.side()) - rows.sums(0), dy.unit(), low, high);
      rows.collect(low, column, dy.half(), dx, 0);
      rows.collect(high, column, dy.images() - dy.half(), dx, dy.half());
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

  private void add(int[] lines, int column, int[] table, Entries entries, int[] sums) {
    int width = rows.width();
    int inputs = rows.written();
    int n = 0;
    for (int first = 0; first < rows.pairs(); first += rows.together()) {
      int count = Math.min(rows.pairs(), first + rows.together()) - first;
      for (int row = 0; row < rows.side(); row++) {
        for (int i = 0; i < count; i++) {
          SUMS.table(lines, rows.pair(first + i, row, column, width), masks, table, rows.table(i), width);
        }
        for (int k = 0; k < RowGrid.KERNEL; k++) {
          Steps steps = new Steps(n + k, RowGrid.KERNEL * count, RowGrid.KERNEL);
          int at = rows.sums(row - 1 + k);
          SUMS.add(table, 0, entries, steps, new OutputRows(sums, at, width, inputs, width));
        }
      }
      n += inputs * RowGrid.KERNEL * count;
    }
  }
}
