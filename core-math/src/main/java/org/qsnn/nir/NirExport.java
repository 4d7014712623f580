package org.qsnn.nir;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.qsnn.ConfigurationException;
import org.qsnn.model.FoldedBatchNorm;
import org.qsnn.model.LifNeuron;
import org.qsnn.model.MembraneBits;
import org.qsnn.model.NetworkSpec;
import org.qsnn.model.NetworkSpec.Branch;
import org.qsnn.model.NetworkSpec.Convolution;
import org.qsnn.model.NetworkSpec.Convolved;
import org.qsnn.model.NetworkSpec.Layer;
import org.qsnn.model.NetworkSpec.Linear;
import org.qsnn.model.PackedModel;
import org.qsnn.model.Pool;
import org.qsnn.nir.NirGraph.Edge;

/**
 * A packed model as a NIR graph (Pedersen et al., <i>Neuromorphic intermediate representation</i>,
 * Nature Communications 15, 2024). Under forward Euler with steps of {@link #DT} a {@code LIF} node
 * is the neuron of FORMAT.md with a float membrane:
 *
 * <pre>
 *   v = v + DT / tau · (v_leak − v + r · current) = decay · v + current
 *       tau = DT / (1 − decay), r = tau / DT, v_leak = 0
 *   fires where v &gt; v_threshold (or the float below it), and is v_reset = 0 then
 * </pre>
 *
 * <p>Where decay is 1 it is an {@code IF} node, {@code v = v + DT · r · current} with r = 1 / DT.
 * NIR has no soft reset; such a model is refused.
 *
 * <p>Batch normalization is part of the convolution: its weight is scale · w, rounded to float32
 * once, its bias the offset. A max pool of spikes is a sum pool and a threshold of ½. What NIR has
 * no words for is left out: tanh and the quantizer of membranes of 2, 4 or 8 bits.
 */
public final class NirExport {
  /** A timestep in seconds, as other programs write it. */
  public static final double DT = 1e-4;

  private static final List<String> METADATA =
      List.of("network.", "input.", "class.", "prediction");

  private final PackedModel model;
  private final NetworkSpec spec;
  private final Map<String, NirNode> nodes = new LinkedHashMap<>();
  private final List<Edge> edges = new ArrayList<>();

  /** The node whose output each layer hands on. */
  private final List<String> outputs = new ArrayList<>();

  private int convolutions;

  private NirExport(PackedModel model) {
    this.model = model;
    this.spec = model.spec();
  }

  /** Whether the graph says all that the model does. */
  public static boolean isExact(PackedModel model) {
    return model.spec().membraneBits().equals(MembraneBits.of(MembraneBits.FLOAT));
  }

  /**
   * The graph; of a model of which it is not {@linkplain #isExact exact} with float membranes.
   *
   * @param modelSha256 of the model's file
   * @throws ConfigurationException if its neurons are none of NIR's
   */
  public static NirGraph graph(PackedModel model, String modelSha256) {
    if (model.spec().neuron().reset() == LifNeuron.Reset.SOFT) {
      throw new ConfigurationException(
          "NIR: network.neuron.reset must be hard; found soft; no node of NIR has it");
    }
    return new NirExport(model).graph(modelSha256);
  }

  private NirGraph graph(String modelSha256) {
    int size = spec.inputSize();
    add(NirGraph.INPUT, "Input", Map.of("shape", NirArray.list(spec.inputChannels(), size, size)));
    spec.layers().forEach(this::addLayer);
    addReadout();
    Map<String, String> metadata = new TreeMap<>();
    model
        .toFile()
        .metadata()
        .forEach(
            (key, value) -> {
              if (METADATA.stream().anyMatch(key::startsWith)) {
                metadata.put(key, value);
              }
            });
    metadata.put("dt", Double.toString(DT));
    metadata.put("is_exact", Boolean.toString(isExact(model)));
    metadata.put("model_sha256", modelSha256);
    return new NirGraph(nodes, edges, metadata);
  }

  /** Of a name with dots an identifier. */
  private static String identifier(String name) {
    return name.replace('.', '_');
  }

  /** A node behind others. */
  private String add(String name, String type, Map<String, NirArray> fields, String... sources) {
    if (nodes.put(name, new NirNode(type, fields)) != null) {
      throw new IllegalArgumentException("NIR: names of nodes must differ; found two " + name);
    }
    for (String source : sources) {
      edges.add(new Edge(source, name));
    }
    return name;
  }

