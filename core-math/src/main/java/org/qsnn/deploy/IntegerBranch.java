package org.qsnn.deploy;

/**
 * One current of a layer: {@code factors[c] · sum}, in units of the layer. The sum adds what the
 * source hands on, times weights; of an identity it is what the source hands on at the same place.
 *
 * @param source index of the layer that is read, or −1 for the input
 * @param weights {@code [out, in, kernel, kernel]} in C order: of {@link Kind#CODES} −127 … 127; of
 *     {@link Kind#SIGNS} bits, 1 for +1 and 0 for −1, eight a byte, the lowest first; empty for an
 *     identity
 * @param factors one an output channel
 */
public record IntegerBranch(
    Kind kind,
    int source,
    int inChannels,
    int kernel,
    int stride,
    int padding,
    byte[] weights,
    long[] factors) {

  /** What is added up. */
  public enum Kind {
    /** Numbers of the input times int8 codes. */
    CODES,
    /** Counts of spikes times +1 or −1. */
    SIGNS,
    /** Counts of spikes as they are. */
    IDENTITY
  }

  /** Whether a weight of {@link Kind#SIGNS} is +1. */
  public boolean isPlus(int weight) {
    return (weights[weight >> 3] >> (weight & 7) & 1) == 1;
  }

  /** Weights that meet in one sum. */
  public int fanIn() {
    return kind == Kind.IDENTITY ? 1 : inChannels * kernel * kernel;
  }
}
