package org.qsnn.layer;

import org.qsnn.tensor.FloatTensor;

/**
 * Batch normalization over images, height and width of {@code [N, C, H, W]} (N = T·B), as an affine
 * map {@code scale[c] · y + offset[c]} that the neuron's kernel applies.
 */
public final class BatchNormalization {
  /** Added to the variance. */
  public static final double EPSILON = 1e-5;

  private static final BatchNormKernel KERNEL = BatchNormKernel.best();

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
   * @param repeats how many timesteps share each image of y
   */
  public static Statistics statistics(FloatTensor y, int repeats) {
    int images = y.dimension(0);
    int channels = y.dimension(1);
    int plane = y.dimension(2) * y.dimension(3);
    long values = (long) images * plane;
    double[] mean = new double[channels];
    double[] variance = new double[channels];
    for (int c = 0; c < channels; c++) {
      double sum = 0;
      for (int n = 0; n < images; n++) {
        sum += KERNEL.sum(y.bytes(), at(n, c, channels, plane), plane);
      }
      mean[c] = sum / values;
      double squares = 0;
      for (int n = 0; n < images; n++) {
        squares += KERNEL.squares(y.bytes(), at(n, c, channels, plane), plane, (float) mean[c]);
      }
      variance[c] = squares / values;
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
    for (int c = 0; c < channels; c++) {
      double inverse = statistics.inverseDeviation(c);
      double a = weight[c] * inverse;
      double b = -a * inverse * inverse * centeredSum[c] / statistics.count() * repeats;
      double constant = -a * gradientSum[c] / statistics.count() * repeats;
      for (int n = 0; n < images; n++) {
        int at = at(n, c, channels, plane);
        KERNEL.gradient(
            new BatchNormKernel.PlaneGradient(
                dx.bytes(),
                at,
                repeats,
                y.size() * Float.BYTES,
                y.bytes(),
                target.bytes(),
                at,
                (float) a,
                (float) b,
                (float) constant,
                (float) statistics.mean()[c]),
            plane);
      }
    }
  }

  /** Gradient of the weight (γ): Σ dx · x̂. The gradient of the bias (β) is Σ dx. */
  static float weightGradient(Statistics statistics, double[] centeredSum, int channel) {
    return (float) (centeredSum[channel] * statistics.inverseDeviation(channel));
  }

  private static int at(int image, int channel, int channels, int plane) {
    return Float.BYTES * plane * (image * channels + channel);
  }
}
