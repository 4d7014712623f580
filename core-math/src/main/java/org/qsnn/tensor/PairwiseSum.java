package org.qsnn.tensor;

/**
 * A sum of vectors in the shape of a binary tree over their index: whatever comes first, neighbors
 * are added, then neighboring sums; a last one without a neighbor moves up as it is. At most one
 * partial sum a level waits.
 */
public final class PairwiseSum {
  private final float[][] memory;
  private final int length;
  private int count;
  private int waiting;

  /** Of vectors of that length. */
  public PairwiseSum(int terms, int length) {
    this(new float[vectors(terms)][length], length);
  }

  /**
   * @param memory as many arrays as {@link #vectors} says, of that length or longer
   */
  public PairwiseSum(float[][] memory, int length) {
    this.memory = memory;
    this.length = length;
  }

  /** Arrays for the sum of so many vectors: one for each level, and one for the next vector. */
  public static int vectors(int terms) {
    return Integer.SIZE - Integer.numberOfLeadingZeros(terms) + 1;
  }

  /** Where the next vector is to be written; its contents are undefined. */
  public float[] next() {
    return memory[waiting];
  }

  /** Adds what has been written to {@link #next}. */
  public void add() {
    waiting++;
    count++;
    for (int n = count; n % 2 == 0; n /= 2) {
      addLastTwo();
    }
  }

  private void addLastTwo() {
    waiting--;
    add(memory[waiting - 1], memory[waiting], length);
  }

  private static void add(float[] sum, float[] part, int length) {
    for (int i = 0; i < length; i++) {
      sum[i] += part[i];
    }
  }

  /** The sum of all, until the next vector is added, with which another sum begins. */
  public float[] total() {
    while (waiting > 1) {
      addLastTwo();
    }
    waiting = 0;
    count = 0;
    return memory[0];
  }
}
