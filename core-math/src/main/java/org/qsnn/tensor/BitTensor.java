package org.qsnn.tensor;

import java.util.Arrays;
import java.util.Locale;

/**
 * A tensor of zeros and ones {@code [N, C, H, W]}, a bit each, on the heap. A plane H·W starts with
 * a word of its own: bit i of word w is its value 32·w + i, and bits beyond the last are 0.
 */
public final class BitTensor implements Activation {
  /** For each byte eight floats: its bits, the lowest first. */
  private static final float[] FLOATS = floats();

  private final int[] shape;
  private final int plane;
  private final int planeWords;
  private final int planes;
  private final int firstWord;
  private final int[] words;

  /** A new tensor of zeros. */
  public BitTensor(int... shape) {
    // Behind the last plane one of zeros, and a word that bitsFrom may touch.
    this(
        shape.clone(),
        0,
        new int
            [Math.addExact(
                Math.multiplyExact(shape[0] * shape[1] + 1, words(shape[2] * shape[3])), 1)]);
  }

  private BitTensor(int[] shape, int firstWord, int[] words) {
    this.shape = shape;
    this.plane = shape[2] * shape[3];
    this.planeWords = words(plane);
    this.planes = shape[0] * shape[1];
    this.firstWord = firstWord;
    this.words = words;
  }

  @Override
  public BitTensor ofShard(int shard, int shards) {
    int[] some = shape.clone();
    some[0] /= shards;
    return new BitTensor(some, word(shard * planes / shards), words);
  }

  /** Words of a plane of so many bits. */
  public static int words(int plane) {
    return (plane + Integer.SIZE - 1) / Integer.SIZE;
  }

  private static float[] floats() {
    float[] floats = new float[256 * 8];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (i / 8) >> i % 8 & 1;
    }
    return floats;
  }

  /**
   * @throws IllegalArgumentException if a value is neither 0 nor 1, or there are not as many as the
   *     shape has
   */
  public static BitTensor of(float[] values, int... shape) {
    BitTensor tensor = new BitTensor(shape);
    if (values.length != tensor.size()) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "%s: expected %d values, found %d",
              tensor,
              tensor.size(),
              values.length));
    }
    for (int i = 0; i < values.length; i++) {
      if (values[i] == 1f) {
        int bit = i % tensor.plane;
        tensor.words[tensor.word(i / tensor.plane) + bit / Integer.SIZE] |= 1 << bit;
      } else if (values[i] != 0f) {
        throw new IllegalArgumentException(tensor + ": expected 0 or 1, found " + values[i]);
      }
    }
    return tensor;
  }

  /** The memory itself: {@link #word} says where a plane starts. */
  public int[] words() {
    return words;
  }

  /**
   * The first word of a plane, n · C + c.
   *
   * @return an index of {@link #words()}
   */
  public int word(int planeIndex) {
    return firstWord + planeIndex * planeWords;
  }

  /** The first word of a plane of zeros. */
  public int silentWord() {
    return words.length - 1 - planeWords;
  }

  /** Number of planes. */
  public int planes() {
    return planes;
  }

  /** As many bits as an int has, from any bit of a plane on. */
  public static int bitsFrom(int[] words, int word, int bit) {
    int i = word + bit / Integer.SIZE;
    long both = (words[i] & 0xffffffffL) | ((long) words[i + 1] << Integer.SIZE);
    return (int) (both >>> bit % Integer.SIZE);
  }

  /** Number of ones in so many planes. */
  public long count(int firstPlane, int number) {
    long count = 0;
    for (int i = word(firstPlane); i < word(firstPlane + number); i++) {
      count += Integer.bitCount(words[i]);
    }
    return count;
  }

  @Override
  public int[] shape() {
    return shape.clone();
  }

  @Override
  public int dimension(int axis) {
    return shape[axis];
  }

  @Override
  public int size() {
    return planes * plane;
  }

  @Override
  public void read(int index, float[] target, int offset, int length) {
    int first = index / plane;
    for (int p = 0; p < length / plane; p++) {
      read(words, word(first + p), target, offset + p * plane, plane);
    }
  }

  private static void read(int[] words, int word, float[] target, int offset, int plane) {
    int whole = plane - plane % 8;
    for (int i = 0; i < whole; i += 8) {
      int row = (words[word + i / Integer.SIZE] >>> i & 0xff) * 8;
      int to = offset + i;
      target[to] = FLOATS[row];
      target[to + 1] = FLOATS[row + 1];
      target[to + 2] = FLOATS[row + 2];
      target[to + 3] = FLOATS[row + 3];
      target[to + 4] = FLOATS[row + 4];
      target[to + 5] = FLOATS[row + 5];
      target[to + 6] = FLOATS[row + 6];
      target[to + 7] = FLOATS[row + 7];
    }
    for (int i = whole; i < plane; i++) {
      target[offset + i] = words[word + i / Integer.SIZE] >>> i & 1;
    }
  }

  @Override
  public String toString() {
    return "BitTensor" + Arrays.toString(shape);
  }
}
