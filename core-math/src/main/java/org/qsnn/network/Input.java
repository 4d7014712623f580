package org.qsnn.network;

import java.util.Arrays;
import java.util.Locale;
import org.qsnn.ConfigurationException;
import org.qsnn.model.NetworkSpec;
import org.qsnn.tensor.FloatTensor;

/**
 * What a network is shown.
 *
 * @param values {@code [T·B, C, H, W]}, time leading, or {@code [B, C, H, W]} for images that are
 *     the same at every timestep
 * @param batch number of samples B
 */
public record Input(FloatTensor values, int batch) {

  /**
   * @throws ConfigurationException if these are not images that the network can read
   */
  void requireFits(NetworkSpec network) {
    int channels = network.inputChannels();
    int size = network.inputSize();
    int frames = network.timesteps() * batch;
    int images = values.dimension(0);
    if ((images != batch && images != frames)
        || !Arrays.equals(values.shape(), new int[] {images, channels, size, size})) {
      throw new ConfigurationException(
          String.format(
              Locale.ROOT,
              "network input: %s reads [%d or %d, %d, %d, %d] for a batch of %d, found %s",
              network.architecture().key(),
              batch,
              frames,
              channels,
              size,
              size,
              batch,
              Arrays.toString(values.shape())));
    }
  }
}
