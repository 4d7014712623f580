package org.qsnn.binary;

import org.qsnn.binary.RowSums.RowPair;
import org.qsnn.model.NetworkSpec.Convolution;
import org.qsnn.model.QuantizedTensor;
import org.qsnn.tensor.CacheLine;

/**
 * How a strip lies in the rows of which a 3×3 convolution with stride 1 is computed: its sums of
 * packed spikes, or the gradient of its input, of gradients that are floats or packed integers. A
 * row of a channel that is read meets three signs of each kernel row: of two channels the signed
 * sums of all six terms are written down, once for a row, and each channel that is written adds one
 * of them to the row above, one to this row and one to the row below.
 *
 * <p>The images of a strip lie side by side, so a kernel row stays on one row and a kernel column
 * needs no border: masks take the place of zeros. Tables are as wide as the sums that stay in
 * registers, and start on a cache line.
 */
final class RowGrid {
  private static final RowSums SUMS = RowSums.best();

  /** Pairs of channels whose tables are used together: what the second-level cache holds. */
  private static final int TOGETHER = 8;

  static final int KERNEL = 3;
  private static final int TAPS = KERNEL * KERNEL;

  /** So many outputs read a table of packed spikes that it pays. */
  private static final int FORWARD_OUTPUTS = 32;

  /** Whether the kernel is turned by half a circle, as it is for the gradient of the input. */
  private final boolean isTurned;

  private final int side;
  private final int images;
  private final int read;
  private final int written;
  private final int pairs;
  private final int together;
  private final int width;
  private final int lineLength;
  private final int linePitch;

  private RowGrid(int side, int images, boolean isTurned, int read, int written, int together) {
    this.isTurned = isTurned;
    this.side = side;
    this.images = images;
    this.read = read;
    this.written = written;
    this.pairs = (read + 1) / 2;
    this.together = together;
    int columns = images * side;
    this.width = bestWidth(columns);
    this.lineLength = whole(columns, width);
    // Packed spikes come with zeros behind each row of an image.
    this.linePitch = isTurned ? lineLength : lineLength + PlaneCopies.MORE_PLACES;
  }

  /** From the spikes of the input to the output: as many images as fill a tile. */
  static RowGrid forward(int side, Convolution c, int together) {
    int images = Integer.highestOneBit(Math.max(1, RowSums.WIDE * SUMS.lanes() / side));
    return new RowGrid(side, images, false, c.inChannels(), c.outChannels(), together);
  }

  /** From gradients of the output to those of the input. */
  static RowGrid backward(StripGrid grid, Convolution c) {
    return new RowGrid(grid.side(), grid.images(), true, c.outChannels(), c.inChannels(), TOGETHER);
  }

  private static boolean fits(Convolution c) {
    return c.kernel() == KERNEL && c.stride() == 1;
  }

  /** Whether sums of packed spikes are computed faster in rows than in flat ones. */
  static boolean isForwardFaster(Convolution c) {
    return fits(c) && c.outChannels() >= FORWARD_OUTPUTS;
  }

  /** Whether gradients of the input are computed faster in rows than in flat ones. */
  static boolean isBackwardFaster(Convolution c) {
    return fits(c) && c.inChannels() >= FlatSums.MANY_OUTPUTS;
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

  /** Images, or ints of four of them, that lie side by side. */
  int images() {
    return images;
  }

  /** Channels whose rows are read. */
  int read() {
    return read;
  }

  /** Channels whose sums are written. */
  int written() {
    return written;
  }

  /** Pairs of channels that are read, the last perhaps with a channel of zeros. */
  int pairs() {
    return pairs;
  }

  /** Pairs whose tables are used together. */
  int together() {
    return together;
  }

  /** Columns of a tile. */
  int width() {
    return width;
  }

  /** Columns of a row of gradients: whole tiles. */
  int lineLength() {
    return lineLength;
  }

  /** From one row of a channel to the next. */
  int linePitch() {
    return linePitch;
  }

  boolean hasLeftNeighbor(int column) {
    return column % side != 0;
  }

  boolean hasRightNeighbor(int column) {
    return column % side != side - 1;
  }

  /** For {@link PackedSums#table}. */
  int[] masks() {
    int[] masks = new int[2 * lineLength];
    for (int i = 0; i < lineLength; i++) {
      masks[i] = hasLeftNeighbor(i) ? -1 : 0;
      masks[lineLength + i] = hasRightNeighbor(i) ? -1 : 0;
    }
    return masks;
  }

  /**
   * For the pairs that go together, each written channel and pair: the entry of each kernel row.
   */
  Entries entries(QuantizedTensor weights) {
    PackedSigns packed = PackedSigns.of(weights, weights.elements());
    int[] places = new int[written * pairs * KERNEL];
    float[] signs = new float[places.length];
    int n = 0;
    for (int first = 0; first < pairs; first += together) {
      int last = Math.min(pairs, first + together);
      for (int c = 0; c < written; c++) {
        for (int pair = first; pair < last; pair++) {
          int low = signs(packed, 2 * pair, c);
          int high = 2 * pair + 1 < read ? signs(packed, 2 * pair + 1, c) : 0;
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

  /** The nine signs of a channel that is read and one that is written, in the kernel's order. */
  private int signs(PackedSigns weights, int from, int to) {
    if (!isTurned) {
      return weights.from((to * read + from) * TAPS);
    }
    int signs = weights.from((from * written + to) * TAPS) << (Integer.SIZE - TAPS);
    return Integer.reverse(signs);
  }

  /** Rows (channel, row of an image), one more channel where they are odd, and a border. */
  int linesLength() {
    return CacheLine.START + 2 * pairs * side * linePitch + width;
  }

  /** Length of the array of the tables that are used together. */
  int tablesLength() {
    return CacheLine.arrayLength(together * RowSums.ENTRIES * width);
  }

  /** Where the table of a pair starts, of those that are used together. */
  int table(int pair) {
    return CacheLine.START + pair * RowSums.ENTRIES * width;
  }

  /** Where a row of a channel starts, for the images from one on. */
  int line(int channel, int row, int image) {
    return CacheLine.START + (channel * side + row) * linePitch + image * side;
  }

  /** The rows of a pair of channels, so many columns from one on. */
  RowPair pair(int pair, int row, int column, int columns) {
    return new RowPair(line(2 * pair, row, 0) + column, side * linePitch, column, columns);
  }

  /** So many columns of a tile: the vectors that a few of them fill, or all. */
  int columns(int used) {
    int vectors = whole(used, SUMS.lanes());
    return 2 * vectors <= width ? vectors : width;
  }
}
