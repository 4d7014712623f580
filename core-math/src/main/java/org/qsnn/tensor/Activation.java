package org.qsnn.tensor;

/**
 * What a layer reads, {@code [N, C, H, W]} in C order: images and pooled spikes are a {@link
 * FloatTensor}, spikes a {@link BitTensor}.
 */
public sealed interface Activation extends FloatSource permits FloatTensor, BitTensor {
  int[] shape();

  int dimension(int axis);

  /** Number of values. */
  int size();

  /**
   * The images of one of so many shards, which follow each other and have as many, in the same
   * memory.
   */
  Activation ofShard(int shard, int shards);

  /** Copies values from {@code index} on; of bits only whole planes. */
  @Override
  void read(int index, float[] target, int offset, int length);

  default float[] toArray() {
    float[] values = new float[size()];
    read(0, values, 0, values.length);
    return values;
  }
}
