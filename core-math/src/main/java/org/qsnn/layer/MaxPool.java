package org.qsnn.layer;

import java.util.Arrays;
import org.qsnn.model.Pool;
import org.qsnn.tensor.Activation;
import org.qsnn.tensor.BitTensor;
import org.qsnn.tensor.FloatTensor;
import org.qsnn.tensor.Workspace;

/**
 * Max pooling of spikes: a window with a spike is a spike, so what it hands on are bits again. The
 * gradient goes to the window's first spike, line by line, or to its first neuron where there is
 * none, as in PyTorch; where windows overlap, gradients are added in the windows' order.
 */
record MaxPool(Pool.Max windows) implements Pooling {
  private enum Role {
    POOLED
  }

  @Override
  public Activation forward(BitTensor spikes, String name, Workspace workspace) {
    int size = spikes.dimension(2);
    int outSize = windows.outputSize(size);
    BitTensor pooled =
        workspace.bits(
            Role.POOLED, name, spikes.dimension(0), spikes.dimension(1), outSize, outSize);
    int words = BitTensor.words(outSize * outSize);
    for (int p = 0; p < spikes.planes(); p++) {
      int from = spikes.word(p);
      int to = pooled.word(p);
      Arrays.fill(pooled.words(), to, to + words, 0);
      for (int i = 0; i < outSize * outSize; i++) {
        int place = strongest(spikes.words(), from, i / outSize, i % outSize, size);
        if (isSpike(spikes.words(), from, place)) {
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
        int place = strongest(spikes.words(), spikes.word(p), i / outSize, i % outSize, size);
        plane[place] += gradients[i];
      }
      spikeGradient.write(p * plane.length, plane, 0, plane.length);
    }
    workspace.give(gradient);
    return spikeGradient;
  }

  /** The place of a window's first spike; that of its first neuron if it has none. */
  private int strongest(int[] words, int plane, int windowRow, int windowColumn, int size) {
    int top = windowRow * windows.stride() - windows.padding();
    int left = windowColumn * windows.stride() - windows.padding();
    int firstRow = Math.max(0, top);
    int firstColumn = Math.max(0, left);
    int endRow = Math.min(size, top + windows.extent());
    int endColumn = Math.min(size, left + windows.extent());
    for (int row = firstRow; row < endRow; row++) {
      for (int place = row * size + firstColumn; place < row * size + endColumn; place++) {
        if (isSpike(words, plane, place)) {
          return place;
        }
      }
    }
    return firstRow * size + firstColumn;
  }

  private static boolean isSpike(int[] words, int plane, int place) {
    return (words[plane + place / Integer.SIZE] >>> place & 1) != 0;
  }
}
