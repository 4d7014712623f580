package org.qsnn.layer;

import java.util.ArrayList;
import java.util.List;
import org.qsnn.layer.BatchNormalization.Statistics;
import org.qsnn.tensor.FloatTensor;
import org.qsnn.tensor.Reductions;

/**
 * The moments of each channel of {@code [N, C, H, W]}, of each shard for itself, image after image:
 * a convolution adds them while they are in the cache. Moments about the mean of the channel's
 * first plane, which is near enough to the mean of all that no digits are lost.
 */
public final class BatchMoments {
  private static final Reductions REDUCTIONS = Reductions.best();

  private final int plane;
  private final int channels;
  private final int ofShard;
  private final List<Shard> shards = new ArrayList<>();
  private int images;

  /**
   * Of one shard.
   *
   * @param shifts what the moments are about
   * @param sums the first and the second moment of each channel
   */
  private record Shard(float[] shifts, double[] sums) {}

  /**
   * @param plane values of a channel of one image, H·W
   * @param ofShard images of a shard, which follow each other
   */
  public BatchMoments(int channels, int plane, int ofShard) {
    this.plane = plane;
    this.channels = channels;
    this.ofShard = ofShard;
  }

  /** Images of a shard. */
  int ofShard() {
    return ofShard;
  }

  /** Adds the next images. */
  public void add(float[] values, int count) {
    for (int n = 0; n < count; n++) {
      boolean isFirst = images % ofShard == 0;
      if (isFirst) {
        shards.add(new Shard(new float[channels], new double[2 * channels]));
      }
      Shard shard = shards.get(shards.size() - 1);
      for (int c = 0; c < channels; c++) {
        int from = (n * channels + c) * plane;
        if (isFirst) {
          shard.shifts()[c] = (float) (REDUCTIONS.sum(values, from, plane) / plane);
        }
        REDUCTIONS.moments(values, from, plane, shard.shifts()[c], shard.sums(), 2 * c);
      }
      images++;
    }
  }

  /** Adds all images of a tensor. */
  public void add(FloatTensor y) {
    float[] image = new float[channels * plane];
    for (int i = 0; i < y.size(); i += image.length) {
      y.read(i, image, 0, image.length);
      add(image, 1);
    }
  }

  /**
   * Of each shard whose images were added.
   *
   * @param repeats how many timesteps share each image
   */
  public List<Statistics> statistics(int repeats) {
    return shards.stream().map(shard -> statistics(shard, repeats)).toList();
  }

  private Statistics statistics(Shard shard, int repeats) {
    long values = (long) ofShard * plane;
    double[] mean = new double[channels];
    double[] variance = new double[channels];
    for (int c = 0; c < channels; c++) {
      double center = shard.sums()[2 * c] / values;
      mean[c] = shard.shifts()[c] + center;
      variance[c] = Math.max(0, shard.sums()[2 * c + 1] / values - center * center);
    }
    return new Statistics(mean, variance, values * repeats);
  }
}
