package org.qsnn.layer;

import org.qsnn.tensor.FloatTensor;

/**
 * Batch normalization over images, height and width of {@code [N, C, H, W]} (N = T·B), as an affine
 * map {@code scale[c] · y + offset[c]} that the neuron's kernel applies.
 */
public final class BatchNormalization {
  /** Added to the variance. */
  public static final double EPSILON = 1e-5;

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
   * Of all values of a tensor.
   *
   * @param repeats how many timesteps share each image of y
   */
  public static Statistics statistics(FloatTensor y, int repeats) {
    int plane = y.dimension(2) * y.dimension(3);
    BatchMoments moments = new BatchMoments(y.dimension(1), plane, y.dimension(0));
    moments.add(y);
    return moments.statistics(repeats).get(0);
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

  /** Gradient of the weight (γ): Σ dx · x̂. The gradient of the bias (β) is Σ dx. */
  static float weightGradient(Statistics statistics, double[] centeredSum, int channel) {
    return (float) (centeredSum[channel] * statistics.inverseDeviation(channel));
  }
}
