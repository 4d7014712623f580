package org.qsnn.model;

import java.util.ArrayList;
import java.util.List;
import org.qsnn.model.QuantizedTensor.Form;

/**
 * A network as data: spiking layers in order of execution, then a linear readout. Layer {@code i}
 * sums the currents of its branches into LIF neurons; a branch reads the network's input ({@link
 * #INPUT}) or the output of an earlier layer, through convolution and batch normalization or as it
 * is.
 *
 * @param architecture that it was made from
 * @param width channels of the first layer
 * @param timesteps simulation timesteps T
 * @param inputSize height and width of the (square) input
 * @param membraneBits of every layer, or of each
 * @param neuron of every layer
 */
public record NetworkSpec(
    Architecture architecture,
    int width,
    int timesteps,
    int inputChannels,
    int inputSize,
    int classes,
    WeightScheme weightScheme,
    MembraneBits membraneBits,
    LifNeuron neuron,
    List<Layer> layers,
    Readout readout) {

  /** As a branch's source: the network's input instead of a layer. */
  public static final int INPUT = -1;

  public NetworkSpec {
    layers = List.copyOf(layers);
    membraneBits.requireFits(listedNames(layers));
  }

  /** The names under which tables list spiking layers ({@link Layer#listedName}). */
  static List<String> listedNames(List<Layer> layers) {
    List<String> names = new ArrayList<>();
    for (Layer layer : layers) {
      names.add(layer.listedName());
    }
    return names;
  }

  /** With the neuron of the published code, and the same bits in every layer. */
  public NetworkSpec(
      Architecture architecture,
      int width,
      int timesteps,
      int inputChannels,
      int inputSize,
      int classes,
      WeightScheme weightScheme,
      int membraneBits,
      List<Layer> layers,
      Readout readout) {
    this(
        architecture,
        width,
        timesteps,
        inputChannels,
        inputSize,
        classes,
        weightScheme,
        MembraneBits.of(membraneBits),
        LifNeuron.PUBLISHED,
        layers,
        readout);
  }

  /**
   * One layer of LIF neurons.
   *
   * @param channels C of its output
   * @param size height and width of its neurons
   * @param branches one or two, whose currents are added
   * @param pool after the neurons
   */
  public record Layer(String name, int channels, int size, List<Branch> branches, Pool pool) {
    public Layer {
      branches = List.copyOf(branches);
      if (branches.isEmpty() || branches.size() > 2) {
        throw new IllegalArgumentException(
            name + ": must have one or two branches; found " + branches.size());
      }
    }

    /** Height and width of what the next layer sees. */
    public int outputSize() {
      return pool.outputSize(size);
    }

    /** What the next layer sees are multiples of one by this, from 0 to 1. */
    public int countsPerUnit() {
      return pool.countsPerUnit(size);
    }

    /** Neurons of one sample. */
    public int neurons() {
      return channels * size * size;
    }

    /** The name under which tables list its neurons: that of its first convolution. */
    public String listedName() {
      List<Convolution> convolutions = convolutions();
      return convolutions.isEmpty() ? name : convolutions.get(0).name();
    }

    /** The convolutions among its branches, in their order. */
    public List<Convolution> convolutions() {
      List<Convolution> convolutions = new ArrayList<>();
      for (Branch branch : branches) {
        if (branch instanceof Convolved convolved) {
          convolutions.add(convolved.convolution());
        }
      }
      return List.copyOf(convolutions);
    }
  }

  /** One input current of a layer. */
  public sealed interface Branch {
    /** Index of the layer that is read, or {@link #INPUT}. */
    int source();
  }

  /** What is read, as it is: the shortcut of a residual block. */
  public record Identity(int source) implements Branch {}

  /** What is read, through a convolution and batch normalization. */
  public record Convolved(int source, Convolution convolution) implements Branch {}

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
   * The linear layers behind the last spiking layer, which read at every timestep the flattened
   * {@code [C, H, W]} that it hands on. The last gives the logits and is quantized to 8 bits; those
   * before it have neither neurons nor batch normalization.
   */
  public record Readout(List<Linear> layers) {
    public Readout {
      layers = List.copyOf(layers);
      if (layers.isEmpty()) {
        throw new IllegalArgumentException("a readout must have a linear layer; found none");
      }
      for (int i = 1; i < layers.size(); i++) {
        if (layers.get(i).features() != layers.get(i - 1).outputs()) {
          throw new IllegalArgumentException(
              layers.get(i).name()
                  + ": must read "
                  + layers.get(i - 1).outputs()
                  + " features; found "
                  + layers.get(i).features());
        }
      }
    }

    public static Readout of(Linear... layers) {
      return new Readout(List.of(layers));
    }

    public int features() {
      return layers.get(0).features();
    }
  }

  /**
   * A linear map: {@code name.weight [outputs, features]}, {@code name.bias [outputs]}.
   *
   * @param draw how its first weights are drawn
   */
  public record Linear(String name, int features, int outputs, Draw draw) {
    /** Distributions of first weights. */
    public enum Draw {
      /** N(0, 1/features²). */
      NORMAL,
      /** Uniform within ±1/√features. */
      UNIFORM
    }

    public int[] weightShape() {
      return new int[] {outputs, features};
    }
  }

  /** What the readout reads of the last layer. */
  public Head head() {
    Pool last = layers.get(layers.size() - 1).pool();
    return last instanceof Pool.GlobalAverage ? Head.AVERAGED : Head.FLATTENED;
  }

  /** All convolutions in order of execution. */
  public List<Convolution> convolutions() {
    List<Convolution> convolutions = new ArrayList<>();
    for (Layer layer : layers) {
      convolutions.addAll(layer.convolutions());
    }
    return List.copyOf(convolutions);
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

  /** All synaptic weights: the convolutions in order of execution, then the readout's layers. */
  public List<Weight> weights() {
    List<Weight> weights = new ArrayList<>();
    for (Convolution convolution : convolutions()) {
      Form form = convolution.isEnd() ? weightScheme.end() : weightScheme.inner();
      weights.add(new Weight(convolution.name() + ".conv.weight", convolution.weightShape(), form));
    }
    for (int i = 0; i < readout.layers().size(); i++) {
      Linear linear = readout.layers().get(i);
      boolean isEnd = i == readout.layers().size() - 1;
      Form form = isEnd ? weightScheme.end() : weightScheme.inner();
      weights.add(new Weight(linear.name() + ".weight", linear.weightShape(), form));
    }
    return weights;
  }

  /** Bits of a layer's membrane: 2, 4, 8, or 32 for a float membrane. */
  public int membraneBits(int layer) {
    return membraneBits.at(layer);
  }

  /**
   * The same network with other membranes.
   *
   * @throws org.qsnn.ConfigurationException if it has another number of layers
   */
  public NetworkSpec withMembraneBits(MembraneBits bits) {
    return new NetworkSpec(
        architecture,
        width,
        timesteps,
        inputChannels,
        inputSize,
        classes,
        weightScheme,
        bits,
        neuron,
        layers,
        readout);
  }

  /**
   * Membrane scales that a layer stores: one for every timestep whose membrane is quantized. What
   * is quantized after the reset is so for the next timestep alone, and the last has none.
   */
  public int membraneScales(int layer) {
    if (membraneBits(layer) == MembraneBits.FLOAT) {
      return 0;
    }
    return neuron.quantization() == LifNeuron.Quantization.BEFORE_FIRING
        ? timesteps
        : timesteps - 1;
  }
}
