package org.qsnn.binary;

import org.qsnn.model.QuantizedTensor;

/**
 * The numbers of the entries that weights choose: bit k is 1 where the weight of the group's
 * channel k is positive. Those of all taps of an output and a group are made at once: in a word,
 * each tap has a lane of as many bits as a group has channels.
 */
final class EntryNumbers {
  /** Taps of a word: lanes of {@link TableSums#LARGE_GROUP} bits fit a long. */
  private static final int WORD = 9;

  private static final long[] SMALL = lanes(TableSums.GROUP);
  private static final long[] LARGE = lanes(TableSums.LARGE_GROUP);

  private final PackedSigns signs;
  private final TapMatrix matrix;
  private final int groupSize;
  private final long[] spread;
  private final long[] words;

  /**
   * @param groupSize {@link TableSums#GROUP} or {@link TableSums#LARGE_GROUP}
   */
  EntryNumbers(QuantizedTensor weights, TapMatrix matrix, int groupSize) {
    this.signs = PackedSigns.of(weights, matrix.weights());
    this.matrix = matrix;
    this.groupSize = groupSize;
    this.spread = groupSize == TableSums.GROUP ? SMALL : LARGE;
    this.words = new long[(matrix.taps() + WORD - 1) / WORD];
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

  /** Makes the numbers of an output and a group; where the group has no channel the bit is 0. */
  void read(int output, int group) {
    int first = group * groupSize;
    int channels = Math.min(groupSize, matrix.inputs() - first);
    for (int w = 0; w < words.length; w++) {
      int from = w * WORD;
      int mask = (1 << Math.min(WORD, matrix.taps() - from)) - 1;
      int sign = output * matrix.outputPitch() + first * matrix.inputPitch() + from;
      long word = 0;
      for (int k = 0; k < channels; k++) {
        word |= spread[signs.from(sign) & mask] << k;
        sign += matrix.inputPitch();
      }
      words[w] = word;
    }
  }

  /** The number for a tap, of what was read last. */
  int entry(int tap) {
    int lane = tap % WORD * groupSize;
    return (int) (words[tap / WORD] >>> lane) & ((1 << groupSize) - 1);
  }
}
