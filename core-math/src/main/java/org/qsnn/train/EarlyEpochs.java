package org.qsnn.train;

import java.io.Serializable;
import org.qsnn.ConfigurationException;
import org.qsnn.model.NetworkSpec;
import org.qsnn.parameter.NetworkLayout;

/**
 * Fewer timesteps, or smaller images, in the first epochs of a training, which then cost less:
 * weights and batch normalization are the same for all timesteps and positions, so that a network
 * goes on with more of them. Scales of membranes that are not carried yet are those of the last one
 * that is, or 0.
 *
 * @param epochs from the first; 0 for none
 * @param timesteps of these epochs, at most the network's
 * @param size height and width of what they are shown, in pixels, at most the network's; 0 for the
 *     network's
 */
public record EarlyEpochs(int epochs, int timesteps, int size) implements Serializable {
  public static final EarlyEpochs NONE = new EarlyEpochs(0, 1, 0);

  boolean holds(int epoch) {
    return epoch < epochs;
  }

  /** Whether an epoch is the first of the whole network, when membranes have scales anew. */
  boolean endsBefore(int epoch) {
    return epochs > 0 && epoch == epochs;
  }

  /**
   * The network of these epochs.
   *
   * @throws ConfigurationException if it is not a smaller one with the same weights
   */
  public NetworkSpec of(NetworkSpec network) {
    int shown = size == 0 ? network.inputSize() : size;
    if (shown > network.inputSize()) {
      throw new ConfigurationException(
          "train.early-size: must be at most the network's "
              + network.inputSize()
              + "; found "
              + shown);
    }
    NetworkSpec early = smaller(network, shown);
    if (NetworkLayout.of(early).parameters().size()
        != NetworkLayout.of(network).parameters().size()) {
      throw new ConfigurationException(
          "train.early-size: must be unset, or the network needs a head that averages over all"
              + " positions: the weights of this one depend on the size of its input; found "
              + shown);
    }
    return early;
  }

  private NetworkSpec smaller(NetworkSpec network, int shown) {
    try {
      return new NetworkSize(network).spec(timesteps, shown);
    } catch (ConfigurationException e) {
      throw new ConfigurationException("train.early-size: " + e.getMessage(), e);
    }
  }
}
