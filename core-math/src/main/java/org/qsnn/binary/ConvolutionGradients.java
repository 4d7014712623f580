package org.qsnn.binary;

import org.qsnn.model.QuantizedTensor;

/** The gradients of a binary convolution. */
interface ConvolutionGradients {
  /** The entries that weights choose. */
  Entries entries(QuantizedTensor weights);

  /**
   * As {@link org.qsnn.layer.Synapses#backward}.
   *
   * @param dw from {@code at} on, overwritten
   */
  void of(GradientPass pass, float[] dw, int at);
}
