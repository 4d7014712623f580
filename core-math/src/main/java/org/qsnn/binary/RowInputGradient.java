package org.qsnn.binary;

import java.util.Arrays;
import org.qsnn.binary.PlaneCopies.Rows;
import org.qsnn.binary.RowSums.RowPair;
import org.qsnn.binary.RowSums.SumRows;
import org.qsnn.model.NetworkSpec.Convolution;
import org.qsnn.model.QuantizedTensor;
import org.qsnn.tensor.CacheLine;
import org.qsnn.tensor.Workspace;

/**
 * The gradient of the input of a 3×3 convolution with stride 1. A row of an output channel's
 * gradients meets three signs of each kernel row: of two channels the signed sums of all six terms
 * are written down, once for a row, and each input channel adds one of them to the row above, one
 * to this row and one to the row below.
 *
 * <p>The images of a strip lie side by side, so a kernel row stays on one row and a kernel column
 * needs no border: masks take the place of zeros. Tables are as wide as the sums that stay in
 * registers, and start on a cache line.
 */
final class RowInputGradient implements InputGradient {
  private static final RowSums SUMS = RowSums.best();
  private static final PlaneCopies COPIES = PlaneCopies.best();

  /** Pairs of channels whose tables are used together. */
  private static final int TOGETHER = 8;

  private static final int KERNEL = 3;
  private static final int TAPS = KERNEL * KERNEL;

  private enum Role {
    LINES,
    TABLE,
    SUMS
  }

  private final StripGrid grid;
  private final int inputs;
  private final int outputs;
  private final int pairs;
  private final int width;
  private final int lineLength;
  private final float[] masks;

  RowInputGradient(StripGrid grid, Convolution c) {
    this.grid = grid;
    this.outputs = c.outChannels();
    this.inputs = c.inChannels();
    this.pairs = (outputs + 1) / 2;
    int columns = grid.images() * grid.side();
    this.width = bestWidth(columns);
    this.lineLength = whole(columns, width);
    this.masks = masks(grid.side(), lineLength);
  }

  static boolean fits(Convolution c) {
    return c.inChannels() >= FlatSums.MANY_OUTPUTS && c.kernel() == KERNEL && c.stride() == 1;
  }

  /** The one that leaves fewer columns unused. */
  private static int bestWidth(int columns) {
    int wide = RowSums.WIDE * SUMS.lanes();
    int narrow = RowSums.NARROW * SUMS.lanes();
    return whole(columns, narrow) < whole(columns, wide) ? narrow : wide;
  }

  /** The columns of as many tiles as so many columns need. */
  private static int whole(int columns, int width) {
    return (columns + width - 1) / width * width;
  }

  private static float[] masks(int side, int length) {
    float[] masks = new float[2 * length];
    for (int i = 0; i < length; i++) {
      masks[i] = i % side == 0 ? 0 : 1;
      masks[length + i] = i % side == side - 1 ? 0 : 1;
    }
    return masks;
  }

  /** For the pairs that go together, each input channel and pair: the entry of each kernel row. */
  @Override
  public Entries entries(QuantizedTensor weights) {
    PackedSigns packed = PackedSigns.of(weights, weights.elements());
    int[] places = new int[inputs * pairs * KERNEL];
    float[] signs = new float[places.length];
    int n = 0;
    for (int first = 0; first < pairs; first += TOGETHER) {
      int last = Math.min(pairs, first + TOGETHER);
      for (int c = 0; c < inputs; c++) {
        for (int pair = first; pair < last; pair++) {
          int low = turned(packed, 2 * pair, c);
          int high = 2 * pair + 1 < outputs ? turned(packed, 2 * pair + 1, c) : 0;
          for (int row = KERNEL - 1; row >= 0; row--) {
            int entry = ((low >> (KERNEL * row)) & 7) | ((high >> (KERNEL * row)) & 7) << KERNEL;
            // −1 where the table has the opposite, 0 where it has the entry itself.
            int opposite = (entry >> 5) - 1;
            int at = (pair - first) * RowSums.ENTRIES + ((entry ^ opposite) & 31);
            signs[n] = opposite | 1;
            places[n++] = CacheLine.START + at * width;
          }
        }
      }
    }
    return new Entries(places, signs);
  }

