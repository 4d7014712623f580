package org.qsnn.quantize;

import java.io.Serializable;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
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

  /** As {@link org.qsnn.model.NetworkSpec#weights} lists them. */
  public List<QuantizedTensor> tensors() {
    return Collections.unmodifiableList(Arrays.asList(tensors));
  }

  /**
   * Batch normalization's weights and biases and the readout's biases, at the offsets of {@link
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

  /** By content. */
  @Override
  public boolean equals(Object other) {
    return this == other
        || (other instanceof SynapticWeights weights
            && Arrays.equals(tensors, weights.tensors)
            && Arrays.equals(others, weights.others));
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(tensors) + Arrays.hashCode(others);
  }
}
