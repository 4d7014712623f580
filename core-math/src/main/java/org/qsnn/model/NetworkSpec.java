package org.qsnn.model;

import java.util.ArrayList;
import java.util.List;
import org.qsnn.model.QuantizedTensor.Form;

/**
 * An architecture as data: spiking layers in order of execution, then a linear readout. Layer
 * {@code i} sums the currents of its branches into LIF neurons; a branch reads the network's input
 * ({@link #INPUT}) or the output of an earlier layer, through convolution and batch normalization
 * or as it is.
 *
 * @param architecture name that {@link Architectures} knows
 * @param width channels of the first layer
 * @param timesteps simulation timesteps T
 * @param inputSize height and width of the (square) input
 * @param membraneBits 2, 4, 8, or 32 for a float membrane
 */
public record NetworkSpec(
    String architecture,
    int width,
    int timesteps,
    int inputChannels,
    int inputSize,
    int classes,
    WeightScheme weightScheme,
    int membraneBits,
    List<Layer> layers,
    Readout readout) {

  /** As a branch's source: the network's input instead of a layer. */
  public static final int INPUT = -1;

  public NetworkSpec {
    layers = List.copyOf(layers);
  }

  /**
   * One layer of LIF neurons.
   *
   * @param channels C of its output
   * @param size height and width of its neurons
   * @param pool extent of the average pool after the neurons; 1 for none
   */
  public record Layer(String name, int channels, int size, List<Branch> branches, int pool) {
    public Layer {
      branches = List.copyOf(branches);
    }

    /** Height and width of what the next layer sees. */
    public int outputSize() {
      return size / pool;
    }

    /** Neurons of one sample. */
    public int neurons() {
      return channels * size * size;
    }
  }

  /**
   * One input current of a layer.
   *
   * @param source index of the layer that is read, or {@link #INPUT}
   * @param convolution null for an identity shortcut
   */
  public record Branch(int source, Convolution convolution) {
    public boolean isIdentity() {
      return convolution == null;
    }
  }

  /**
   * A square convolution, followed by batch normalization. Its tensors are called {@code
   * name.conv.weight [out, in, kernel, kernel]}, {@code name.conv.bias}, {@code name.bn.weight},
   * {@code name.bn.bias}.
   *
   * @param hasBias whether a bias stands in front of the batch normalization
   * @param isEnd whether it is the network's first convolution, which is quantized to 8 bits
   */
  public record Convolution(
      String name,
      int inChannels,
      int outChannels,
      int kernel,
      int stride,
      int padding,
      boolean hasBias,
      boolean isEnd) {
    public int[] weightShape() {
      return new int[] {outChannels, inChannels, kernel, kernel};
    }
  }

  /**
   * The last, linear layer, quantized to 8 bits: {@code name.weight [classes, features]}, {@code
   * name.bias [classes]}.
   *
   * @param globalAverage whether height and width are averaged first; otherwise they are flattened
   */
  public record Readout(String name, int features, int classes, boolean globalAverage) {}

  /** All convolutions in order of execution. */
  public List<Convolution> convolutions() {
    return layers.stream()
        .flatMap(layer -> layer.branches().stream())
        .filter(branch -> !branch.isIdentity())
        .map(Branch::convolution)
        .toList();
  }

  /** One synaptic weight tensor: {@code [out, …]} and how it is stored. */
  public record Weight(String name, int[] shape, Form form) {
    public long elements() {
      return Tensor.elements(shape);
    }

    public long packedBytes() {
      return form.packedBytes(elements(), shape[0]);
    }
  }

  /** All synaptic weights: the convolutions in order of execution, then the readout. */
  public List<Weight> weights() {
    List<Weight> weights = new ArrayList<>();
    for (Convolution convolution : convolutions()) {
      Form form = convolution.isEnd() ? weightScheme.end() : weightScheme.inner();
      weights.add(new Weight(convolution.name() + ".conv.weight", convolution.weightShape(), form));
    }
    weights.add(
        new Weight(
            readout.name() + ".weight",
            new int[] {readout.classes(), readout.features()},
            weightScheme.end()));
    return weights;
  }

  /**
   * Membrane scales that each layer stores: one for every timestep whose membrane is quantized and
   * carried on.
   */
  public int membraneScalesPerLayer() {
    return membraneBits == 32 ? 0 : timesteps - 1;
  }
}
