package org.qsnn.model;

import java.util.ArrayList;
import java.util.List;
import org.qsnn.model.NetworkSpec.Convolution;
import org.qsnn.model.NetworkSpec.Layer;
import org.qsnn.model.NetworkSpec.Linear;
import org.qsnn.model.NetworkSpec.Weight;

/**
 * Sizes of a network in the sense of the Q-SNN paper.
 *
 * <p>w is what the weights take: in float, 4 bytes a trained parameter (weights, biases, batch
 * normalization's two a channel; running statistics do not count); packed, the tensors of a {@link
 * PackedModel} without the file's header. u is what the membrane potentials take: one number for
 * each neuron of one sample, whatever the number of timesteps, since a timestep overwrites the one
 * before.
 *
 * @param parts convolutions with their batch normalization in order of execution, then the
 *     readout's layers
 * @param membraneScaleBytes of all layers
 * @param neurons of one sample
 * @param largestLayer neurons of the layer that has most
 */
public record Footprint(
    List<Part> parts, long membraneScaleBytes, long neurons, long largestLayer) {
  private static final int FLOAT_BITS = 32;

  /**
   * @param parameters trained numbers
   * @param packedBytes of its weight, folded batch normalization and bias
   */
  public record Part(String name, Weight weight, long parameters, long packedBytes) {
    public long floatBytes() {
      return 4 * parameters;
    }
  }

  public Footprint {
    parts = List.copyOf(parts);
  }

  public static Footprint of(NetworkSpec spec) {
    List<Weight> weights = spec.weights();
    List<Convolution> convolutions = spec.convolutions();
    List<Part> parts = new ArrayList<>();
    for (int i = 0; i < convolutions.size(); i++) {
      Convolution convolution = convolutions.get(i);
      long perChannel = convolution.hasBias() ? 3 : 2;
      long channels = convolution.outChannels();
      parts.add(part(convolution.name(), weights.get(i), perChannel * channels, 8 * channels));
    }
    for (Linear linear : spec.readout().layers()) {
      Weight weight = weights.get(parts.size());
      parts.add(part(linear.name(), weight, linear.outputs(), 4L * linear.outputs()));
    }
    return new Footprint(
        parts,
        4L * spec.membraneScalesPerLayer() * spec.layers().size(),
        spec.layers().stream().mapToLong(Layer::neurons).sum(),
        spec.layers().stream().mapToLong(Layer::neurons).max().orElse(0));
  }

  private static Part part(String name, Weight weight, long otherParameters, long otherBytes) {
    return new Part(
        name, weight, weight.elements() + otherParameters, weight.packedBytes() + otherBytes);
  }

  public long parameters() {
    return parts.stream().mapToLong(Part::parameters).sum();
  }

  /** Bytes of all parameters in float. */
  public long floatBytes() {
    return 4 * parameters();
  }

  /** Bytes of a packed model's tensors. */
  public long packedBytes() {
    return parts.stream().mapToLong(Part::packedBytes).sum() + membraneScaleBytes;
  }

  /** Bytes of one sample's membrane potentials at some bits each. */
  public long membraneBytes(int bits) {
    return (neurons * bits + 7) / 8;
  }

  /**
   * Bytes as the paper's Table 2 counts them: the weights, and one buffer that holds the membranes
   * of a batch for one layer after the other.
   *
   * @param weightBytes in the form in which they are kept
   * @param bits of a membrane
   */
  public long tableBytes(long weightBytes, int bits, int batch) {
    return weightBytes + (largestLayer * batch * bits + 7) / 8;
  }

  /**
   * The share of weight and membrane memory together that the packed network saves against the
   * float network with float membranes: 1 − (packed + u at {@code membraneBits}) / (float + u at 32
   * bits).
   */
  public double saving(int membraneBits) {
    double packed = packedBytes() + membraneBytes(membraneBits);
    return 1 - packed / (floatBytes() + membraneBytes(FLOAT_BITS));
  }
}
