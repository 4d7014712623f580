package org.qsnn.model;

import java.util.ArrayList;
import java.util.List;
import org.qsnn.ConfigurationException;
import org.qsnn.model.NetworkSpec.Branch;
import org.qsnn.model.NetworkSpec.Convolution;
import org.qsnn.model.NetworkSpec.Layer;
import org.qsnn.model.NetworkSpec.Readout;

/** The architectures by name: each turns a few sizes into a {@link NetworkSpec}. */
public enum Architectures {
  /**
   * ResNet-19: stem, blocks [3, 3, 2] of width w/2w/4w with strides 1/2/2, global average pool.
   * Block = conv-BN-LIF-conv-BN plus shortcut, then LIF; the shortcut is the identity, or a 1×1
   * conv-BN where the shape changes.
   */
  RESNET19("resnet19", 128, 4) {
    @Override
    List<Layer> layers(int width, int inputChannels, int inputSize) {
      List<Layer> layers = new ArrayList<>();
      layers.add(
          new Layer(
              "stem", width, inputSize, List.of(stem("stem", inputChannels, width, false)), 1));
      int[] blocks = {3, 3, 2};
      int channels = width;
      int size = inputSize;
      int index = 0;
      for (int stage = 0; stage < blocks.length; stage++) {
        for (int i = 0; i < blocks[stage]; i++) {
          int stride = stage > 0 && i == 0 ? 2 : 1;
          int out = width << stage;
          size /= stride;
          addBlock(layers, "blocks." + index++, channels, out, size, stride);
          channels = out;
        }
      }
      return layers;
    }

    @Override
    boolean globalAverage() {
      return true;
    }
  },

  /**
   * VGGSNN: eight 3×3 convolutions with bias, widths w, 2w, 4w, 4w, 8w ×4, each with BN and LIF; a
   * 2×2 average pool after the 2nd, 4th, 6th and 8th; the readout sees the flattened rest.
   */
  VGGSNN("vggsnn", 64, 16) {
    @Override
    List<Layer> layers(int width, int inputChannels, int inputSize) {
      int[] factors = {1, 2, 4, 4, 8, 8, 8, 8};
      List<Layer> layers = new ArrayList<>();
      int channels = inputChannels;
      int size = inputSize;
      for (int i = 0; i < factors.length; i++) {
        int out = width * factors[i];
        int pool = i % 2 == 1 ? 2 : 1;
        Convolution convolution =
            new Convolution("convs." + i, channels, out, 3, 1, 1, true, i == 0);
        layers.add(
            new Layer("lifs." + i, out, size, List.of(new Branch(i - 1, convolution)), pool));
        channels = out;
        size /= pool;
      }
      return layers;
    }

    @Override
    boolean globalAverage() {
      return false;
    }
  };

  private final String key;
  private final int fullWidth;
  private final int sizeMultiple;

  Architectures(String key, int fullWidth, int sizeMultiple) {
    this.key = key;
    this.fullWidth = fullWidth;
    this.sizeMultiple = sizeMultiple;
  }

  abstract List<Layer> layers(int width, int inputChannels, int inputSize);

  abstract boolean globalAverage();

  /** The name used in configurations and files. */
  public String key() {
    return key;
  }

  /** Channels of the first layer in the paper's network (width factor 1). */
  public int fullWidth() {
    return fullWidth;
  }

  /**
   * @throws ConfigurationException if there is no such architecture
   */
  public static Architectures named(String key) {
    for (Architectures architecture : values()) {
      if (architecture.key.equals(key)) {
        return architecture;
      }
    }
    throw new ConfigurationException(
        "network.architecture: found " + key + ", allowed are resnet19, vggsnn");
  }

  /**
   * Channels of the first layer for a width factor.
   *
   * @throws ConfigurationException if less than one channel is left
   */
  public int width(double factor) {
    int width = (int) Math.rint(fullWidth * factor);
    if (width < 1) {
      throw new ConfigurationException(
          "network.width-factor: "
              + factor
              + " leaves no channel of "
              + fullWidth
              + " in the first layer of "
              + key
              + "; the smallest is 1/"
              + fullWidth);
    }
    return width;
  }

  /**
   * The network of this architecture.
   *
   * @throws ConfigurationException if a size is out of range
   */
  public NetworkSpec spec(
      int width,
      int timesteps,
      int inputChannels,
      int inputSize,
      int classes,
      WeightScheme weightScheme,
      int membraneBits) {
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
        inputSize >= sizeMultiple && inputSize % sizeMultiple == 0,
        "input size of " + key,
        inputSize,
        "a multiple of " + sizeMultiple);
    List<Layer> layers = layers(width, inputChannels, inputSize);
    Layer last = layers.get(layers.size() - 1);
    int features =
        globalAverage() ? last.channels() : last.channels() * last.outputSize() * last.outputSize();
    return new NetworkSpec(
        key,
        width,
        timesteps,
        inputChannels,
        inputSize,
        classes,
        weightScheme,
        membraneBits,
        layers,
        new Readout("fc", features, classes, globalAverage()));
  }

  private static void require(boolean holds, String what, int found, String allowed) {
    if (!holds) {
      throw new ConfigurationException(what + ": found " + found + ", allowed is " + allowed);
    }
  }

  private static Branch stem(String name, int in, int out, boolean bias) {
    return new Branch(NetworkSpec.INPUT, new Convolution(name, in, out, 3, 1, 1, bias, true));
  }

  private static void addBlock(
      List<Layer> layers, String name, int in, int out, int size, int stride) {
    int source = layers.size() - 1;
    Convolution first = new Convolution(name + ".first", in, out, 3, stride, 1, false, false);
    layers.add(new Layer(name + ".lif1", out, size, List.of(new Branch(source, first)), 1));
    Convolution second = new Convolution(name + ".second", out, out, 3, 1, 1, false, false);
    Convolution shortcut =
        stride == 1 && in == out
            ? null
            : new Convolution(name + ".shortcut", in, out, 1, stride, 0, false, false);
    layers.add(
        new Layer(
            name + ".lif2",
            out,
            size,
            List.of(new Branch(source + 1, second), new Branch(source, shortcut)),
            1));
  }
}
