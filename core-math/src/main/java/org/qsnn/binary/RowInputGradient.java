package org.qsnn.binary;

import java.util.Arrays;
import org.qsnn.binary.PlaneCopies.Rows;
import org.qsnn.binary.RowSums.SumRows;
import org.qsnn.model.NetworkSpec.Convolution;
import org.qsnn.model.QuantizedTensor;
import org.qsnn.tensor.CacheLine;
import org.qsnn.tensor.Workspace;

/** The gradient of the input of a 3×3 convolution with stride 1, in the rows of {@link RowGrid}. */
final class RowInputGradient implements InputGradient {
  private static final RowSums SUMS = RowSums.best();
  private static final PlaneCopies COPIES = PlaneCopies.best();

  private enum Role {
    LINES,
    TABLE,
    SUMS
  }

  private final RowGrid rows;
  private final float[] masks;

  RowInputGradient(StripGrid grid, Convolution c) {
    this.rows = RowGrid.backward(grid, c);
    this.masks = masks(rows);
  }

  private static float[] masks(RowGrid rows) {
    int length = rows.lineLength();
    float[] masks = new float[2 * length];
    for (int i = 0; i < length; i++) {
      masks[i] = rows.hasLeftNeighbor(i) ? 1 : 0;
      masks[length + i] = rows.hasRightNeighbor(i) ? 1 : 0;
    }
    return masks;
  }

  @Override
  public Entries entries(QuantizedTensor weights) {
    return rows.entries(weights);
  }

  @Override
  public void of(SignedWeights weights, OutputGradient dy, float[] dx, Workspace workspace) {
    float[] lines = workspace.floats(Role.LINES, rows.linesLength());
    float[] table = workspace.floats(Role.TABLE, rows.tablesLength());
    float[] sums = workspace.floats(Role.SUMS, CacheLine.arrayLength(sumsLength()));
    layOut(dy, weights.scales(), lines);
    for (int column = 0; column < dy.images() * rows.side(); column += rows.width()) {
      Arrays.fill(sums, 0, CacheLine.START + sumsLength(), 0f);
      add(lines, column, table, weights.entries(), sums);
      collect(sums, column, dy.images(), dx);
    }
  }

  private void layOut(OutputGradient dy, float[] scales, float[] lines) {
    int side = rows.side();
    int outputs = rows.read();
    if (dy.images() * side < rows.lineLength()) {
      Arrays.fill(lines, 0, rows.linesLength(), 0f);
    }
    Rows plane = new Rows(side, side, side, rows.lineLength());
    for (int image = 0; image < dy.images(); image++) {
      for (int c = 0; c < outputs; c++) {
        int from = (image * outputs + c) * side * side;
        COPIES.copyRows(dy.values(), from, lines, rows.line(c, 0, image), plane);
      }
    }
    for (int c = 0; c < outputs; c++) {
      scale(lines, rows.line(c, 0, 0), side * rows.lineLength(), scales[c]);
    }
    Arrays.fill(lines, rows.line(outputs, 0, 0), rows.linesLength(), 0f);
  }

  private static void scale(float[] x, int from, int length, float factor) {
    for (int i = from; i < from + length; i++) {
      x[i] *= factor;
    }
  }

  private void add(float[] lines, int column, float[] table, Entries entries, float[] sums) {
    int width = rows.width();
    int inputs = rows.written();
    int n = 0;
    for (int first = 0; first < rows.pairs(); first += rows.together()) {
      int count = Math.min(rows.pairs(), first + rows.together()) - first;
      for (int row = 0; row < rows.side(); row++) {
        for (int i = 0; i < count; i++) {
          SUMS.table(
              lines, rows.pair(first + i, row, column, width), masks, table, rows.table(i), width);
        }
        SumRows above = new SumRows(sums, sums(row - 1), inputs * width, inputs, width);
        SUMS.add(table, entries, n, RowGrid.KERNEL * count, above);
      }
      n += inputs * RowGrid.KERNEL * count;
    }
  }

  /** Where the sums of a row start: of all inputs, after those of the row above. */
  private int sums(int row) {
    return CacheLine.START + (row + 1) * rows.written() * rows.width();
  }

  /** Rows of the images and one beyond on either side, each of all inputs. */
  private int sumsLength() {
    return (rows.side() + 2) * rows.written() * rows.width();
  }

  /** Copies the columns of a tile, image by image. */
  private void collect(float[] sums, int column, int images, float[] dx) {
    int side = rows.side();
    int inputs = rows.written();
    int width = rows.width();
    int end = Math.min(images * side, column + width);
    for (int from = column; from < end; from = (from / side + 1) * side) {
      int image = from / side;
      int length = Math.min(end, (image + 1) * side) - from;
      Rows lines = new Rows(side, length, inputs * width, side);
      for (int c = 0; c < inputs; c++) {
        int sum = sums(0) + c * width + from - column;
        int to = (image * inputs + c) * side * side + from % side;
        COPIES.copyRows(sums, sum, dx, to, lines);
      }
    }
  }
}
