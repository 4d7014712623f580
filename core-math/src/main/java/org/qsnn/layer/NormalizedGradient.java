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
  /** Elements that are read at once, unless one plane has more. */
  private static final int CHUNK = 1024;

  private final FloatTensor dx;
  private final FloatTensor y;
  private final int plane;
  private final int planes;
  private final float[] a;
  private final float[] b;
  private final float[] c;
  private final float[] mean;
  private final float[] part;

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
    this.planes = Math.max(1, CHUNK / plane);
    this.part = new float[planes * plane];
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
    int channels = a.length;
    for (int image = 0; image < length; image += channels * plane) {
      for (int first = 0; first < channels; first += planes) {
        int count = Math.min(planes, channels - first);
        readPlanes(index + image, first, count, target, offset + image + first * plane);
      }
    }
  }

  /** Some channels of an image, which stay in the first-level cache from one pass to the next. */
  private void readPlanes(int image, int first, int count, float[] target, int at) {
    int from = image + first * plane;
    int length = count * plane;
    dx.read(from, target, at, length);
    for (int repeat = from + y.size(); repeat < dx.size(); repeat += y.size()) {
      dx.read(repeat, part, 0, length);
      add(part, target, at, length);
    }
    y.read(from, part, 0, length);
    for (int i = 0; i < count; i++) {
      int k = first + i;
      int p = i * plane;
      normalize(a[k], b[k], c[k], mean[k], part, p, target, at + p, plane);
    }
  }

  private static void add(float[] part, float[] sum, int at, int length) {
    for (int i = 0; i < length; i++) {
      sum[at + i] += part[i];
    }
  }

  /** dy = a · dx + b · (y − mean) + c. */
  private static void normalize(
      float a, float b, float c, float mean, float[] y, int from, float[] dx, int at, int plane) {
    for (int i = 0; i < plane; i++) {
      dx[at + i] = Math.fma(a, dx[at + i], Math.fma(b, y[from + i] - mean, c));
    }
  }
}
