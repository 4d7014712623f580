package org.qsnn.layer;

import org.qsnn.tensor.FloatTensor;
import org.qsnn.tensor.Reductions;

/**
 * Batch normalization over images, height and width of {@code [N, C, H, W]} (N = T·B), as an affine
 * map {@code scale[c] · y + offset[c]} that the neuron's kernel applies.
 */
public final class BatchNormalization {
  /** Added to the variance. */
  public static final double EPSILON = 1e-5;

  private static final Reductions REDUCTIONS = Reductions.best();

  private BatchNormalization() {}

  /**
   * The statistics of a batch.
   *
   * @param count values a channel, repeated timesteps included
   */
  public record Statistics(double[] mean, double[] variance, long count) {
    /** N/(N − 1) times the variance; the variance itself where there is one value only. */
    public double unbiasedVariance(int channel) {
      return count > 1 ? variance[channel] * count / (count - 1.0) : variance[channel];
    }

    double inverseDeviation(int channel) {
      return 1 / Math.sqrt(variance[channel] + EPSILON);
    }

    float[] means() {
      float[] means = new float[mean.length];
      for (int c = 0; c < means.length; c++) {
        means[c] = (float) mean[c];
      }
      return means;
    }
  }

  /** {@code scale[c] · y + offset[c]}. */
  public record Affine(float[] scale, float[] offset) {}

  /**
   * In one pass over y: moments about the mean of a channel's first plane, which is near enough to
   * the mean of all that no digits are lost.
   *
   * @param repeats how many timesteps share each image of y
   */
  public static Statistics statistics(FloatTensor y, int repeats) {
    int images = y.dimension(0);
    int channels = y.dimension(1);
    int plane = y.dimension(2) * y.dimension(3);
    long values = (long) images * plane;
    float[] row = new float[channels * plane];
    float[] shifts = new float[channels];
    double[] sums = new double[2 * channels];
    for (int n = 0; n < images; n++) {
      y.read(n * row.length, row, 0, row.length);
      for (int c = 0; c < channels; c++) {
        if (n == 0) {
          shifts[c] = (float) (REDUCTIONS.sum(row, c * plane, plane) / plane);
        }
        REDUCTIONS.moments(row, c * plane, plane, shifts[c], sums, 2 * c);
      }
    }
    double[] mean = new double[channels];
    double[] variance = new double[channels];
    for (int c = 0; c < channels; c++) {
      double center = sums[2 * c] / values;
      mean[c] = shifts[c] + center;
      variance[c] = Math.max(0, sums[2 * c + 1] / values - center * center);
    }
    return new Statistics(mean, variance, values * repeats);
  }

  /** Folds statistics, weight and bias into two floats a channel. */
  public static Affine fold(double[] mean, double[] variance, float[] weight, float[] bias) {
    int channels = mean.length;
    Affine affine = new Affine(new float[channels], new float[channels]);
    for (int c = 0; c < channels; c++) {
      double scale = weight[c] / Math.sqrt(variance[c] + EPSILON);
      affine.scale()[c] = (float) scale;
      affine.offset()[c] = (float) (bias[c] - mean[c] * scale);
    }
    return affine;
  }

  /**
   * The gradient with respect to y, from the one with respect to the normalized output:
   *
   * <pre>dy = weight/σ · (dx − mean(dx) − x̂ · mean(dx · x̂)), x̂ = (y − mean)/σ</pre>
   *
   * summed over the timesteps that share an image.
   *
   * @param dx {@code [T·B, C, H, W]}
   * @param gradientSum Σ dx a channel
   * @param centeredSum Σ dx · (y − mean) a channel
   * @param target same shape as y; may be dx's memory if nothing is repeated
   */
  static void backward(
      Statistics statistics,
      float[] weight,
      FloatTensor dx,
      FloatTensor y,
      double[] gradientSum,
      double[] centeredSum,
      FloatTensor target) {
    int images = y.dimension(0);
    int channels = y.dimension(1);
    int plane = y.dimension(2) * y.dimension(3);
    int repeats = dx.dimension(0) / images;
    float[] sum = new float[channels * plane];
    float[] row = new float[channels * plane];
    Slopes slopes = Slopes.of(statistics, weight, gradientSum, centeredSum, repeats);
    for (int n = 0; n < images; n++) {
      dx.read(n * row.length, sum, 0, row.length);
      for (int r = 1; r < repeats; r++) {
        dx.read((r * images + n) * row.length, row, 0, row.length);
        add(sum, row);
      }
      y.read(n * row.length, row, 0, row.length);
      for (int c = 0; c < channels; c++) {
        slopes.apply(c, sum, row, c * plane, (c + 1) * plane);
      }
      target.write(n * row.length, sum, 0, row.length);
    }
  }

  private static void add(float[] sum, float[] part) {
    for (int i = 0; i < sum.length; i++) {
      sum[i] += part[i];
    }
  }

  /** dy = a · dx + b · (y − mean) + c, the constants of each channel. */
  private record Slopes(float[] a, float[] b, float[] c, float[] mean) {
    static Slopes of(
        Statistics statistics,
        float[] weight,
        double[] gradientSum,
        double[] centeredSum,
        int repeats) {
      int channels = weight.length;
      Slopes slopes =
          new Slopes(
              new float[channels], new float[channels], new float[channels], statistics.means());
      for (int i = 0; i < channels; i++) {
        double inverse = statistics.inverseDeviation(i);
        double a = weight[i] * inverse;
        slopes.a[i] = (float) a;
        slopes.b[i] =
            (float) (-a * inverse * inverse * centeredSum[i] / statistics.count() * repeats);
        slopes.c[i] = (float) (-a * gradientSum[i] / statistics.count() * repeats);
      }
      return slopes;
    }

    void apply(int channel, float[] dx, float[] y, int from, int to) {
      apply(a[channel], b[channel], c[channel], mean[channel], dx, y, from, to);
    }

    private static void apply(
        float a, float b, float c, float mean, float[] dx, float[] y, int from, int to) {
      for (int i = from; i < to; i++) {
        dx[i] = Math.fma(a, dx[i], Math.fma(b, y[i] - mean, c));
      }
    }
  }

  /** Gradient of the weight (γ): Σ dx · x̂. The gradient of the bias (β) is Σ dx. */
  static float weightGradient(Statistics statistics, double[] centeredSum, int channel) {
    return (float) (centeredSum[channel] * statistics.inverseDeviation(channel));
  }
}
