package org.qsnn.quantize;

import java.io.Serializable;
import org.qsnn.model.QuantizedTensor;

/**
 * What travels from the driver to the executors in each step: the effective weights of a network, 1
 * bit each but for the ends, and the few parameters that are not quantized.
 */
public final class SynapticWeights implements Serializable {
  private static final long serialVersionUID = 1L;

  private final QuantizedTensor[] tensors;
  private final float[] others;

  SynapticWeights(QuantizedTensor[] tensors, float[] others) {
    this.tensors = tensors;
    this.others = others;
  }

  /** Number of convolutions. */
  public int convolutions() {
    return tensors.length - 1;
  }

  /** Weights {@code [out, in, kernel, kernel]}, convolutions in order of execution. */
  public QuantizedTensor convolution(int index) {
    if (index < 0 || index >= convolutions()) {
      throw new IndexOutOfBoundsException(
          "convolution " + index + " of " + convolutions() + " convolutions");
    }
    return tensors[index];
  }

  /** Weights {@code [classes, features]} of the last layer. */
  public QuantizedTensor readout() {
    return tensors[tensors.length - 1];
  }

  /**
   * Batch normalization's weights and biases and the readout's bias, at the offsets of {@link
   * org.qsnn.parameter.NetworkLayout#others}. Not a copy.
   */
  public float[] others() {
    return others;
  }

  /** Bytes of the arrays that travel. */
  public int packedBytes() {
    int bytes = 4 * others.length;
    for (QuantizedTensor tensor : tensors) {
      bytes += tensor.packedBytes();
    }
    return bytes;
  }
}
