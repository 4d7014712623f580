package org.qsnn.metric;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.qsnn.model.NetworkSpec;
import org.qsnn.model.NetworkSpec.Branch;
import org.qsnn.model.QuantizedTensor;

/**
 * How many 1-bit weights changed their sign between two states of a network: what training still
 * moves.
 */
public final class SignFlips {
  private SignFlips() {}

  /** Bits in which two bit arrays of one length differ. */
  public static long count(byte[] before, byte[] after) {
    if (before.length != after.length) {
      throw new IllegalArgumentException(
          "bits: expected " + before.length + " bytes, found " + after.length);
    }
    long flips = 0;
    for (int i = 0; i < before.length; i++) {
      flips += Integer.bitCount((before[i] ^ after[i]) & 0xFF);
    }
    return flips;
  }

  /**
   * Flips in the binary convolutions that feed each spiking layer; 0 for a layer without any.
   *
   * @param before synaptic weights under the names of {@link NetworkSpec.Convolution}
   * @param after the same tensors later
   */
  public static long[] perLayer(
      NetworkSpec network, List<QuantizedTensor> before, List<QuantizedTensor> after) {
    Map<String, QuantizedTensor> earlier = new HashMap<>();
    before.forEach(tensor -> earlier.put(tensor.name(), tensor));
    return sumPerLayer(
        network, after, tensor -> count(earlier.get(tensor.name()).codes(), tensor.codes()));
  }

  /** Number of binary weights that feed each spiking layer. */
  public static long[] binaryWeights(NetworkSpec network, List<QuantizedTensor> weights) {
    return sumPerLayer(network, weights, QuantizedTensor::elements);
  }

  private interface Measure {
    long of(QuantizedTensor tensor);
  }

  private static long[] sumPerLayer(
      NetworkSpec network, List<QuantizedTensor> weights, Measure measure) {
    Map<String, Long> byName = new HashMap<>();
    for (QuantizedTensor tensor : weights) {
      if (isBinary(tensor)) {
        byName.put(tensor.name(), measure.of(tensor));
      }
    }
    return network.layers().stream()
        .mapToLong(
            layer ->
                layer.branches().stream()
                    .filter(branch -> !branch.isIdentity())
                    .mapToLong(branch -> byName.getOrDefault(weightName(branch), 0L))
                    .sum())
        .toArray();
  }

  private static boolean isBinary(QuantizedTensor tensor) {
    return switch (tensor.form()) {
      case BINARY_EXPONENT, BINARY_SCALE -> true;
      case INT8, FLOAT -> false;
    };
  }

  private static String weightName(Branch branch) {
    return branch.convolution().name() + ".conv.weight";
  }
}
