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
   * SpikeImages#pack}.
   *
   * @param rows overwritten: zeros between the images and in rows without a channel
   */
  void pack(SpikeImages x, int images, int channels, int[] rows) {
    int length = grid.rowLength();
    Arrays.fill(rows, 0, SignTransform.inputRows(channels, grid.planes()) * length, 0);
    int[] four = new int[QUARTERS];
    int[] whole = new int[grid.stride() == 1 ? 0 : grid.size() * grid.size() + SignSums.TILE];
    for (int slot = 0; slot < quarter(images); slot++) {
      for (int k = 0; k < QUARTERS; k++) {
        int image = k * quarter(images) + slot;
        four[k] = image < images ? image : SpikeImages.SILENT;
      }
      for (int c = 0; c < channels; c++) {
        int to = c * grid.planes() * length + grid.reach() + grid.position(slot, 0);
        if (grid.stride() == 1) {
          x.pack(four, c, rows, to, grid.pitch());
        } else {
          x.pack(four, c, whole, 0, grid.size());
          spreadPhases(whole, rows, to);
        }
      }
    }
  }

  private void spreadPhases(int[] whole, int[] rows, int to) {
    int size = grid.size();
    int stride = grid.stride();
    for (int plane = 0; plane < grid.planes(); plane++) {
      for (int h = plane / stride; h < size; h += stride) {
        int at = to + plane * grid.rowLength() + h / stride * grid.pitch();
        for (int i = h * size + plane % stride; i < (h + 1) * size; i += stride) {
          rows[at++] = whole[i];
        }
      }
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
    int size = grid.size();
    if (grid.planes() < grid.stride() * grid.stride()) {
      Arrays.fill(dx, 0, images * channels * size * size, 0f);
    }
    for (int image = 0; image < images; image++) {
      for (int c = 0; c < channels; c++) {
        int to = (image * channels + c) * size * size;
        for (int plane = 0; plane < grid.planes(); plane++) {
          collect(sums, channels * grid.planes(), c * grid.planes() + plane, image, plane, dx, to);
        }
      }
    }
  }

  private void collect(
      float[] sums, int rows, int row, int image, int plane, float[] dx, int first) {
    int size = grid.size();
    int stride = grid.stride();
    for (int h = plane / stride; h < size; h += stride) {
      int position = grid.position(image, h / stride);
      int to = first + h * size + plane % stride;
      int end = first + (h + 1) * size;
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
