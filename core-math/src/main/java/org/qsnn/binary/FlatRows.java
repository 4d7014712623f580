package org.qsnn.binary;

import java.util.Arrays;

/** Copies between images {@code [N, C, H, W]} and the flat rows of a strip. */
final class FlatRows {
  /** Images whose counts share a place. */
  static final int QUARTERS = 4;

  private static final SignSums SUMS = SignSums.best();

  private final StripGrid grid;

  FlatRows(StripGrid grid) {
    this.grid = grid;
  }

  /** Images of a quarter, so that four quarters hold so many. */
  static int quarter(int images) {
    return (images + QUARTERS - 1) / QUARTERS;
  }

  /**
   * Spike counts of images, a quarter of them after another's in the same places; see {@link
   * SignSums#pack}.
   *
   * @param x after the images at least one plane more, which is overwritten
   * @param unit counts a unit of x: x · unit is a small integer
   * @param rows overwritten: zeros between the images and in rows without a channel
   */
  void pack(float[] x, int images, int channels, float unit, int[] rows) {
    int length = grid.rowLength();
    Arrays.fill(rows, 0, SignTransform.inputRows(channels, grid.planes()) * length, 0);
    int size = grid.size();
    int silent = images * channels * size * size;
    Arrays.fill(x, silent, silent + size * size, 0f);
    int[] from = new int[QUARTERS];
    for (int slot = 0; slot < quarter(images); slot++) {
      for (int c = 0; c < channels; c++) {
        for (int h = 0; h < size; h++) {
          for (int k = 0; k < QUARTERS; k++) {
            int image = k * quarter(images) + slot;
            from[k] = image < images ? ((image * channels + c) * size + h) * size : silent;
          }
          pack(x, from, unit, rows, c, grid.position(slot, h / grid.stride()), h);
        }
      }
    }
  }

  private void pack(
      float[] x, int[] from, float unit, int[] rows, int channel, int position, int h) {
    int stride = grid.stride();
    int row = (channel * stride + h % stride) * stride;
    if (stride == 1) {
      SUMS.pack(x, from, unit, rows, row * grid.rowLength() + grid.reach() + position, grid.size());
      return;
    }
    for (int i = 0; i < grid.size(); i++) {
      int packed = 0;
      for (int k = 0; k < QUARTERS; k++) {
        packed |= (int) (x[from[k] + i] * unit) << (8 * k);
      }
      int at = (row + i % stride) * grid.rowLength() + grid.reach() + position + i / stride;
      rows[at] = packed;
    }
  }

  /** Output gradients of images; a row for each channel. */
  void spread(float[] dy, int images, int channels, float[] rows) {
    Arrays.fill(rows, 0, SignTransform.inputRows(channels, 1) * grid.rowLength(), 0f);
    int side = grid.side();
    for (int image = 0; image < images; image++) {
      for (int c = 0; c < channels; c++) {
        for (int h = 0; h < side; h++) {
          int from = ((image * channels + c) * side + h) * side;
          int to = c * grid.rowLength() + grid.reach() + grid.position(image, h);
          System.arraycopy(dy, from, rows, to, side);
        }
      }
    }
  }

  /**
   * Sums of counts times a factor each channel, as output images.
   *
   * @param sums as {@link SignTransform#apply} leaves them
   * @param flat scratch for {@link #QUARTERS} rows
   */
  void unpack(int[] sums, int images, int channels, float[] factors, float[] flat, float[] y) {
    int tile = SignSums.TILE;
    int length = grid.rowLength();
    int side = grid.side();
    int quarter = quarter(images);
    int outputs = channels + 1;
    for (int c = 0; c < channels; c++) {
      for (int start = 0; start < grid.positions(quarter); start += tile) {
        int sum = 2 * (start * outputs + c * tile);
        int total = 2 * (start * outputs + channels * tile);
        SUMS.unpack(sums, sum, total, factors[c], flat, start, length);
      }
      for (int image = 0; image < images; image++) {
        int from = image / quarter * length;
        int to = (image * channels + c) * side * side;
        for (int h = 0; h < side; h++) {
          int position = grid.position(image % quarter, h);
          System.arraycopy(flat, from + position, y, to + h * side, side);
        }
      }
    }
  }

  /** Sums of the rows (channel, phase) of input gradients, as input images. */
  void collect(float[] sums, int images, int channels, float[] dx) {
    int stride = grid.stride();
    int rows = channels * grid.planes();
    for (int image = 0; image < images; image++) {
      for (int c = 0; c < channels; c++) {
        for (int h = 0; h < grid.size(); h++) {
          for (int phase = 0; phase < stride; phase++) {
            int row = (c * stride + h % stride) * stride + phase;
            int position = grid.position(image, h / stride);
            int to = ((image * channels + c) * grid.size() + h) * grid.size() + phase;
            int end = to - phase + grid.size();
            while (to < end) {
              int offset = position % SignSums.TILE;
              int from = (position - offset) * rows + row * SignSums.TILE + offset;
              int n = Math.min((end - to + stride - 1) / stride, SignSums.TILE - offset);
              spread(sums, from, dx, to, stride, n);
              to += n * stride;
              position += n;
            }
          }
        }
      }
    }
  }

  private static void spread(float[] from, int start, float[] to, int first, int stride, int n) {
    if (stride == 1) {
      System.arraycopy(from, start, to, first, n);
    } else {
      for (int i = 0; i < n; i++) {
        to[first + i * stride] = from[start + i];
      }
    }
  }
}
