package org.qsnn.model;

import java.util.ArrayList;
import java.util.List;
import org.qsnn.model.NetworkSpec.Convolution;
import org.qsnn.model.NetworkSpec.Convolved;
import org.qsnn.model.NetworkSpec.Identity;
import org.qsnn.model.NetworkSpec.Layer;
import org.qsnn.model.NetworkSpec.Linear;
import org.qsnn.model.NetworkSpec.Readout;

/**
 * ResNet-19: stem, blocks [3, 3, 2] of width w/2w/4w with strides 1/2/2, global average pool. Block
 * = conv-BN-LIF-conv-BN plus shortcut, then LIF; the shortcut is the identity, or a 1×1 conv-BN
 * where the shape changes.
 */
final class ResNet19 implements Architecture {
  private static final int[] BLOCKS = {3, 3, 2};

  @Override
  public String key() {
    return "resnet19";
  }

  @Override
  public int fullWidth() {
    return 128;
  }

  @Override
  public int sizeMultiple() {
    return 4;
  }

  @Override
  public UsualInput usualInput() {
    return new UsualInput(3, 32, true);
  }

  @Override
  public Head usualHead() {
    return Head.AVERAGED;
  }

  @Override
  public List<Layer> layers(int width, int inputChannels, int inputSize, Head head) {
    List<Layer> layers = new ArrayList<>();
    Convolution stem = new Convolution("stem", inputChannels, width, 3, 1, 1, false, true);
    layers.add(
        new Layer(
            "stem", width, inputSize, List.of(new Convolved(NetworkSpec.INPUT, stem)), Pool.NONE));
    int channels = width;
    int size = inputSize;
    int index = 0;
    int count = BLOCKS[0] + BLOCKS[1] + BLOCKS[2];
    for (int stage = 0; stage < BLOCKS.length; stage++) {
      for (int i = 0; i < BLOCKS[stage]; i++) {
        int stride = stage > 0 && i == 0 ? 2 : 1;
        int out = width << stage;
        size /= stride;
        boolean isAveraged = index == count - 1 && head == Head.AVERAGED;
        Pool pool = isAveraged ? new Pool.GlobalAverage() : Pool.NONE;
        addBlock(layers, "blocks." + index++, channels, out, size, stride, pool);
        channels = out;
      }
    }
    return layers;
  }

  private static void addBlock(
      List<Layer> layers, String name, int in, int out, int size, int stride, Pool pool) {
    int source = layers.size() - 1;
    Convolution first = new Convolution(name + ".first", in, out, 3, stride, 1, false, false);
    layers.add(
        new Layer(name + ".lif1", out, size, List.of(new Convolved(source, first)), Pool.NONE));
    Convolution second = new Convolution(name + ".second", out, out, 3, 1, 1, false, false);
    Convolution shortcut = new Convolution(name + ".shortcut", in, out, 1, stride, 0, false, false);
    layers.add(
        new Layer(
            name + ".lif2",
            out,
            size,
            List.of(
                new Convolved(source + 1, second),
                stride == 1 && in == out ? new Identity(source) : new Convolved(source, shortcut)),
            pool));
  }

  @Override
  public Readout readout(int features, int classes) {
    return Readout.of(new Linear("fc", features, classes, Linear.Draw.NORMAL));
  }
}
