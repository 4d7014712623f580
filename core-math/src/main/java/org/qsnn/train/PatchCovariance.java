package org.qsnn.train;

import org.qsnn.sample.SampleDecoder;
import org.qsnn.sample.Samples;

/**
 * The covariance of the patches {@code [channels, kernel, kernel]} of samples, at all positions
 * where one fits.
 */
final class PatchCovariance {
  private final SampleDecoder decoder;
  private final int kernel;
  private final int length;

  /** Patches so far, their sum and the sum of their products; of these the lower half. */
  private long count;

  private final double[] sum;
  private final double[][] products;

  PatchCovariance(SampleDecoder decoder, int channels, int kernel) {
    this.decoder = decoder;
    this.kernel = kernel;
    this.length = channels * kernel * kernel;
    this.sum = new double[length];
    this.products = new double[length][length];
  }

  /** In the order of the samples, so that it has the same bits everywhere. */
  double[][] of(Samples samples) {
    float[] sample = new float[decoder.length()];
    for (int i = 0; i < samples.size(); i++) {
      decoder.decode(samples.payload(i), samples.id(i), 0, 0, sample, 0);
      for (int frame = 0; frame < decoder.frames(); frame++) {
        add(sample, frame * (sample.length / decoder.frames()));
      }
    }
    double[][] covariance = new double[length][length];
    for (int a = 0; a < length; a++) {
      for (int b = 0; b <= a; b++) {
        double value = (products[a][b] - sum[a] * sum[b] / count) / count;
        covariance[a][b] = value;
        covariance[b][a] = value;
      }
    }
    return covariance;
  }

  private void add(float[] sample, int frame) {
    int size = decoder.size();
    float[] patch = new float[length];
    for (int y = 0; y + kernel <= size; y++) {
      for (int x = 0; x + kernel <= size; x++) {
        for (int i = 0; i < length; i++) {
          int plane = i / (kernel * kernel);
          int row = y + i / kernel % kernel;
          patch[i] = sample[frame + (plane * size + row) * size + x + i % kernel];
        }
        add(patch);
      }
    }
  }

  private void add(float[] patch) {
    count++;
    for (int a = 0; a < length; a++) {
      double value = patch[a];
      double[] row = products[a];
      sum[a] += value;
      for (int b = 0; b <= a; b++) {
        row[b] += value * patch[b];
      }
    }
  }
}
