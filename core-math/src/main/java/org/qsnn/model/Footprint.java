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
 * @param membranes of the spiking layers in order of execution
 */
public record Footprint(List<Part> parts, long membraneScaleBytes, List<Membrane> membranes) {
  private static final int FLOAT_BITS = MembraneBits.FLOAT;

  /**
   * @param parameters trained numbers
   * @param packedBytes of its weight, folded batch normalization and bias
   */
  public record Part(String name, Weight weight, long parameters, long packedBytes) {
    public long floatBytes() {
      return 4 * parameters;
    }
  }

  /**
   * @param name under which tables list it
   * @param neurons of one sample
   * @param bits of each of their potentials
   */
  public record Membrane(String name, long neurons, int bits) {
    /** Of all of them, for a batch. */
    public long bytes(int batch) {
      return bytesOf(neurons * batch * bits);
    }
  }

  public Footprint {
    parts = List.copyOf(parts);
    membranes = List.copyOf(membranes);
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
    long scales = 0;
    List<Membrane> membranes = new ArrayList<>();
    for (int i = 0; i < spec.layers().size(); i++) {
      Layer layer = spec.layers().get(i);
      scales += spec.membraneScales(i);
      membranes.add(new Membrane(layer.listedName(), layer.neurons(), spec.membraneBits(i)));
    }
    return new Footprint(parts, Float.BYTES * scales, membranes);
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

  /** Neurons of one sample. */
  public long neurons() {
    return membranes.stream().mapToLong(Membrane::neurons).sum();
  }

  /** Bytes of one sample's membrane potentials, each with the bits of its layer. */
  public long membraneBytes() {
    return bytesOf(membranes.stream().mapToLong(m -> m.neurons() * m.bits()).sum());
  }

  /** The same network with the same bits in every layer. */
  public Footprint withMembraneBits(int bits) {
    return new Footprint(
        parts,
        membraneScaleBytes,
        membranes.stream().map(m -> new Membrane(m.name(), m.neurons(), bits)).toList());
  }

  /** Bytes of one sample's membrane potentials if all had so many bits. */
  public long membraneBytes(int bits) {
    return withMembraneBits(bits).membraneBytes();
  }

  /**
   * Bytes as the paper's Table 2 counts them: the weights, and one buffer that holds the membranes
   * of a batch for one layer after the other.
   *
   * @param weightBytes in the form in which they are kept
   */
  public long tableBytes(long weightBytes, int batch) {
    return weightBytes + membranes.stream().mapToLong(m -> m.bytes(batch)).max().orElse(0);
  }

  /** The same if all membranes had so many bits. */
  public long tableBytes(long weightBytes, int bits, int batch) {
    return withMembraneBits(bits).tableBytes(weightBytes, batch);
  }

  /**
   * The share of weight and membrane memory together that the packed network saves against the
   * float network with float membranes: 1 − (packed + u) / (float + u at 32 bits).
   */
  public double saving() {
    double packed = packedBytes() + membraneBytes();
    return 1 - packed / (floatBytes() + membraneBytes(FLOAT_BITS));
  }

  private static long bytesOf(long bits) {
    return (bits + 7) / 8;
  }
}
