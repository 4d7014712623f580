package org.qsnn.binary;

import org.qsnn.binary.PlaneCopies.Rows;
import org.qsnn.binary.RowSums.RowPair;
import org.qsnn.model.NetworkSpec.Convolution;
import org.qsnn.model.QuantizedTensor;
import org.qsnn.tensor.CacheLine;

/**
 * How the gradients of a strip lie in the rows of which the gradient of the input of a 3×3
 * convolution with stride 1 is computed, whether they are floats or packed integers. A row of an
 * output channel's gradients meets three signs of each kernel row: of two channels the signed sums
 * of all six terms are written down, once for a row, and each input channel adds one of them to the
 * row above, one to this row and one to the row below.
 *
 * <p>The images of a strip lie side by side, so a kernel row stays on one row and a kernel column
 * needs no border: masks take the place of zeros. Tables are as wide as the sums that stay in
 * registers, and start on a cache line.
 */
final class RowGrid {
  private static final RowSums SUMS = RowSums.best();
  private static final PlaneCopies COPIES = PlaneCopies.best();

  /** Pairs of channels whose tables are used together. */
  static final int TOGETHER = 8;

  static final int KERNEL = 3;
  private static final int TAPS = KERNEL * KERNEL;

  private final int side;
  private final int inputs;
  private final int outputs;
  private final int pairs;
  private final int width;
  private final int lineLength;

  RowGrid(StripGrid grid, Convolution c) {
    this.side = grid.side();
    this.outputs = c.outChannels();
    this.inputs = c.inChannels();
    this.pairs = (outputs + 1) / 2;
    int columns = grid.images() * grid.side();
    this.width = bestWidth(columns);
    this.lineLength = whole(columns, width);
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

  int side() {
    return side;
  }

  int inputs() {
    return inputs;
  }

  int outputs() {
    return outputs;
  }

  /** Pairs of output channels, the last perhaps with a channel of zeros. */
  int pairs() {
    return pairs;
  }

  /** Columns of a tile. */
  int width() {
    return width;
  }

  /** Columns of a row of gradients: whole tiles. */
  int lineLength() {
    return lineLength;
  }

  boolean hasLeftNeighbor(int column) {
    return column % side != 0;
  }

  boolean hasRightNeighbor(int column) {
    return column % side != side - 1;
  }

  /** For the pairs that go together, each input channel and pair: the entry of each kernel row. */
  Entries entries(QuantizedTensor weights) {
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

  /** Rows (channel, row of an image), one more channel where they are odd, and a border. */
  int linesLength() {
    return CacheLine.START + 2 * pairs * side * lineLength + width;
  }

  /** Length of the array of the tables that are used together. */
  int tablesLength() {
    return CacheLine.arrayLength(TOGETHER * RowSums.ENTRIES * width);
  }

  /** Where the table of a pair starts, of those that are used together. */
  int table(int pair) {
    return CacheLine.START + pair * RowSums.ENTRIES * width;
  }

  /** Where a row of a channel starts, for the images from one on. */
  int line(int channel, int row, int image) {
    return CacheLine.START + (channel * side + row) * lineLength + image * side;
  }

  /** The rows of a pair of channels, from a column on. */
  RowPair pair(int pair, int row, int column) {
    return new RowPair(line(2 * pair, row, 0) + column, side * lineLength, column);
  }

  /** Where the sums of a row start: of all input channels, after those of the row above. */
  int sums(int row) {
    return CacheLine.START + (row + 1) * inputs * width;
  }

  /** Rows of the images and one beyond on either side, each of all input channels. */
  int sumsLength() {
    return (side + 2) * inputs * width;
  }

  /**
   * Copies the columns of a tile, image by image.
   *
   * @param images of the strip
   * @param first index of the strip's first image in dx
   */
  void collect(float[] sums, int column, int images, float[] dx, int first) {
    int pitch = inputs * width;
    int end = Math.min(images * side, column + width);
    for (int from = column; from < end; from = (from / side + 1) * side) {
      int image = first + from / side;
      int length = Math.min(end, (from / side + 1) * side) - from;
      Rows rows = new Rows(side, length, pitch, side);
      for (int c = 0; c < inputs; c++) {
        int sum = sums(0) + c * width + from - column;
        int to = (image * inputs + c) * side * side + from % side;
        COPIES.copyRows(sums, sum, dx, to, rows);
      }
    }
  }
}
