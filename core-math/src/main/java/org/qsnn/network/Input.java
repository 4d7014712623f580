package org.qsnn.network;

import java.util.Arrays;
import java.util.Locale;
import org.qsnn.ConfigurationException;
import org.qsnn.model.NetworkSpec;
import org.qsnn.tensor.FloatTensor;

/**
 * What a network is shown.
 *
 * @param values of each shard {@code [T·B, C, H, W]}, time leading, or {@code [B, C, H, W]} for
 *     images that are the same at every timestep; one shard after the other
 * @param shards that are computed together
 * @param batch number of samples B of a shard
 */
public record Input(FloatTensor values, int shards, int batch) {
  /** Of one shard. */
  public Input(FloatTensor values, int batch) {
    this(values, 1, batch);
  }

  /** One of the shards, in the same memory. */
  public Input ofShard(int shard) {
    return new Input(values.ofShard(shard, shards), batch);
  }

  /**
   * @throws ConfigurationException if these are not images that the network can read
   */
  void requireFits(NetworkSpec network) {
    int channels = network.inputChannels();
    int size = network.inputSize();
    int samples = shards * batch;
    int frames = network.timesteps() * samples;
    int images = values.dimension(0);
    if ((images != samples && images != frames)
        || !Arrays.equals(values.shape(), new int[] {images, channels, size, size})) {
      throw new ConfigurationException(
          String.format(
              Locale.ROOT,
              "network input: %s reads [%d or %d, %d, %d, %d] for a batch of %d, found %s",
              network.architecture().key(),
              samples,
              frames,
              channels,
              size,
              size,
              samples,
              Arrays.toString(values.shape())));
    }
  }
}