  /** The nine signs of an output and an input channel, the last tap in the lowest bit. */
  private int turned(PackedSigns weights, int output, int input) {
    int signs = weights.from((output * inputs + input) * TAPS) << (Integer.SIZE - TAPS);
    return Integer.reverse(signs);
  }

  @Override
  public void of(SignedWeights weights, OutputGradient dy, float[] dx, Workspace workspace) {
    int tablesLength = CacheLine.arrayLength(TOGETHER * RowSums.ENTRIES * width);
    float[] lines = workspace.floats(Role.LINES, linesLength());
    float[] table = workspace.floats(Role.TABLE, tablesLength);
    float[] sums = workspace.floats(Role.SUMS, CacheLine.arrayLength(sumsLength()));
    layOut(dy, weights.scales(), lines);
    for (int column = 0; column < dy.images() * grid.side(); column += width) {
      Arrays.fill(sums, 0, CacheLine.START + sumsLength(), 0f);
      add(lines, column, table, weights.entries(), sums);
      collect(sums, column, dy.images(), dx);
    }
  }

  /** Rows (channel, row of an image), one more channel where they are odd, and a border. */
  private int linesLength() {
    return CacheLine.START + 2 * pairs * grid.side() * lineLength + width;
  }

  /** Rows of the images and one beyond on either side, each of all input channels. */
  private int sumsLength() {
    return (grid.side() + 2) * inputs * width;
  }

  private void layOut(OutputGradient dy, float[] scales, float[] lines) {
    int side = grid.side();
    if (dy.images() * side < lineLength) {
      Arrays.fill(lines, 0, linesLength(), 0f);
    }
    Rows rows = new Rows(side, side, side, lineLength);
    for (int image = 0; image < dy.images(); image++) {
      for (int c = 0; c < outputs; c++) {
        int to = CacheLine.START + c * side * lineLength + image * side;
        int from = (image * outputs + c) * side * side;
        COPIES.copyRows(dy.values(), from, lines, to, rows);
      }
    }
    int end = CacheLine.START + outputs * side * lineLength;
    for (int c = 0; c < outputs; c++) {
      scale(lines, CacheLine.START + c * side * lineLength, side * lineLength, scales[c]);
    }
    Arrays.fill(lines, end, linesLength(), 0f);
  }

  private static void scale(float[] x, int from, int length, float factor) {
    for (int i = from; i < from + length; i++) {
      x[i] *= factor;
    }
  }

  private void add(float[] lines, int column, float[] table, Entries entries, float[] sums) {
    int side = grid.side();
    int pitch = inputs * width;
    int n = 0;
    for (int first = 0; first < pairs; first += TOGETHER) {
      int count = Math.min(pairs, first + TOGETHER) - first;
      for (int row = 0; row < side; row++) {
        for (int i = 0; i < count; i++) {
          int channel = 2 * (first + i);
          int from = CacheLine.START + (channel * side + row) * lineLength + column;
          RowPair pair = new RowPair(from, side * lineLength, column);
          int at = CacheLine.START + i * RowSums.ENTRIES * width;
          SUMS.table(lines, pair, masks, table, at, width);
        }
        int sum = CacheLine.START + row * pitch;
        SumRows rows = new SumRows(sums, sum, pitch, inputs, width);
        SUMS.add(table, entries, n, KERNEL * count, rows);
      }
      n += inputs * KERNEL * count;
    }
  }

  /** The columns of a tile, image by image. */
  private void collect(float[] sums, int column, int images, float[] dx) {
    int side = grid.side();
    int pitch = inputs * width;
    int end = Math.min(images * side, column + width);
    for (int from = column; from < end; from = (from / side + 1) * side) {
      int image = from / side;
      int length = Math.min(end, (image + 1) * side) - from;
      Rows rows = new Rows(side, length, pitch, side);
      for (int c = 0; c < inputs; c++) {
        int sum = CacheLine.START + pitch + c * width + from - column;
        int to = (image * inputs + c) * side * side + from % side;
        COPIES.copyRows(sums, sum, dx, to, rows);
      }
    }
  }
}
