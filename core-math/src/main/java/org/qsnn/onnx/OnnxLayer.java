package org.qsnn.onnx;

import static org.qsnn.onnx.OnnxGraph.number;
import static org.qsnn.onnx.OnnxGraph.numbers;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import onnx.Onnx.AttributeProto;
import onnx.Onnx.TensorProto.DataType;
import org.qsnn.ConfigurationException;
import org.qsnn.deploy.IntegerBranch;
import org.qsnn.deploy.IntegerLayer;
import org.qsnn.deploy.IntegerMembrane;
import org.qsnn.deploy.IntegerNetwork;
import org.qsnn.deploy.IntegerPool;

/**
 * The nodes of a layer, all timesteps. Currents are int64; R of INTEGER.md is the cast to float32
 * and back.
 */
final class OnnxLayer {
  private static final int LARGEST_BYTE = 255;

  /** {@code code + CODE_ZERO} is an unsigned byte. */
  private static final int CODE_ZERO = 128;

  private final OnnxGraph graph;
  private final IntegerNetwork network;
  private final IntegerLayer layer;
  private final List<OnnxInput> input;
  private final List<List<String>> counts;

  /**
   * @param counts what each layer before this hands on, one value a timestep: uint8 {@code [N, C,
   *     H, W]}, or int32 where a byte is too small
   */
  OnnxLayer(
      OnnxGraph graph,
      IntegerNetwork network,
      IntegerLayer layer,
      List<OnnxInput> input,
      List<List<String>> counts) {
    this.graph = graph;
    this.network = network;
    this.layer = layer;
    this.input = input;
    this.counts = counts;
  }

  /** What the layer hands on, one value a timestep. */
  List<String> add() {
    List<String> currents = currents();
    List<String> handedOn = new ArrayList<>();
    String carried = "";
    for (int t = 0; t < network.timesteps(); t++) {
      String u = currents.get(currents.size() == 1 ? 0 : t);
      if (!carried.isEmpty()) {
        u = sum(u, carried);
      }
      String spikes = graph.node("Greater", u, graph.scalar((float) layer.threshold()));
      handedOn.add(pooled(spikes));
      if (t < network.timesteps() - 1) {
        carried = carried(u, spikes, layer.membranes().get(t));
      }
    }
    return handedOn;
  }

  /** R(u + more), of a float32 and an int64. */
  private String sum(String u, String more) {
    return rounded(graph.node("Add", graph.cast(u, DataType.INT64), more));
  }

  private String rounded(String units) {
    return graph.cast(units, DataType.FLOAT);
  }

  /** float32 in units of the layer, one a timestep; one for all where they are equal. */
  private List<String> currents() {
    List<List<String>> branches = new ArrayList<>();
    layer.branches().forEach(branch -> branches.add(products(branch)));
    List<String> currents = new ArrayList<>();
    for (int i = 0; i < branches.stream().mapToInt(List::size).max().orElseThrow(); i++) {
      String current =
          rounded(graph.node("Add", of(branches.get(0), i), perChannel(layer.offsets())));
      if (branches.size() > 1) {
        current = sum(current, of(branches.get(1), i));
      }
      currents.add(current);
    }
    return currents;
  }

  private static String of(List<String> products, int timestep) {
    return products.get(products.size() == 1 ? 0 : timestep);
  }

  private String perChannel(long[] values) {
    return graph.longs(values, values.length, 1, 1);
  }

  /** {@code factor · sum}, int64. */
  private List<String> products(IntegerBranch branch) {
    String factors = perChannel(branch.factors());
    return sums(branch).stream().map(sum -> graph.node("Mul", sum, factors)).toList();
  }

  private List<String> sums(IntegerBranch branch) {
    return switch (branch.kind()) {
      case CODES -> codeSums(branch);
      case SIGNS -> signSums(branch);
      case IDENTITY ->
          counts.get(branch.source()).stream()
              .map(count -> graph.cast(count, DataType.INT64))
              .toList();
    };
  }

  private List<String> codeSums(IntegerBranch branch) {
    byte[] codes = branch.weights().clone();
    for (int i = 0; i < codes.length; i++) {
      codes[i] += (byte) CODE_ZERO;
    }
    String weights = graph.bytes(DataType.UINT8, codes, shape(branch));
    List<String> sums = new ArrayList<>();
    for (OnnxInput numbers : input) {
      String high = convolved(branch, numbers.high(), OnnxInput.HIGH_ZERO, weights, CODE_ZERO);
      String low = convolved(branch, numbers.low(), 0, weights, CODE_ZERO);
      sums.add(
          graph.node("Add", graph.node("Mul", high, graph.scalar((long) OnnxInput.BYTES)), low));
    }
    return sums;
  }

  private List<String> signSums(IntegerBranch branch) {
    int largest = network.counts(branch);
    if (largest > LARGEST_BYTE) {
      throw new ConfigurationException(
          String.format(
              Locale.ROOT,
              "%s: the pool of a layer that is read through a convolution must have windows of at most %d neurons in ONNX; found %d in %s",
              layer.name(),
              LARGEST_BYTE,
              largest,
              network.layers().get(branch.source()).name()));
    }
    String weights = signs(branch);
    return counts.get(branch.source()).stream()
        .map(count -> convolved(branch, count, 0, weights, 1))
        .toList();
  }

