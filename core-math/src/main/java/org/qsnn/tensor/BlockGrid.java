package org.qsnn.tensor;

import java.util.Arrays;

/**
 * How the planes of a {@link BitTensor} are cut into blocks: a group of samples lies side by side,
 * word after word, for one channel and timestep, and a block is as many of these words as a vector
 * has lanes. Its {@link #neurons} are numbered bit by bit, so that bit j of all words is one
 * vector: {@code j · lanes + word}.
 */
public final class BlockGrid {
  /** Where no vectors are: as many as the widest have. */
  private static final int PLAIN_LANES = 16;

  private final int lanes;
  private final int plane;
  private final int planeWords;
  private final int samples;

  /**
   * @param plane values of a plane
   * @param batch samples that there are
   */
  public BlockGrid(int plane, int batch) {
    this.lanes = lanes();
    this.plane = plane;
    this.planeWords = BitTensor.words(plane);
    this.samples = Math.min(batch, lanes / commonDivisor(planeWords, lanes));
  }

  /** Words of a block. */
  public static int lanes() {
    return VectorSupport.isUsed() ? KernelVectors.LANES : PLAIN_LANES;
  }

  /** Of a number and a power of two. */
  private static int commonDivisor(int number, int power) {
    return Math.min(Integer.lowestOneBit(number), power);
  }

  /** Neurons of a block. */
  public static int neurons() {
    return Integer.SIZE * lanes();
  }

  /** Samples of a group: the fewest that fill their blocks, or all. */
  public int samples() {
    return samples;
  }

  /** Values of a plane. */
  public int plane() {
    return plane;
  }

  /** Words of a plane. */
  public int planeWords() {
    return planeWords;
  }

  /** Blocks of a group of so many samples. */
  public int blocks(int ofSamples) {
    return (ofSamples * planeWords + lanes - 1) / lanes;
  }

  /** Whether most neurons of the blocks are there. */
  public boolean isDense() {
    return 2 * samples * plane > blocks(samples) * neurons();
  }

  /**
   * Writes the words of a block where they belong.
   *
   * @param words one a lane
   * @param firstPlane that of the group's first sample
   * @param planePitch planes from a sample to the next
   * @param ofSamples how many the group has
   */
  public void write(
      int[] words, int block, BitTensor target, int firstPlane, int planePitch, int ofSamples) {
    int word = block * lanes;
    int end = Math.min(word + lanes, ofSamples * planeWords);
    int from = 0;
    while (word < end) {
      int sample = word / planeWords;
      int first = word % planeWords;
      int count = Math.min(end - word, planeWords - first);
      int to = target.word(firstPlane + sample * planePitch) + first;
      System.arraycopy(words, from, target.words(), to, count);
      if (first + count == planeWords && plane % Integer.SIZE != 0) {
        target.words()[to + count - 1] &= (1 << plane % Integer.SIZE) - 1;
      }
      word += count;
      from += count;
    }
  }

  /**
   * The words of a block, as {@link #write} wrote them; zeros where there are none.
   *
   * @param words overwritten
   */
  public void read(
      BitTensor source, int firstPlane, int planePitch, int ofSamples, int block, int[] words) {
    int word = block * lanes;
    int end = Math.min(word + lanes, ofSamples * planeWords);
    int to = 0;
    while (word < end) {
      int sample = word / planeWords;
      int first = word % planeWords;
      int count = Math.min(end - word, planeWords - first);
      int from = source.word(firstPlane + sample * planePitch) + first;
      System.arraycopy(source.words(), from, words, to, count);
      word += count;
      to += count;
    }
    Arrays.fill(words, to, words.length, 0);
  }
}
