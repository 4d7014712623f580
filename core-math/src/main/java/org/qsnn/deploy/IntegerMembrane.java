package org.qsnn.deploy;

import java.util.Arrays;

/**
 * What a neuron that did not fire, or was reset softly, keeps for the next timestep: a code −levels
 * … levels, which is odd in u, so that it is told by |u|. Boundaries and spans are keys, the bits
 * of |u| as a float ({@link Rounding#key}).
 *
 * @param levels codes a side
 * @param carried {@code [2 · levels + 1]} from the smallest code on: what a code adds to the next
 *     current, in units of the layer
 * @param boundaries {@code [levels]}: the smallest key whose code is 1, 2, …; {@link
 *     Integer#MAX_VALUE} for codes that do not occur
 * @param spans triples of first key, last key and code: where the code is not the number of
 *     boundaries up to the key, because the float tanh falls by a few of its last digits; sorted
 */
public record IntegerMembrane(int levels, long[] carried, int[] boundaries, int[] spans) {

  /** The code of |u|. */
  public int code(int key) {
    for (int i = 0; i < spans.length; i += 3) {
      if (key >= spans[i] && key <= spans[i + 1]) {
        return spans[i + 2];
      }
    }
    int place = Arrays.binarySearch(boundaries, key);
    if (place < 0) {
      return -place - 1;
    }
    while (place < levels && boundaries[place] == key) {
      place++;
    }
    return place;
  }
}
