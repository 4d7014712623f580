package org.qsnn.binary;

/** Copies between images {@code [N, C, H, W]} and the flat rows of a strip. */
final class FlatRows {
  /** Added to a small integer in a float, it leaves that integer in the low bits. */
  private static final float MAGIC = 0x1p23f;

  private final StripGrid grid;

  FlatRows(StripGrid grid) {
    this.grid = grid;
  }

  /** What is done with a row of W values of an image. */
  private interface RowCopy {
    /**
     * @param image where the values are, in {@code [N, C, H, W]}
     * @param flat where the first of them belongs in the rows (channel, phase)
     */
    void copy(int image, int flat);
  }

  /**
   * Spike counts of images.
   *
   * @param unit counts a unit of x: x · unit is a small integer
   * @param rows overwritten: zeros between the images and in rows without a channel
   */
  void spread(float[] x, int images, int channels, float unit, short[] rows) {
    java.util.Arrays.fill(
        rows, 0, SignTransform.inputRows(channels, grid.planes()) * grid.rowLength(), (short) 0);
    int size = grid.size();
    if (grid.stride() == 1) {
      eachRow(images, channels, (from, to) -> counts(x, from, unit, rows, to, size));
    } else {
      eachRow(images, channels, (from, to) -> strided(x, from, unit, rows, to));
    }
  }

  private static void counts(float[] x, int from, float unit, short[] rows, int to, int n) {
    for (int i = 0; i < n; i++) {
      rows[to + i] = (short) Float.floatToRawIntBits(x[from + i] * unit + MAGIC);
    }
  }

  private void strided(float[] x, int from, float unit, short[] rows, int to) {
    for (int i = 0; i < grid.size(); i++) {
      int at = to + i % grid.stride() * grid.rowLength() + i / grid.stride();
      rows[at] = (short) Float.floatToRawIntBits(x[from + i] * unit + MAGIC);
    }
  }

  /** Output gradients of images; rows as for counts. */
  void spread(float[] dy, int images, int channels, float[] rows) {
    java.util.Arrays.fill(rows, 0, SignTransform.inputRows(channels, 1) * grid.rowLength(), 0f);
    int side = grid.side();
    for (int image = 0; image < images; image++) {
      for (int c = 0; c < channels; c++) {
        int to = c * grid.rowLength() + grid.start(image);
        for (int h = 0; h < side; h++) {
          int from = ((image * channels + c) * side + h) * side;
          System.arraycopy(dy, from, rows, to + h * grid.pitch(), side);
        }
      }
    }
  }

  /** Sums of counts times a factor each channel, as output images. */
  void collect(short[] sums, int images, int channels, float[] factors, float[] y) {
    int side = grid.side();
    for (int image = 0; image < images; image++) {
      for (int c = 0; c < channels; c++) {
        int from = c * grid.rowLength() + grid.start(image) - grid.reach();
        int to = (image * channels + c) * side * side;
        for (int h = 0; h < side; h++) {
          scale(sums, from + h * grid.pitch(), factors[c], y, to + h * side, side);
        }
      }
    }
  }

  private static void scale(short[] sums, int from, float factor, float[] y, int to, int n) {
    for (int i = 0; i < n; i++) {
      y[to + i] = sums[from + i] * factor;
    }
  }

  /** Rows (channel, phase) of input gradients, as input images. */
  void collect(float[] sums, int images, int channels, float[] dx) {
    int size = grid.size();
    int stride = grid.stride();
    eachRow(
        images,
        channels,
        (image, flat) -> {
          int from = flat - grid.reach();
          if (stride == 1) {
            System.arraycopy(sums, from, dx, image, size);
          } else {
            for (int i = 0; i < size; i++) {
              dx[image + i] = sums[from + i % stride * grid.rowLength() + i / stride];
            }
          }
        });
  }

  private void eachRow(int images, int channels, RowCopy copy) {
    int size = grid.size();
    int stride = grid.stride();
    for (int image = 0; image < images; image++) {
      for (int c = 0; c < channels; c++) {
        for (int h = 0; h < size; h++) {
          int row = c * grid.planes() + h % stride * stride;
          copy.copy(
              ((image * channels + c) * size + h) * size,
              row * grid.rowLength() + grid.start(image) + h / stride * grid.pitch());
        }
      }
    }
  }
}
