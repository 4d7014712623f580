package org.qsnn.train;

import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.EigenDecomposition;
import org.qsnn.checkpoint.LearnedWeights;
import org.qsnn.parameter.NetworkLayout;
import org.qsnn.parameter.ParameterLayout.Window;
import org.qsnn.parameter.Parameters;
import org.qsnn.sample.SampleDecoder;
import org.qsnn.sample.Samples;

/**
 * Filters of the first layer that whiten what it reads (a frozen whitening layer: Jordan 2024,
 * arXiv 2404.00498): the eigenvectors of the covariance of all patches {@code [channels, k, k]} of
 * some training samples, each with its negative, as a neuron fires for positive currents alone.
 * Batch normalization, which follows, divides by the deviations, so that lengths play no part.
 *
 * <pre>
 *   w[2i] = e_i, w[2i + 1] = −e_i        e_0 of the largest eigenvalue
 * </pre>
 *
 * <p>Of more output channels than that the rest stays as it was drawn.
 */
public final class Whitening {
  /** Samples whose patches are enough. */
  public static final int SAMPLES = 2000;

  private Whitening() {}

  /**
   * What a training of a network starts with: drawn, but for the first layer.
   *
   * @param seed of what is drawn
   * @param decoder of samples as they are
   */
  public static LearnedWeights start(
      NetworkLayout layout, long seed, SampleDecoder decoder, Samples samples) {
    LearnedWeights drawn = InitialState.drawn(layout, seed);
    fill(drawn.parameters(), layout.parameters().first(), decoder, samples);
    return drawn;
  }

  private static void fill(
      Parameters parameters, Window first, SampleDecoder decoder, Samples samples) {
    int channels = first.shape()[1];
    int kernel = first.shape()[2];
    EigenDecomposition patches =
        new EigenDecomposition(
            new Array2DRowRealMatrix(
                new PatchCovariance(decoder, channels, kernel).of(samples), false));
    int patch = channels * kernel * kernel;
    // Falling eigenvalues, as a symmetric matrix has them.
    for (int row = 0; row < Math.min(first.shape()[0], 2 * patch); row++) {
      double[] vector = patches.getEigenvector(row / 2).toArray();
      for (int i = 0; i < patch; i++) {
        parameters.values()[first.offset() + row * patch + i] =
            (float) (row % 2 == 0 ? vector[i] : -vector[i]);
      }
    }
  }
}
