package org.qsnn.layer;

import org.qsnn.tensor.FloatTensor;

/** Average pooling with square windows that do not overlap. Windows are summed row by row. */
public final class AveragePool {
  private AveragePool() {}

  /**
   * @param x {@code [N, C, H, W]}
   * @param y {@code [N, C, H/extent, W/extent]}
   */
  public static void forward(FloatTensor x, int extent, FloatTensor y) {
    int width = x.dimension(3);
    int outWidth = y.dimension(3);
    int rows = y.size() / outWidth;
    float share = 1f / (extent * extent);
    float[] band = new float[extent * width];
    float[] out = new float[outWidth];
    for (int row = 0; row < rows; row++) {
      x.read(row * band.length, band, 0, band.length);
      for (int column = 0; column < outWidth; column++) {
        out[column] = window(band, width, column * extent, extent) * share;
      }
      y.write(row * outWidth, out, 0, outWidth);
    }
  }

  private static float window(float[] band, int width, int from, int extent) {
    float sum = 0;
    for (int i = 0; i < extent; i++) {
      for (int j = 0; j < extent; j++) {
        sum += band[i * width + from + j];
      }
    }
    return sum;
  }

  /** The gradient with respect to x: each window's gradient, spread evenly. */
  public static void backward(FloatTensor yGradient, int extent, FloatTensor xGradient) {
    int width = xGradient.dimension(3);
    int outWidth = yGradient.dimension(3);
    int rows = yGradient.size() / outWidth;
    float share = 1f / (extent * extent);
    float[] in = new float[outWidth];
    float[] band = new float[extent * width];
    for (int row = 0; row < rows; row++) {
      yGradient.read(row * outWidth, in, 0, outWidth);
      for (int i = 0; i < band.length; i++) {
        band[i] = in[i % width / extent] * share;
      }
      xGradient.write(row * band.length, band, 0, band.length);
    }
  }
}
