package org.qsnn.layer;

import java.util.Arrays;
import org.qsnn.tensor.Activation;
import org.qsnn.tensor.BitTensor;
import org.qsnn.tensor.FloatTensor;
import org.qsnn.tensor.Workspace;

/**
 * {@link MaxPool} with windows of 2 × 2 side by side over an even number of rows: the same bits, 16
 * windows at a time and without branches, since nobody can foresee which neuron fires.
 */
record HalvingMaxPool() implements Pooling {
  private static final int EVEN = 0x55555555;

  /** Windows whose two rows are a word each. */
  private static final int WINDOWS = 16;

  private enum Role {
    POOLED
  }

  @Override
  public Activation forward(BitTensor spikes, String name, Workspace workspace) {
    int size = spikes.dimension(2);
    int outSize = size / 2;
    BitTensor pooled =
        workspace.bits(
            Role.POOLED, name, spikes.dimension(0), spikes.dimension(1), outSize, outSize);
    int planeWords = BitTensor.words(outSize * outSize);
    for (int p = 0; p < spikes.planes(); p++) {
      int to = pooled.word(p);
      Arrays.fill(pooled.words(), to, to + planeWords, 0);
      for (int row = 0; row < outSize; row++) {
        for (int column = 0; column < outSize; column += WINDOWS) {
          int top = upper(spikes, p, row, column, size);
          int bottom = lower(spikes, p, row, column, size);
          int count = Math.min(WINDOWS, outSize - column);
          int bits = evenBits(top | bottom | ((top | bottom) >>> 1)) & ((1 << count) - 1);
          put(bits, count, pooled.words(), to, row * outSize + column);
        }
      }
    }
    return pooled;
  }

  private static int upper(BitTensor spikes, int plane, int row, int column, int size) {
    return BitTensor.bitsFrom(spikes.words(), spikes.word(plane), 2 * (row * size + column));
  }

  private static int lower(BitTensor spikes, int plane, int row, int column, int size) {
    int bit = (2 * row + 1) * size + 2 * column;
    return BitTensor.bitsFrom(spikes.words(), spikes.word(plane), bit);
  }

  /** Bits 0, 2, 4, … side by side. */
  private static int evenBits(int word) {
    int bits = word & EVEN;
    bits = (bits | (bits >>> 1)) & 0x33333333;
    bits = (bits | (bits >>> 2)) & 0x0F0F0F0F;
    bits = (bits | (bits >>> 4)) & 0x00FF00FF;
    return (bits | (bits >>> 8)) & 0xFFFF;
  }

  /** Sets bits from one on, which may reach into the next word. */
  private static void put(int bits, int count, int[] words, int first, int bit) {
    int word = first + bit / Integer.SIZE;
    int from = bit % Integer.SIZE;
    words[word] |= bits << from;
    if (from + count > Integer.SIZE) {
      words[word + 1] |= bits >>> (Integer.SIZE - from);
    }
  }

  @Override
  public FloatTensor backward(FloatTensor gradient, BitTensor spikes, Workspace workspace) {
    int size = spikes.dimension(2);
    int outSize = size / 2;
    FloatTensor spikeGradient = workspace.take(spikes.shape());
    float[] plane = new float[size * size];
    float[] gradients = new float[outSize * outSize];
    for (int p = 0; p < spikes.planes(); p++) {
      gradient.read(p * gradients.length, gradients, 0, gradients.length);
      for (int row = 0; row < outSize; row++) {
        for (int column = 0; column < outSize; column += WINDOWS) {
          int top = upper(spikes, p, row, column, size);
          int bottom = lower(spikes, p, row, column, size);
          int count = Math.min(WINDOWS, outSize - column);
          int to = 2 * (row * size + column);
          spread(gradients, row * outSize + column, count, top, bottom, plane, to, size);
        }
      }
      spikeGradient.write(p * plane.length, plane, 0, plane.length);
    }
    workspace.give(gradient);
    return spikeGradient;
  }

  /**
   * The gradients of windows side by side, each to one of its four neurons.
   *
   * @param top bits of the upper rows
   * @param to the first window's first neuron
   */
  private static void spread(
      float[] gradients,
      int from,
      int count,
      int top,
      int bottom,
      float[] plane,
      int to,
      int size) {
    int second = top >>> 1;
    int third = bottom;
    int fourth = bottom >>> 1;
    int toSecond = second & ~top & EVEN;
    int toThird = third & ~(top | second) & EVEN;
    int toFourth = fourth & ~(top | second | third) & EVEN;
    // To its first spike, or to its first neuron where it has none.
    int toFirst = EVEN & ~(toSecond | toThird | toFourth);
    for (int i = 0; i < count; i++) {
      // As MaxPool adds to 0, which makes 0 of -0.
      int bits = Float.floatToRawIntBits(0f + gradients[from + i]);
      int place = to + 2 * i;
      plane[place] = Float.intBitsToFloat(bits & -(toFirst >>> (2 * i) & 1));
      plane[place + 1] = Float.intBitsToFloat(bits & -(toSecond >>> (2 * i) & 1));
      plane[place + size] = Float.intBitsToFloat(bits & -(toThird >>> (2 * i) & 1));
      plane[place + size + 1] = Float.intBitsToFloat(bits & -(toFourth >>> (2 * i) & 1));
    }
  }
}
