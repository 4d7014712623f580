package org.qsnn.slice;

import org.qsnn.tensor.VectorSupport;

/**
 * The inner loops of {@link SlicedConvolution}. A slice is a bit of each neuron of a block, {@link
 * org.qsnn.tensor.BlockGrid#lanes} words; slices of weight 1, 2, 4 and so on are a number for each
 * neuron. Sums are exact, so that their order is free.
 */
interface SliceSums {
  /** Slices that {@link #add} takes at once. */
  int TERMS = 8;

  /** Slices of a sum that {@link #add} leaves: of weight 1, 2 and 4. */
  int DIGITS = 3;

  /** Digits that {@link #spread} takes at most. */
  int BYTE = 8;

  /**
   * Where the bits of a tap lie, the same for each channel.
   *
   * @param from the word from which the block's are read
   * @param pitch words from a channel to the next
   * @param bit of that word with which they begin
   * @param mask where the masks of the block start: bits that have no such neighbor are 0
   * @param to where the first channel's slice is written
   * @param toPitch words from its slice to that of the next channel
   */
  record Shift(int from, int pitch, int bit, int mask, int to, int toPitch) {}

  /** Writes the slices of a tap. */
  void shift(int[] words, Shift tap, int channels, int[] masks, int[] slices);

  /**
   * Adds slices of one weight.
   *
   * @param places where they start, of a multiple of {@link #TERMS}
   * @param sums where the {@link #DIGITS} lower digits go
   * @param carries where the slices of eight times the weight go, one for each {@link #TERMS}
   */
  void add(int[] slices, int[] places, int from, int to, int sums, int carries);

  /**
   * Spreads numbers of {@link #BYTE} digits at most: byte j of int {@code k · lanes + word} is the
   * number of bit {@code 8 · j + k} of that word.
   *
   * @param sums where the slices of the digits are, that of weight 1 first
   */
  void spread(int[] slices, int sums, int digits, int bytes);

  /**
   * Adds factor times the number of each neuron.
   *
   * @param bytes as {@link #spread} leaves them
   * @param from where the ints are that are added to
   * @param to where the results go
   */
  void addNumbers(int[] slices, int bytes, int from, int to, int factor);

  /**
   * Numbers as a current adds them.
   *
   * @param bytes as {@link #spread} leaves them
   * @param all where the numbers are that the doubled ones are reduced by
   */
  record Numbers(int bytes, int all, float factor) {}

  /**
   * u = scale · (factor · (2 · number − all)) + u, the last by one fused multiply-add.
   *
   * @param at where u starts
   */
  void addTo(float[] u, int at, int[] slices, Numbers numbers, float scale);

  /** u = scale · s + u, one fused multiply-add, for the bits s of one slice. */
  void addTo(float[] u, int at, int[] slice, float scale);

  /** The fastest implementation on this JVM. */
  static SliceSums best() {
    return VectorSupport.isUsed() ? new VectorSliceSums() : new PlainSliceSums();
  }
}
