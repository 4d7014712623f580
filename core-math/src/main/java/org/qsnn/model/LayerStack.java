package org.qsnn.model;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.qsnn.ConfigurationException;
import org.qsnn.model.NetworkSpec.Branch;
import org.qsnn.model.NetworkSpec.Convolution;
import org.qsnn.model.NetworkSpec.Convolved;
import org.qsnn.model.NetworkSpec.Identity;
import org.qsnn.model.NetworkSpec.Layer;
import org.qsnn.model.NetworkSpec.Linear;
import org.qsnn.model.NetworkSpec.Readout;

/** Puts the layers of an architecture's lines on one another, for an input of some size. */
final class LayerStack {
  private final List<Layer> layers = new ArrayList<>();
  private final Set<String> names = new HashSet<>();
  private final double scale;
  private int channels;
  private int size;
  private int convolutions;
  private int blocks;
  private int linears;

  /**
   * @param scale of all channels and features
   */
  LayerStack(double scale, int inputChannels, int inputSize) {
    this.scale = scale;
    this.channels = inputChannels;
    this.size = inputSize;
  }

  List<Layer> layers() {
    return layers;
  }

  /**
   * Adds what a line says.
   *
   * @throws ConfigurationException that says what is wrong with it, but not which line it is
   */
  LayerStack add(LayerLine line) {
    if (line instanceof LayerLine.Conv conv) {
      conv(conv);
    } else if (line instanceof LayerLine.ResidualBlock block) {
      residualBlock(block);
    } else if (line instanceof LayerLine.Pooled pooled) {
      pool(pooled.pool());
    } else if (line instanceof LayerLine.Dense dense) {
      dense(dense);
    }
    return this;
  }

  /** Has the last layer hand on what the readout is to read of it. */
  void end(Head head) {
    Layer layer = layers.get(last());
    boolean isAveraged = layer.pool() instanceof Pool.GlobalAverage;
    if (isAveraged != (head == Head.AVERAGED)) {
      replacePool(isAveraged ? Pool.NONE : new Pool.GlobalAverage());
    }
  }

  /** Reads the flattened output of the last layer. */
  Readout readout(LayerLine.Readout line, int classes) {
    requireNew(line.name());
    return Readout.of(new Linear(line.name(), channels * size * size, classes, line.draw()));
  }

  private void conv(LayerLine.Conv line) {
    int index = convolutions++;
    requireFits(line.kernel(), line.padding());
    Convolution convolution =
        new Convolution(
            line.name().orElse("convs." + index),
            channels,
            scaled(line.channels()),
            line.kernel(),
            line.stride(),
            line.padding(),
            line.bias(),
            layers.isEmpty());
    int outSize = (size + 2 * line.padding() - line.kernel()) / line.stride() + 1;
    add(line.name().orElse("lifs." + index), outSize, new Convolved(last(), convolution));
  }

  private void residualBlock(LayerLine.ResidualBlock line) {
    if (layers.isEmpty()) {
      throw new ConfigurationException(
          "must not be the first, whose weights have 8 bits and which is a conv");
    }
    String name = "blocks." + blocks++;
    int in = channels;
    int out = scaled(line.channels());
    int stride = line.stride();
    int source = last();
    int outSize = (size - 1) / stride + 1;
    Convolution first = new Convolution(name + ".first", in, out, 3, stride, 1, false, false);
    add(name + ".lif1", outSize, new Convolved(source, first));
    Convolution second = new Convolution(name + ".second", out, out, 3, 1, 1, false, false);
    Convolution shortcut = new Convolution(name + ".shortcut", in, out, 1, stride, 0, false, false);
    add(
        name + ".lif2",
        outSize,
        new Convolved(source + 1, second),
        stride == 1 && in == out ? new Identity(source) : new Convolved(source, shortcut));
  }

  private void dense(LayerLine.Dense line) {
    int index = linears++;
    if (layers.isEmpty()) {
      throw new ConfigurationException(
          "must not be the first, whose weights have 8 bits and which is a conv");
    }
    Convolution all =
        new Convolution(
            line.name().orElse("linears." + index),
            channels,
            scaled(line.features()),
            size,
            1,
            0,
            line.bias(),
            false);
    add(line.name().orElse("linears." + index + ".lif"), 1, new Convolved(last(), all));
  }

  private void pool(Pool pool) {
    if (layers.isEmpty() || !(layers.get(last()).pool() instanceof Pool.None)) {
      throw new ConfigurationException(
          "must stand behind neurons; found "
              + (layers.isEmpty() ? "it at the beginning" : "a pool before it"));
    }
    if (pool.outputSize(size) < 1) {
      throw new ConfigurationException(
          "must have windows that fit into what it reads; found " + size + " × " + size);
    }
    replacePool(pool);
  }

  private void replacePool(Pool pool) {
    Layer layer = layers.remove(last());
    layers.add(new Layer(layer.name(), layer.channels(), layer.size(), layer.branches(), pool));
    size = pool.outputSize(layer.size());
  }

  private void add(String name, int outSize, Branch... branches) {
    int out = ((Convolved) branches[0]).convolution().outChannels();
    Layer layer = new Layer(name, out, outSize, List.of(branches), Pool.NONE);
    for (Convolution convolution : layer.convolutions()) {
      requireNew(convolution.name());
    }
    layers.add(layer);
    channels = out;
    size = outSize;
  }

  private int last() {
    return layers.size() - 1;
  }

  private int scaled(int full) {
    int scaled = (int) Math.rint(full * scale);
    if (scaled < 1) {
      throw new ConfigurationException(
          "must have a channel left; found none of " + full + " with this network.width-factor");
    }
    return scaled;
  }

  private void requireFits(int kernel, int padding) {
    if (size + 2 * padding < kernel) {
      throw new ConfigurationException(
          "must read at least "
              + (kernel - 2 * padding)
              + " × "
              + (kernel - 2 * padding)
              + "; found "
              + size
              + " × "
              + size);
    }
  }

  private void requireNew(String name) {
    if (!names.add(name)) {
      throw new ConfigurationException("must have a name of its own; found " + name + " again");
    }
  }
}
