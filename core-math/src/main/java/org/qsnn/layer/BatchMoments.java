package org.qsnn.layer;

import org.qsnn.layer.BatchNormalization.Statistics;
import org.qsnn.tensor.FloatTensor;
import org.qsnn.tensor.Reductions;

/**
 * The moments of each channel of {@code [N, C, H, W]}, image after image: a convolution adds them
 * while they are in the cache. Moments about the mean of the channel's first plane, which is near
 * enough to the mean of all that no digits are lost.
 */
public final class BatchMoments {
  private static final Reductions REDUCTIONS = Reductions.best();

  private final int plane;
  private final float[] shifts;
  private final double[] sums;
  private int images;

  /**
   * @param plane values of a channel of one image, H·W
   */
  public BatchMoments(int channels, int plane) {
    this.plane = plane;
    this.shifts = new float[channels];
    this.sums = new double[2 * channels];
  }

  /** Adds the next images. */
  public void add(float[] values, int count) {
    int channels = shifts.length;
    for (int n = 0; n < count; n++) {
      for (int c = 0; c < channels; c++) {
        int from = (n * channels + c) * plane;
        if (images == 0) {
          shifts[c] = (float) (REDUCTIONS.sum(values, from, plane) / plane);
        }
        REDUCTIONS.moments(values, from, plane, shifts[c], sums, 2 * c);
      }
      images++;
    }
  }

  /** Adds all images of a tensor. */
  public void add(FloatTensor y) {
    float[] image = new float[shifts.length * plane];
    for (int i = 0; i < y.size(); i += image.length) {
      y.read(i, image, 0, image.length);
      add(image, 1);
    }
  }

  /**
   * Of all images that were added.
   *
   * @param repeats how many timesteps share each image
   */
  public Statistics statistics(int repeats) {
    long values = (long) images * plane;
    double[] mean = new double[shifts.length];
    double[] variance = new double[shifts.length];
    for (int c = 0; c < shifts.length; c++) {
      double center = sums[2 * c] / values;
      mean[c] = shifts[c] + center;
      variance[c] = Math.max(0, sums[2 * c + 1] / values - center * center);
    }
    return new Statistics(mean, variance, values * repeats);
  }
}
