package org.qsnn.layer;

import org.qsnn.model.NetworkSpec.Convolution;

/** Layers in double precision, written as their definitions, to compare with. */
final class DoubleLayers {
  private DoubleLayers() {}

  /**
   * @param x {@code [images, in, size, size]}
   */
  static double[] convolve(Convolution c, double[] x, double[] w, int images, int size) {
    int out = (size + 2 * c.padding() - c.kernel()) / c.stride() + 1;
    double[] y = new double[images * c.outChannels() * out * out];
    for (int i = 0; i < y.length; i++) {
      int column = i % out * c.stride() - c.padding();
      int row = i / out % out * c.stride() - c.padding();
      int channel = i / (out * out) % c.outChannels();
      int image = i / (out * out * c.outChannels());
      y[i] = window(c, x, w, image, channel, row, column, size);
    }
    return y;
  }

  private static double window(
      Convolution c,
      double[] x,
      double[] w,
      int image,
      int channel,
      int row,
      int column,
      int size) {
    int k = c.kernel();
    double sum = 0;
    for (int j = 0; j < c.inChannels() * k * k; j++) {
      int xRow = row + j / k % k;
      int xColumn = column + j % k;
      if (xRow >= 0 && xRow < size && xColumn >= 0 && xColumn < size) {
        int plane = image * c.inChannels() + j / (k * k);
        sum += w[channel * c.inChannels() * k * k + j] * x[(plane * size + xRow) * size + xColumn];
      }
    }
    return sum;
  }

  /** Batch normalization over everything but the channel. */
  static double[] normalize(double[] y, int channels, int plane, double[] gamma, double[] beta) {
    double[] result = new double[y.length];
    int count = y.length / channels;
    for (int c = 0; c < channels; c++) {
      double mean = 0;
      for (int i = 0; i < y.length; i++) {
        mean += i / plane % channels == c ? y[i] / count : 0;
      }
      double variance = 0;
      for (int i = 0; i < y.length; i++) {
        variance += i / plane % channels == c ? (y[i] - mean) * (y[i] - mean) / count : 0;
      }
      double deviation = Math.sqrt(variance + BatchNormalization.EPSILON);
      for (int i = 0; i < y.length; i++) {
        if (i / plane % channels == c) {
          result[i] = gamma[c] * (y[i] - mean) / deviation + beta[c];
        }
      }
    }
    return result;
  }

  /** Average pooling of {@code size × size} planes. */
  static double[] pool(double[] x, int size, int extent) {
    int out = size / extent;
    double[] y = new double[x.length / (extent * extent)];
    for (int i = 0; i < x.length; i++) {
      int column = i % size / extent;
      int row = i / size % size / extent;
      y[(i / (size * size) * out + row) * out + column] += x[i] / (extent * extent);
    }
    return y;
  }

  static double dot(double[] a, float[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  static float[] floats(double[] values) {
    float[] result = new float[values.length];
    for (int i = 0; i < result.length; i++) {
      result[i] = (float) values[i];
    }
    return result;
  }

  static double[] doubles(float[] values) {
    double[] result = new double[values.length];
    for (int i = 0; i < result.length; i++) {
      result[i] = values[i];
    }
    return result;
  }
}
