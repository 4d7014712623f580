package org.qsnn.binary;

import org.qsnn.tensor.VectorSupport;

/**
 * The inner loops of {@link RowSpikeSums}. An int holds four signed bytes, each the sum of a
 * quarter of the images, or two sums of 16 bits; sums and differences of such ints are those of all
 * their parts. They are exact, so that no order matters.
 */
interface SpikeRowSums {
  /** Added to four signed bytes, it makes each of them positive. */
  int BIASES = 0x80808080;

  /** What is left of it in either of two sums of 16 bits. */
  int TWO_BIASES = 0x00800080;

  int EVEN_BYTES = 0x00ff00ff;

  /**
   * Sums of 16 bits of outputs, two ints a column: of the first and third quarter of the images,
   * and of the second and fourth.
   *
   * @param at where the first output's start; the others are {@code pitch} apart
   * @param columns whole vectors of {@link RowSums#lanes}
   */
  record QuarterSums(int[] even, int[] odd, int at, int pitch, int outputs, int columns) {
    /** The same from another place on. */
    QuarterSums from(int place) {
      return new QuarterSums(even, odd, place, pitch, outputs, columns);
    }
  }

  /**
   * For each output and column i, adds Σ ±table[start + entries[k] + i], and 128, which whoever
   * reads the sums takes away.
   *
   * @param entries for one output after the other as {@link Entries#sort} writes them
   * @param from where those of the first output start
   * @param count the same for each output
   */
  void add(int[] table, int start, int[] entries, int from, int count, QuarterSums sums);

  /**
   * The first output's sums times factor, as four rows.
   *
   * @param rows the quarters of the images, {@code pitch} apart
   */
  void unpack(QuarterSums sums, float factor, float[] rows, int at, int pitch);

  /** The fastest implementation on this JVM. */
  static SpikeRowSums best() {
    return VectorSupport.isUsed() ? new VectorSpikeRowSums() : new PlainSpikeRowSums();
  }
}
