package org.qsnn.binary;

import org.qsnn.model.NetworkSpec.Convolution;

/**
 * How a transform reads a convolution's weights, {@code [out, in, k, k]} in C order: which of them
 * belong to one of its outputs and one of its inputs.
 *
 * @param taps of each output and input, side by side
 * @param outputPitch weights from one output to the next
 * @param inputPitch weights from one input to the next
 */
record TapMatrix(int outputs, int inputs, int taps, int outputPitch, int inputPitch) {
  /**
   * From input channels to output channels and, behind them, one output whose weights are all +.
   */
  static TapMatrix forward(Convolution c) {
    int taps = c.kernel() * c.kernel();
    return new TapMatrix(c.outChannels() + 1, c.inChannels(), taps, c.inChannels() * taps, taps);
  }

  /** From output channels to input channels. */
  static TapMatrix transposed(Convolution c) {
    int taps = c.kernel() * c.kernel();
    return new TapMatrix(c.inChannels(), c.outChannels(), taps, taps, c.inChannels() * taps);
  }

  /** Number of weights. */
  int weights() {
    return outputs * inputs * taps;
  }
}