  private void addLayer(Layer layer) {
    List<String> currents = new ArrayList<>();
    for (Branch branch : layer.branches()) {
      boolean readsInput = branch.source() == NetworkSpec.INPUT;
      String source = readsInput ? NirGraph.INPUT : outputs.get(branch.source());
      int size = readsInput ? spec.inputSize() : spec.layers().get(branch.source()).outputSize();
      currents.add(
          branch instanceof Convolved convolved
              ? addConvolution(convolved.convolution(), size, source)
              : source);
    }
    int[] shape = {layer.channels(), layer.size(), layer.size()};
    String neurons =
        add(
            identifier(layer.name()),
            isLeaky() ? "LIF" : "IF",
            neuronFields(shape),
            currents.toArray(String[]::new));
    outputs.add(addPool(layer, neurons));
  }

  private boolean isLeaky() {
    return spec.neuron().decay() < 1;
  }

  private Map<String, NirArray> neuronFields(int[] shape) {
    Map<String, NirArray> fields = new TreeMap<>();
    double tau = isLeaky() ? DT / (1 - spec.neuron().decay()) : 1;
    if (isLeaky()) {
      fields.put("tau", NirArray.filled(tau, shape));
      fields.put("v_leak", NirArray.filled(0, shape));
    }
    fields.put("r", NirArray.filled(tau / DT, shape));
    fields.put("v_threshold", NirArray.filled(spec.neuron().bound(), shape));
    fields.put("v_reset", NirArray.filled(0, shape));
    return fields;
  }

  private String addConvolution(Convolution convolution, int size, String source) {
    FoldedBatchNorm norm = model.batchNorms().get(convolutions);
    float[] weights = model.weights().get(convolutions).dequantize();
    convolutions++;
    int fanIn = weights.length / convolution.outChannels();
    for (int i = 0; i < weights.length; i++) {
      weights[i] *= norm.scale()[i / fanIn];
    }
    int stride = convolution.stride();
    int padding = convolution.padding();
    return add(
        identifier(convolution.name()) + "_conv",
        "Conv2d",
        Map.of(
            "input_shape", NirArray.list(size, size),
            "weight", NirArray.floats(weights, convolution.weightShape()),
            "bias", NirArray.floats(norm.offset(), convolution.outChannels()),
            "stride", NirArray.list(stride, stride),
            "padding", NirArray.list(padding, padding),
            "dilation", NirArray.list(1, 1),
            "groups", NirArray.scalar(1)),
        source);
  }

  private String addPool(Layer layer, String neurons) {
    if (layer.pool() instanceof Pool.None) {
      return neurons;
    }
    String name = neurons + "_pool";
    if (layer.pool() instanceof Pool.Max max) {
      int size = layer.outputSize();
      String counts =
          add(
              neurons + "_counts",
              "SumPool2d",
              windows(max.extent(), max.stride(), max.padding()),
              neurons);
      NirArray half = NirArray.filled(0.5, layer.channels(), size, size);
      return add(name, "Threshold", Map.of("threshold", half), counts);
    }
    if (layer.pool() instanceof Pool.Average average) {
      return add(name, "AvgPool2d", windows(average.extent(), average.extent(), 0), neurons);
    }
    if (layer.pool() instanceof Pool.GlobalAverage) {
      return add(name, "AvgPool2d", windows(layer.size(), layer.size(), 0), neurons);
    }
    throw new IllegalArgumentException(layer.name() + ": no NIR node for the pool " + layer.pool());
  }

  private static Map<String, NirArray> windows(int extent, int stride, int padding) {
    return Map.of(
        "kernel_size", NirArray.list(extent, extent),
        "stride", NirArray.list(stride, stride),
        "padding", NirArray.list(padding, padding));
  }

  private void addReadout() {
    Layer last = spec.layers().get(spec.layers().size() - 1);
    String source =
        add(
            "flatten",
            "Flatten",
            Map.of(
                "input_type",
                NirArray.list(last.channels(), last.outputSize(), last.outputSize()),
                "start_dim",
                NirArray.scalar(0),
                "end_dim",
                NirArray.scalar(-1)),
            outputs.get(outputs.size() - 1));
    List<Linear> linears = spec.readout().layers();
    for (int i = 0; i < linears.size(); i++) {
      Linear linear = linears.get(i);
      float[] weights = model.weights().get(convolutions + i).dequantize();
      source =
          add(
              identifier(linear.name()),
              "Affine",
              Map.of(
                  "weight", NirArray.floats(weights, linear.weightShape()),
                  "bias", NirArray.floats(model.biases().get(i), linear.outputs())),
              source);
    }
    add(NirGraph.OUTPUT, "Output", Map.of("shape", NirArray.list(spec.classes())), source);
  }
}
