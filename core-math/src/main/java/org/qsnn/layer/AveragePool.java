package org.qsnn.layer;

import java.nio.ByteBuffer;
import org.qsnn.tensor.FloatTensor;

/** Average pooling with square windows that do not overlap. Windows are summed row by row. */
public final class AveragePool {
  private AveragePool() {}

  /**
   * @param x {@code [N, C, H, W]}
   * @param y {@code [N, C, H/extent, W/extent]}
   */
  public static void forward(FloatTensor x, int extent, FloatTensor y) {
    ByteBuffer in = x.bytes();
    int width = x.dimension(3);
    int outWidth = y.dimension(3);
    int rows = y.size() / outWidth;
    float share = 1f / (extent * extent);
    for (int row = 0; row < rows; row++) {
      for (int column = 0; column < outWidth; column++) {
        float sum = 0;
        for (int i = 0; i < extent; i++) {
          int from = Float.BYTES * ((row * extent + i) * width + column * extent);
          for (int j = 0; j < extent; j++) {
            sum += in.getFloat(from + j * Float.BYTES);
          }
        }
        y.bytes().putFloat(Float.BYTES * (row * outWidth + column), sum * share);
      }
    }
  }

  /** The gradient with respect to x: each window's gradient, spread evenly. */
  public static void backward(FloatTensor yGradient, int extent, FloatTensor xGradient) {
    ByteBuffer out = xGradient.bytes();
    int width = xGradient.dimension(3);
    int outWidth = yGradient.dimension(3);
    int rows = xGradient.size() / width;
    float share = 1f / (extent * extent);
    for (int row = 0; row < rows; row++) {
      int from = Float.BYTES * (row / extent * outWidth);
      for (int column = 0; column < width; column++) {
        float g = yGradient.bytes().getFloat(from + column / extent * Float.BYTES) * share;
        out.putFloat(Float.BYTES * (row * width + column), g);
      }
    }
  }
}
