package org.qsnn.binary;

import org.qsnn.model.QuantizedTensor;

/**
 * Which weights are positive, as numbers of a table's entries: bit k is the sign of the group's
 * channel k. The entries of all taps of an output and a group are made at once: in a word, each tap
 * has a lane of as many bits as a group has channels.
 */
final class EntryNumbers {
  /** Taps of a word: lanes of {@link TableSums#LARGE_GROUP} bits fit a long. */
  private static final int WORD = 9;

  private static final long[] SMALL = lanes(TableSums.GROUP);
  private static final long[] LARGE = lanes(TableSums.LARGE_GROUP);

  private final PackedSigns bits;
  private final int taps;
  private final int outputs;
  private final int inputs;
  private final int groupSize;
  private final int outputStep;
  private final int inputStep;
  private final long[] spread;
  private final long[] words;

  private EntryNumbers(
      PackedSigns bits,
      int taps,
      int outputs,
      int inputs,
      int groupSize,
      int outputStep,
      int inputStep) {
    this.bits = bits;
    this.taps = taps;
    this.outputs = outputs;
    this.inputs = inputs;
    this.groupSize = groupSize;
    this.outputStep = outputStep;
    this.inputStep = inputStep;
    this.spread = groupSize == TableSums.GROUP ? SMALL : LARGE;
    this.words = new long[(taps + WORD - 1) / WORD];
  }

  /** For the bits of each number below 2^{@link #WORD} a lane each, in the lane's lowest bit. */
  private static long[] lanes(int width) {
    long[] lanes = new long[1 << WORD];
    for (int set = 0; set < lanes.length; set++) {
      for (int i = 0; i < WORD; i++) {
        lanes[set] |= (set >> i & 1L) << (i * width);
      }
    }
    return lanes;
  }

  /** Of the weights {@code [out, in, k, k]} and, as one output more, of weights that all are. */
  static EntryNumbers forward(QuantizedTensor weights) {
    int[] shape = weights.shape();
    int taps = shape[2] * shape[3];
    int count = shape[1] * taps;
    PackedSigns bits = PackedSigns.of(weights, count);
    return new EntryNumbers(bits, taps, shape[0] + 1, shape[1], TableSums.GROUP, count, taps);
  }

  /**
   * Of the weights {@code [in, out, k, k]}.
   *
   * @param groupSize {@link TableSums#GROUP} or {@link TableSums#LARGE_GROUP}
   */
  static EntryNumbers backward(QuantizedTensor weights, int groupSize) {
    int[] shape = weights.shape();
    int taps = shape[2] * shape[3];
    PackedSigns bits = PackedSigns.of(weights, 0);
    return new EntryNumbers(bits, taps, shape[1], shape[0], groupSize, taps, shape[1] * taps);
  }

  int outputs() {
    return outputs;
  }

  int inputs() {
    return inputs;
  }

  int groupSize() {
    return groupSize;
  }

  /** Makes the entries of an output and a group; where the group has no channel its bit is 0. */
  void read(int output, int group) {
    int first = group * groupSize;
    int channels = Math.min(groupSize, inputs - first);
    for (int w = 0; w < words.length; w++) {
      int from = w * WORD;
      int mask = (1 << Math.min(WORD, taps - from)) - 1;
      int bit = output * outputStep + first * inputStep + from;
      long word = 0;
      for (int k = 0; k < channels; k++) {
        word |= spread[bits.from(bit) & mask] << k;
        bit += inputStep;
      }
      words[w] = word;
    }
  }

  /** Number of the entry of a tap, of what was read last. */
  int entry(int tap) {
    int lane = tap % WORD * groupSize;
    return (int) (words[tap / WORD] >>> lane) & ((1 << groupSize) - 1);
  }
}
