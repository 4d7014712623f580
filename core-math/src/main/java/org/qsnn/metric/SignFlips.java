package org.qsnn.metric;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import org.qsnn.model.NetworkSpec;
import org.qsnn.model.NetworkSpec.Layer;
import org.qsnn.model.NetworkSpec.Weight;
import org.qsnn.model.QuantizedTensor;
import org.qsnn.model.QuantizedTensor.Form;

/**
 * How many 1-bit weights changed their sign between two states of a network: what training still
 * moves.
 */
public final class SignFlips {
  private SignFlips() {}

  /** Bits in which two bit arrays of one length differ. */
  public static long count(byte[] before, byte[] after) {
    requireSameLength(before, after);
    return count(before, after, 0, before.length);
  }

  /**
   * The bits of all binary tensors one after the other, each from a new byte on: a network's signs
   * at one moment, small enough to keep until they are compared.
   *
   * @param weights of a network in the order of {@link NetworkSpec#weights}
   */
  public static byte[] signs(List<QuantizedTensor> weights) {
    ByteArrayOutputStream signs = new ByteArrayOutputStream();
    weights.stream()
        .filter(weight -> isBinary(weight.form()))
        .forEach(weight -> signs.writeBytes(weight.codes()));
    return signs.toByteArray();
  }

  /** How many bytes {@link #signs} of a network has. */
  public static long bytes(NetworkSpec network) {
    return network.weights().stream()
        .filter(weight -> isBinary(weight.form()))
        .mapToLong(SignFlips::signBytes)
        .sum();
  }

  /**
   * Flips in the binary convolutions that feed each spiking layer; 0 for a layer without any.
   *
   * @param before {@link #signs} at one moment
   * @param after the signs of the same network later
   */
  public static long[] perLayer(NetworkSpec network, byte[] before, byte[] after) {
    requireSameLength(before, after);
    List<Long> flips = new ArrayList<>();
    int begin = 0;
    for (List<Weight> weights : binaryWeightsOfLayers(network)) {
      int end = begin + weights.stream().mapToInt(SignFlips::signBytes).sum();
      flips.add(count(before, after, begin, end));
      begin = end;
    }
    return flips.stream().mapToLong(Long::longValue).toArray();
  }

  /** Number of binary weights that feed each spiking layer. */
  public static long[] binaryWeights(NetworkSpec network) {
    return binaryWeightsOfLayers(network).stream()
        .mapToLong(weights -> weights.stream().mapToLong(Weight::elements).sum())
        .toArray();
  }

  private static List<List<Weight>> binaryWeightsOfLayers(NetworkSpec network) {
    List<List<Weight>> layers = new ArrayList<>();
    int next = 0;
    for (Layer layer : network.layers()) {
      int end = next + layer.convolutions().size();
      layers.add(
          network.weights().subList(next, end).stream().filter(w -> isBinary(w.form())).toList());
      next = end;
    }
    return layers;
  }

  private static long count(byte[] before, byte[] after, int begin, int end) {
    long flips = 0;
    for (int i = begin; i < end; i++) {
      flips += Integer.bitCount((before[i] ^ after[i]) & 0xFF);
    }
    return flips;
  }

  private static int signBytes(Weight weight) {
    return Math.toIntExact((weight.elements() + 7) / 8);
  }

  private static boolean isBinary(Form form) {
    return form.bits() == 1;
  }

  private static void requireSameLength(byte[] before, byte[] after) {
    if (before.length != after.length) {
      throw new IllegalArgumentException(
          "bits: expected " + before.length + " bytes, found " + after.length);
    }
  }
}
