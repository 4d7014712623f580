package org.qsnn.model;

import java.util.List;
import org.qsnn.ConfigurationException;
import org.qsnn.model.NetworkSpec.Layer;
import org.qsnn.model.NetworkSpec.Readout;

/**
 * A family of networks: turns a few sizes into a {@link NetworkSpec}. A new one is a class that
 * implements this and a line in {@link Architectures}.
 */
public interface Architecture {
  /** The name used in configurations and files. */
  String key();

  /** Channels of the first layer in the published network (width factor 1). */
  int fullWidth();

  /** Height and width of an input must be a multiple of this. */
  int sizeMultiple();

  /** What the published network was made for; benchmarks show it. */
  UsualInput usualInput();

  /** What the readout of the published network reads. */
  Head usualHead();

  /**
   * The spiking layers in order of execution.
   *
   * @param head what is to be read of the last, which hands it on
   */
  List<Layer> layers(int width, int inputChannels, int inputSize, Head head);

  /**
   * What reads the last layer.
   *
   * @param features numbers that the last layer hands on at a timestep
   */
  Readout readout(int features, int classes);

  /**
   * What an architecture was made for.
   *
   * @param isSteady whether the same image is shown at every timestep
   */
  record UsualInput(int channels, int size, boolean isSteady) {}

  /**
   * Channels of the first layer for a width factor.
   *
   * @throws ConfigurationException if less than one channel is left
   */
  default int width(double factor) {
    int width = (int) Math.rint(fullWidth() * factor);
    if (width < 1) {
      throw new ConfigurationException(
          "network.width-factor: "
              + factor
              + " leaves no channel of "
              + fullWidth()
              + " in the first layer of "
              + key()
              + "; the smallest is 1/"
              + fullWidth());
    }
    return width;
  }

  /**
   * The network of this architecture, with the neuron and the head of the published code.
   *
   * @throws ConfigurationException if a size is out of range
   */
  default NetworkSpec spec(
      int width,
      int timesteps,
      int inputChannels,
      int inputSize,
      int classes,
      WeightScheme weightScheme,
      int membraneBits) {
    return spec(
        width,
        timesteps,
        inputChannels,
        inputSize,
        classes,
        weightScheme,
        membraneBits,
        LifNeuron.PUBLISHED,
        usualHead());
  }

  /**
   * The network of this architecture.
   *
   * @throws ConfigurationException if a size is out of range
   */
  default NetworkSpec spec(
      int width,
      int timesteps,
      int inputChannels,
      int inputSize,
      int classes,
      WeightScheme weightScheme,
      int membraneBits,
      LifNeuron neuron,
      Head head) {
    require(width >= 1, "network.width", width, "at least 1");
    require(timesteps >= 1, "network.timesteps", timesteps, "at least 1");
    require(inputChannels >= 1, "input channels", inputChannels, "at least 1");
    require(classes >= 2, "number of classes", classes, "at least 2");
    require(
        membraneBits == 2 || membraneBits == 4 || membraneBits == 8 || membraneBits == 32,
        "network.membrane-bits",
        membraneBits,
        "2, 4, 8 or 32");
    require(
        inputSize >= sizeMultiple() && inputSize % sizeMultiple() == 0,
        "input size of " + key(),
        inputSize,
        "a multiple of " + sizeMultiple());
    List<Layer> layers = layers(width, inputChannels, inputSize, head);
    Layer last = layers.get(layers.size() - 1);
    return new NetworkSpec(
        key(),
        width,
        timesteps,
        inputChannels,
        inputSize,
        classes,
        weightScheme,
        membraneBits,
        neuron,
        layers,
        readout(last.channels() * last.outputSize() * last.outputSize(), classes));
  }

  private static void require(boolean holds, String what, int found, String allowed) {
    if (!holds) {
      throw new ConfigurationException(what + ": must be " + allowed + "; found " + found);
    }
  }
}
