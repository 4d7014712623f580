package org.qsnn.model;

import java.io.Serializable;

/**
 * What the backward pass alone depends on.
 *
 * @param surrogate for the derivative of a spike
 * @param gradientBits of the numbers in which gradients of binary layers are added: {@link
 *     #FLOATS}, or {@link #INTEGERS}, rounded at random
 */
public record BackwardPass(Surrogate surrogate, int gradientBits) implements Serializable {
  public static final int FLOATS = 32;
  public static final int INTEGERS = 16;

  /** The published code's, and the default. */
  public static final BackwardPass PUBLISHED = new BackwardPass(Surrogate.PUBLISHED, FLOATS);

  public BackwardPass {
    if (gradientBits != FLOATS && gradientBits != INTEGERS) {
      throw new IllegalArgumentException(
          "gradient bits: must be " + FLOATS + " or " + INTEGERS + "; found " + gradientBits);
    }
  }
}