  /** Bits to bytes: 2 for +1 and 0 for −1, around a zero point of 1. */
  private String signs(IntegerBranch branch) {
    byte[] bits = branch.weights();
    byte[] masks = new byte[Byte.SIZE];
    for (int i = 0; i < masks.length; i++) {
      masks[i] = (byte) (1 << i);
    }
    String packed = graph.bytes(DataType.UINT8, bits, bits.length, 1);
    String apart =
        graph.node("BitwiseAnd", packed, graph.bytes(DataType.UINT8, masks, 1, masks.length));
    String bytes =
        graph.node(
            "Where",
            graph.cast(apart, DataType.BOOL),
            graph.scalar((byte) 2),
            graph.scalar((byte) 0));
    long[] shape = shape(branch);
    long weights = shape[0] * branch.fanIn();
    if (weights % Byte.SIZE != 0) {
      String flat = graph.node("Reshape", bytes, graph.list(-1));
      bytes = graph.node("Slice", flat, graph.list(0), graph.list(weights));
    }
    return graph.node("Reshape", bytes, graph.list(shape));
  }

  private static long[] shape(IntegerBranch branch) {
    return new long[] {
      branch.factors().length, branch.inChannels(), branch.kernel(), branch.kernel()
    };
  }

  /** An exact sum, int64; padding is the zero of x. */
  private String convolved(
      IntegerBranch branch, String x, int zero, String weights, int weightZero) {
    int kernel = branch.kernel();
    int stride = branch.stride();
    int padding = branch.padding();
    List<AttributeProto> attributes =
        List.of(
            numbers("kernel_shape", kernel, kernel),
            numbers("strides", stride, stride),
            numbers("pads", padding, padding, padding, padding));
    String sum =
        graph.node(
            "ConvInteger",
            attributes,
            x,
            weights,
            graph.scalar((byte) zero),
            graph.scalar((byte) weightZero));
    return graph.cast(sum, DataType.INT64);
  }

  /**
   * int64: what neurons carry on, 0 of those that fired and are reset to 0; empty if no neuron
   * carries anything on.
   */
  private String carried(String u, String spikes, IntegerMembrane membrane) {
    StepTable table = StepTable.of(membrane, layer.fraction());
    if (table.isEmpty()) {
      return "";
    }
    boolean isSoft = layer.subtracted() != 0;
    String left =
        isSoft ? graph.node("Where", spikes, sum(u, graph.scalar(-layer.subtracted())), u) : u;
    String size =
        graph.node(
            "Gather", graph.longs(table.carried(), table.carried().length), step(left, table));
    String isNegative = graph.node("Less", left, graph.scalar(0f));
    String signed = graph.node("Where", isNegative, graph.node("Neg", size), size);
    return isSoft ? signed : graph.node("Where", spikes, graph.scalar(0L), signed);
  }

  /** int32: the last step that starts at |u| or below, found by halves. */
  private String step(String u, StepTable table) {
    String size = graph.node("Abs", u);
    int length = table.from().length;
    String from = graph.floats(table.from(), length);
    String step = graph.scalar(0);
    for (int half = length / 2; half > 0; half /= 2) {
      String next = graph.node("Add", step, graph.scalar(half));
      String reaches = graph.node("GreaterOrEqual", size, graph.node("Gather", from, next));
      step = graph.node("Where", reaches, next, step);
    }
    return step;
  }

  /** Counts of spikes, or whether there are any, in windows; a rest that fills none is left out. */
  private String pooled(String spikes) {
    IntegerPool pool = layer.pool();
    if (pool.isNone()) {
      return graph.cast(spikes, DataType.UINT8);
    }
    if (!pool.isSeparate()) {
      return overlapping(spikes, pool);
    }
    long out = layer.outputSize();
    long extent = pool.extent();
    String whole = graph.cast(spikes, DataType.INT32);
    if (out * extent < layer.size()) {
      whole =
          graph.node(
              "Slice",
              whole,
              graph.list(0, 0),
              graph.list(out * extent, out * extent),
              graph.list(2, 3));
    }
    String windows =
        graph.node("Reshape", whole, graph.list(-1, layer.channels(), out, extent, out, extent));
    String counts =
        graph.node(
            pool.isMax() ? "ReduceMax" : "ReduceSum",
            List.of(number("keepdims", 0)),
            windows,
            graph.list(3, 5));
    return layer.counts() > LARGEST_BYTE ? counts : graph.cast(counts, DataType.UINT8);
  }

  /** Whether there is a spike in windows that overlap; beyond the border there is none. */
  private String overlapping(String spikes, IntegerPool pool) {
    long padding = pool.padding();
    List<AttributeProto> windows =
        List.of(
            numbers("kernel_shape", pool.extent(), pool.extent()),
            numbers("strides", pool.stride(), pool.stride()),
            numbers("pads", padding, padding, padding, padding));
    String any = graph.node("MaxPool", windows, graph.cast(spikes, DataType.FLOAT));
    return graph.cast(any, DataType.UINT8);
  }
}
