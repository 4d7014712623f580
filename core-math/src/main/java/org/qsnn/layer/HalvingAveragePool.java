package org.qsnn.layer;

import org.qsnn.tensor.Activation;
import org.qsnn.tensor.BitTensor;
import org.qsnn.tensor.FloatTensor;
import org.qsnn.tensor.Workspace;

/**
 * {@link AveragePool} with windows of 2 × 2 over an even number of rows: the same means, two
 * windows at a time from a table.
 */
record HalvingAveragePool() implements Pooling {
  private static final AveragePool POOL = new AveragePool(2);

  /** Windows whose two rows are a word each. */
  private static final int WINDOWS = 16;

  /** The means of two windows for their four upper and four lower neurons, the upper ones first. */
  private static final float[] MEANS = means();

  private static float[] means() {
    float[] means = new float[1 << 9];
    for (int i = 0; i < means.length; i++) {
      // Of the four bits of each row the lower or the upper two.
      means[i] = Integer.bitCount((i / 2) & (0x33 << (2 * (i % 2)))) / 4f;
    }
    return means;
  }

  @Override
  public Activation forward(BitTensor spikes, String name, Workspace workspace) {
    FloatTensor pooled = POOL.pooled(spikes, name, workspace);
    int size = spikes.dimension(2);
    int outSize = size / 2;
    // The second of the last two windows may be one too many.
    float[] means = new float[outSize * outSize + 1];
    for (int p = 0; p < spikes.planes(); p++) {
      for (int row = 0; row < outSize; row++) {
        for (int column = 0; column < outSize; column += WINDOWS) {
          int bit = 2 * (row * size + column);
          int top = BitTensor.bitsFrom(spikes.words(), spikes.word(p), bit);
          int bottom = BitTensor.bitsFrom(spikes.words(), spikes.word(p), bit + size);
          int count = Math.min(WINDOWS, outSize - column);
          put(top, bottom, means, row * outSize + column, count);
        }
      }
      pooled.write(p * outSize * outSize, means, 0, outSize * outSize);
    }
    return pooled;
  }

  private static void put(int top, int bottom, float[] means, int to, int count) {
    for (int i = 0; i < count; i += 2) {
      int two = ((top >>> (2 * i)) & 0xf) | (((bottom >>> (2 * i)) & 0xf) << 4);
      means[to + i] = MEANS[2 * two];
      means[to + i + 1] = MEANS[2 * two + 1];
    }
  }

  @Override
  public FloatTensor backward(FloatTensor gradient, BitTensor spikes, Workspace workspace) {
    return POOL.backward(gradient, spikes, workspace);
  }
}
