package org.qsnn.binary;

/** Copies between images {@code [N, C, H, W]} and the flat rows of a strip. */
final class FlatRows {
  /** Added to a small integer in a float, it leaves that integer in the low bits. */
  private static final float MAGIC = 0x1p23f;

  private final StripGrid grid;

  FlatRows(StripGrid grid) {
    this.grid = grid;
  }

  /**
   * Spike counts of images.
   *
   * @param unit counts a unit of x: x · unit is a small integer
   * @param rows overwritten: zeros between the images and in rows without a channel
   */
  void spread(float[] x, int images, int channels, float unit, short[] rows) {
    int length = grid.rowLength();
    java.util.Arrays.fill(
        rows, 0, SignTransform.inputRows(channels, grid.planes()) * length, (short) 0);
    int size = grid.size();
    int stride = grid.stride();
    for (int image = 0; image < images; image++) {
      for (int c = 0; c < channels; c++) {
        int from = (image * channels + c) * size * size;
        int to = c * grid.planes() * length + grid.reach() + grid.position(image, 0);
        if (stride == 1) {
          counts(x, from, unit, rows, to, size, grid.pitch());
        } else {
          for (int h = 0; h < size; h++) {
            int row = to + h % stride * stride * length + h / stride * grid.pitch();
            strided(x, from + h * size, unit, rows, row);
          }
        }
      }
    }
  }

  /** One plane of so many rows and columns. */
  private static void counts(
      float[] x, int from, float unit, short[] rows, int to, int size, int pitch) {
    for (int h = 0; h < size; h++) {
      int source = from + h * size;
      int target = to + h * pitch;
      for (int i = 0; i < size; i++) {
        rows[target + i] = (short) Float.floatToRawIntBits(x[source + i] * unit + MAGIC);
      }
    }
  }

  private void strided(float[] x, int from, float unit, short[] rows, int to) {
    int stride = grid.stride();
    for (int phase = 0; phase < stride; phase++) {
      int at = to + phase * grid.rowLength();
      for (int i = phase; i < grid.size(); i += stride) {
        rows[at++] = (short) Float.floatToRawIntBits(x[from + i] * unit + MAGIC);
      }
    }
  }

  /** Output gradients of images; rows as for counts. */
  void spread(float[] dy, int images, int channels, float[] rows) {
    java.util.Arrays.fill(rows, 0, SignTransform.inputRows(channels, 1) * grid.rowLength(), 0f);
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
   */
  void collect(short[] sums, int images, int channels, float[] factors, float[] y) {
    int side = grid.side();
    for (int image = 0; image < images; image++) {
      for (int c = 0; c < channels; c++) {
        int to = (image * channels + c) * side * side;
        for (int h = 0; h < side; h++) {
          int position = grid.position(image, h);
          int end = position + side;
          while (position < end) {
            int offset = position % SignSums.COUNT_TILE;
            int n = Math.min(end - position, SignSums.COUNT_TILE - offset);
            int from = (position - offset) * channels + c * SignSums.COUNT_TILE + offset;
            scale(sums, from, factors[c], y, to, n);
            to += n;
            position += n;
          }
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
              int offset = position % SignSums.FLOAT_TILE;
              int from = (position - offset) * rows + row * SignSums.FLOAT_TILE + offset;
              int n = Math.min((end - to + stride - 1) / stride, SignSums.FLOAT_TILE - offset);
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

  private static void scale(short[] sums, int from, float factor, float[] y, int to, int n) {
    for (int i = 0; i < n; i++) {
      y[to + i] = sums[from + i] * factor;
    }
  }
}
