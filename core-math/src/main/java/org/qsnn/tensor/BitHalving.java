package org.qsnn.tensor;

/** Planes of bits of which every other row or column is left out. */
public final class BitHalving {
  /** Bits of half of an int. */
  private static final int WORD_HALF = 16;

  /** For groups of 1, 2, 4, 8 and 16 bits, those of even groups. */
  private static final int[] EVEN = new int[WORD_HALF + 1];

  static {
    EVEN[1] = 0x55555555;
    EVEN[2] = 0x33333333;
    EVEN[4] = 0x0f0f0f0f;
    EVEN[8] = 0x00ff00ff;
    EVEN[WORD_HALF] = 0xffff;
  }

  private BitHalving() {}

  /**
   * Whether planes can be halved in both directions.
   *
   * @param size rows of a plane, and their length
   */
  public static boolean isPossible(int size) {
    return size > 1 && size <= Integer.SIZE && Integer.bitCount(size) == 1;
  }

  /** Words of a plane with half of the columns. */
  public static int words(int size) {
    return BitTensor.words(size * size / 2);
  }

  /**
   * Writes every other column.
   *
   * @param word where the plane starts
   * @param first 0 or 1: the column that is the first to be written
   * @param target {@link #words} of it are overwritten
   */
  public static void columns(int[] words, int word, int size, int first, int[] target) {
    halve(words, word, BitTensor.words(size * size), 1, first, target, 0);
  }

  /**
   * Writes every other row of half of the columns.
   *
   * @param halved as {@link #columns} leaves them
   * @param first 0 or 1: the row that is the first to be written
   * @param to where the plane of a quarter of the bits starts in the target
   */
  public static void rows(int[] halved, int size, int first, int[] target, int to) {
    halve(halved, 0, words(size), size / 2, first, target, to);
  }

  /**
   * Writes every other group of bits.
   *
   * @param group bits of a group, a power of two
   * @param first 0 or 1: the group that is the first to be written
   */
  private static void halve(
      int[] words, int word, int count, int group, int first, int[] target, int to) {
    int shift = first * group;
    for (int i = 0; i < count; i += 2) {
      int low = even(words[word + i] >>> shift, group);
      int high = i + 1 < count ? even(words[word + i + 1] >>> shift, group) : 0;
      target[to + i / 2] = low | high << WORD_HALF;
    }
  }

  /** The groups 0, 2, 4 and so on of an int, side by side. */
  private static int even(int bits, int group) {
    int even = bits & EVEN[group];
    for (int n = group; n < WORD_HALF; n *= 2) {
      even = (even | even >>> n) & EVEN[2 * n];
    }
    return even;
  }
}
