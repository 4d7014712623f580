package org.qsnn.layer;

import org.qsnn.layer.BatchNormalization.Statistics;
import org.qsnn.tensor.FloatSource;
import org.qsnn.tensor.FloatTensor;

/**
 * The gradient with respect to y = what batch normalization normalizes, computed from the one with
 * respect to its output as it is read:
 *
 * <pre>dy = weight/σ · (dx − mean(dx) − x̂ · mean(dx · x̂)), x̂ = (y − mean)/σ</pre>
 *
 * summed over the timesteps that share an image. Only whole images are read.
 */
final class NormalizedGradient implements FloatSource {
  private final FloatTensor dx;
  private final FloatTensor y;
  private final int plane;
  private final float[] a;
  private final float[] b;
  private final float[] c;
  private final float[] mean;
  private final float[] image;

  /**
   * @param dx {@code [T·B, C, H, W]}
   * @param y same shape, or {@code [B, C, H, W]} if timesteps share images
   * @param gradientSum Σ dx a channel
   * @param centeredSum Σ dx · (y − mean) a channel
   */
  NormalizedGradient(
      Statistics statistics,
      float[] weight,
      FloatTensor dx,
      FloatTensor y,
      double[] gradientSum,
      double[] centeredSum) {
    this.dx = dx;
    this.y = y;
    this.plane = y.dimension(2) * y.dimension(3);
    int channels = y.dimension(1);
    int repeats = dx.dimension(0) / y.dimension(0);
    this.a = new float[channels];
    this.b = new float[channels];
    this.c = new float[channels];
    this.mean = statistics.means();
    this.image = new float[channels * plane];
    for (int i = 0; i < channels; i++) {
      double inverse = statistics.inverseDeviation(i);
      double slope = weight[i] * inverse;
      a[i] = (float) slope;
      b[i] = (float) (-slope * inverse * inverse * centeredSum[i] / statistics.count() * repeats);
      c[i] = (float) (-slope * gradientSum[i] / statistics.count() * repeats);
    }
  }

  @Override
  public void read(int index, float[] target, int offset, int length) {
    dx.read(index, target, offset, length);
    for (int at = 0; at < length; at += image.length) {
      for (int repeat = index + at + y.size(); repeat < dx.size(); repeat += y.size()) {
        dx.read(repeat, image, 0, image.length);
        add(image, target, offset + at);
      }
      y.read(index + at, image, 0, image.length);
      for (int i = 0; i < a.length; i++) {
        normalize(a[i], b[i], c[i], mean[i], image, i * plane, target, offset + at, plane);
      }
    }
  }

  private static void add(float[] part, float[] sum, int offset) {
    for (int i = 0; i < part.length; i++) {
      sum[offset + i] += part[i];
    }
  }

  /** dy = a · dx + b · (y − mean) + c. */
  private static void normalize(
      float a, float b, float c, float mean, float[] y, int from, float[] dx, int at, int plane) {
    for (int i = from; i < from + plane; i++) {
      dx[at + i] = Math.fma(a, dx[at + i], Math.fma(b, y[i] - mean, c));
    }
  }
}
