package org.qsnn.binary;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.qsnn.model.NetworkSpec.Convolution;

/**
 * How images lie in flat rows, so that a convolution is one-dimensional: a tap of the kernel is a
 * shift along the row. Rows of an image follow each other with {@code border} zeros in between,
 * which both neighbors share; a few small images with zero rows in between make a strip.
 *
 * <p>With stride s the input is split into s² phases (rows and columns modulo s), each a row of its
 * own with the output's positions, and every tap reads one phase. Flat index = {@link #reach} +
 * position.
 */
final class StripGrid {
  /** Positions of a forward strip at most, whatever the batch: bits do not depend on it. */
  private static final int FORWARD = 1408;

  /** As many in the backward pass that rows of two images of 32 columns fit, for wide tables. */
  private static final int BACKWARD = 2304;

  /**
   * Where a tap of the kernel reads.
   *
   * @param index kernel row · k + kernel column
   * @param phase the phase of the input
   * @param shift from the output's position to the input's
   */
  record Tap(int index, int phase, int shift) {}

  private final int size;
  private final int stride;
  private final int border;
  private final int side;
  private final int pitch;
  private final int phases;
  private final List<Tap> taps;
  private final int imagePositions;
  private final int images;
  private final int rowLength;

  private StripGrid(int size, int stride, int border, List<Tap> taps, int most) {
    this.size = size;
    this.stride = stride;
    this.border = border;
    this.side = (size + stride - 1) / stride;
    this.pitch = side + border;
    this.phases = taps.size() == 1 ? 1 : stride * stride;
    this.taps = List.copyOf(taps);
    this.imagePositions = pitch * (side + border);
    this.images = bestImages(most);
    this.rowLength = tiles(images) * TableSums.TILE + 2 * reach() + 16;
  }

  /** The power of two that wastes the least of its last tile: batches are often multiples of it. */
  private int bestImages(int most) {
    int best = 1;
    for (int n = 2; positions(n) <= most; n *= 2) {
      if (tiles(n) * best <= tiles(best) * n) {
        best = n;
      }
    }
    return best;
  }

  /**
   * @param size height and width of the input images
   * @throws IllegalArgumentException if the output does not have the input's size over the stride
   */
  static StripGrid forward(Convolution c, int size) {
    return of(c, size, FORWARD);
  }

  /** As {@link #forward}; gradients wait for more images. */
  static StripGrid backward(Convolution c, int size) {
    return of(c, size, BACKWARD);
  }

  private static StripGrid of(Convolution c, int size, int most) {
    int k = c.kernel();
    if (k % 2 == 0 || c.padding() != k / 2) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "%s: expected an odd kernel with padding of half of it, found kernel %d, padding %d",
              c.name(),
              k,
              c.padding()));
    }
    int border = Math.floorDiv(c.padding() + c.stride() - 1, c.stride());
    int side = (size + c.stride() - 1) / c.stride();
    List<Tap> taps = new ArrayList<>();
    for (int i = 0; i < k * k; i++) {
      int row = i / k - c.padding();
      int column = i % k - c.padding();
      int phase = Math.floorMod(row, c.stride()) * c.stride() + Math.floorMod(column, c.stride());
      int shift =
          Math.floorDiv(row, c.stride()) * (side + border) + Math.floorDiv(column, c.stride());
      taps.add(new Tap(i, phase, shift));
    }
    return new StripGrid(size, c.stride(), border, taps, most);
  }

  /** Height and width of an image of the output, or of the input's phases. */
  int side() {
    return side;
  }

  /** Height and width of an image of the input. */
  int size() {
    return size;
  }

  int stride() {
    return stride;
  }

  /** Phases of the input that taps read: the first one or all. */
  int phases() {
    return phases;
  }

  List<Tap> taps() {
    return taps;
  }

  /** Images of a full strip. */
  int images() {
    return images;
  }

  /** Positions from one row to the next. */
  int pitch() {
    return pitch;
  }

  /** The farthest that a tap reads to either side. */
  int reach() {
    return border * (pitch + 1);
  }

  /** Positions of so many images, up to the last value of the last one. */
  int positions(int images) {
    return images * imagePositions - border * (pitch + 1);
  }

  /** Tiles that so many images' positions fill. */
  int tiles(int images) {
    return (positions(images) + TableSums.TILE - 1) / TableSums.TILE;
  }

  /**
   * Length of a row of sums: the tiles of a full strip, and a cache line so that the rows' tiles do
   * not all fall on the same sets of the cache.
   */
  int sumsPitch() {
    return tiles(images) * TableSums.TILE + 16;
  }

  /** The position of the first value of a row of an image of the strip. */
  int position(int image, int row) {
    return image * imagePositions + row * pitch;
  }

  /** Length of a flat row: a full strip in whole tiles, and what its last tile's taps read. */
  int rowLength() {
    return rowLength;
  }
}
