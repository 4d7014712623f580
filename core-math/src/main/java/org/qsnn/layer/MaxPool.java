package org.qsnn.layer;

import java.util.Arrays;
import org.qsnn.tensor.Activation;
import org.qsnn.tensor.BitTensor;
import org.qsnn.tensor.FloatTensor;
import org.qsnn.tensor.Workspace;

/**
 * Max pooling of spikes with square windows that do not overlap: a window with a spike is a spike,
 * so what it hands on are bits again. The gradient goes to the window's first spike, line by line,
 * or to its first neuron where there is none, as in PyTorch.
 */
record MaxPool(int extent) implements Pooling {

  @Override
  public Activation forward(BitTensor spikes, String name, Workspace workspace) {
    int size = spikes.dimension(2);
    int outSize = size / extent;
    BitTensor pooled =
        workspace.bits(
            name + ".pooled", spikes.dimension(0), spikes.dimension(1), outSize, outSize);
    int words = BitTensor.words(outSize * outSize);
    for (int p = 0; p < spikes.planes(); p++) {
      int from = spikes.word(p);
      int to = pooled.word(p);
      Arrays.fill(pooled.words(), to, to + words, 0);
      for (int i = 0; i < outSize * outSize; i++) {
        int first = i / outSize * extent * size + i % outSize * extent;
        if (isSpike(spikes.words(), from, firstSpike(spikes.words(), from, first, size))) {
          pooled.words()[to + i / Integer.SIZE] |= 1 << i;
        }
      }
    }
    return pooled;
  }

  @Override
  public FloatTensor backward(FloatTensor gradient, BitTensor spikes, Workspace workspace) {
    int size = spikes.dimension(2);
    int outSize = gradient.dimension(2);
    FloatTensor spikeGradient = workspace.take(spikes.shape());
    float[] plane = new float[size * size];
    float[] gradients = new float[outSize * outSize];
    for (int p = 0; p < spikes.planes(); p++) {
      gradient.read(p * gradients.length, gradients, 0, gradients.length);
      Arrays.fill(plane, 0f);
      for (int i = 0; i < gradients.length; i++) {
        int first = i / outSize * extent * size + i % outSize * extent;
        plane[firstSpike(spikes.words(), spikes.word(p), first, size)] = gradients[i];
      }
      spikeGradient.write(p * plane.length, plane, 0, plane.length);
    }
    workspace.give(gradient);
    return spikeGradient;
  }

  /** The place of a window's first spike; that of its first neuron if it has none. */
  private int firstSpike(int[] words, int plane, int first, int size) {
    for (int row = 0; row < extent; row++) {
      for (int place = first + row * size; place < first + row * size + extent; place++) {
        if (isSpike(words, plane, place)) {
          return place;
        }
      }
    }
    return first;
  }

  private static boolean isSpike(int[] words, int plane, int place) {
    return (words[plane + place / Integer.SIZE] >>> place & 1) != 0;
  }
}
