package org.qsnn.inspect;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.qsnn.EnumKey;
import org.qsnn.json.Json;
import org.qsnn.metric.SynapticOperations;
import org.qsnn.model.Footprint;
import org.qsnn.model.MembraneBits;
import org.qsnn.model.NetworkSpec;
import org.qsnn.model.NetworkSpec.Branch;
import org.qsnn.model.NetworkSpec.Convolution;
import org.qsnn.model.NetworkSpec.Convolved;
import org.qsnn.model.NetworkSpec.Layer;
import org.qsnn.model.NetworkSpec.Linear;
import org.qsnn.model.Pool;
import org.qsnn.text.Sizes;
import org.qsnn.text.Table;
import org.qsnn.text.TextBlocks;

/** A network that a configuration describes, layer by layer, before anything of it is trained. */
public final class NetworkInspection {
  private static final int FLOAT_BITS = MembraneBits.FLOAT;
  private static final int[] TABLE_BATCHES = {1, 64, 256};

  private final NetworkSpec network;
  private final Footprint footprint;
  private final List<Row> rows = new ArrayList<>();

  /**
   * What reads something through weights.
   *
   * @param reads {@code [C, H, W]}
   * @param gives the same of its neurons' layer, behind the pool; of the readout one a class
   * @param neurons that it feeds, of one sample; 0 where another row of the layer has them
   * @param membraneBits of these neurons; 0 where there are none
   * @param synapses between what is read and the neurons: connections, not weights
   */
  private record Row(
      String name,
      String kind,
      int[] reads,
      int[] gives,
      Footprint.Part part,
      long neurons,
      int membraneBits,
      long synapses) {}

  private NetworkInspection(NetworkSpec network) {
    this.network = network;
    this.footprint = Footprint.of(network);
    for (int i = 0; i < network.layers().size(); i++) {
      Layer layer = network.layers().get(i);
      int membraneBits = network.membraneBits(i);
      for (Branch branch : layer.branches()) {
        if (branch instanceof Convolved convolved) {
          rows.add(row(layer, convolved, membraneBits));
          membraneBits = 0;
        }
      }
    }
    for (Linear linear : network.readout().layers()) {
      rows.add(
          new Row(
              linear.name(),
              "readout",
              new int[] {linear.features()},
              new int[] {linear.outputs()},
              footprint.parts().get(rows.size()),
              0,
              0,
              (long) linear.features() * linear.outputs()));
    }
  }

  /**
   * @param path of the configuration
   * @param classes where their number comes from
   */
  public static Inspection of(NetworkSpec network, String path, String classes) {
    NetworkInspection inspection = new NetworkInspection(network);
    TextBlocks text =
        new TextBlocks()
            .block(inspection.facts(path, classes).lines())
            .block(inspection.table().lines())
            .block(inspection.paperTable().lines());
    return new Inspection(inspection.json(path), text.lines());
  }

  private Row row(Layer layer, Convolved branch, int membraneBits) {
    boolean hasNeurons = membraneBits > 0;
    Convolution convolution = branch.convolution();
    boolean isInput = branch.source() == NetworkSpec.INPUT;
    int size = isInput ? network.inputSize() : network.layers().get(branch.source()).outputSize();
    long taps = SynapticOperations.taps(convolution, size, layer.size());
    return new Row(
        convolution.name(),
        kind(convolution, layer, hasNeurons),
        new int[] {convolution.inChannels(), size, size},
        new int[] {layer.channels(), layer.outputSize(), layer.outputSize()},
        footprint.parts().get(rows.size()),
        hasNeurons ? layer.neurons() : 0,
        membraneBits,
        taps * taps * convolution.inChannels() * convolution.outChannels());
  }

  private static String kind(Convolution convolution, Layer layer, boolean hasNeurons) {
    String kind = "conv " + convolution.kernel() + "×" + convolution.kernel();
    if (convolution.stride() > 1) {
      kind += " stride " + convolution.stride();
    }
    if (!hasNeurons) {
      return kind + ", shortcut";
    }
    kind += layer.branches().size() > 1 ? " + shortcut, LIF" : ", LIF";
    return layer.pool() instanceof Pool.None ? kind : kind + ", " + pool(layer.pool());
  }

  private static String pool(Pool pool) {
    if (pool instanceof Pool.Max max) {
      return "max-pool " + max.extent();
    }
    return pool instanceof Pool.Average average
        ? "average-pool " + average.extent()
        : "global-average-pool";
  }

  private Table facts(String path, String classes) {
    int[] input = {network.inputChannels(), network.inputSize(), network.inputSize()};
    return Table.ofFacts()
        .row("configuration", path)
        .row("network", network.architecture().key() + " of width " + network.width())
        .row("input", Sizes.shape(input) + ", " + network.timesteps() + " timesteps")
        .row("classes", network.classes() + classes)
        .row("weights", EnumKey.of(network.weightScheme()))
        .row("parameters", Sizes.count(footprint.parameters()))
        .row("packed", Sizes.saving(footprint.packedBytes(), footprint.floatBytes()))
        .row(
            "membrane",
            Sizes.megabytes(footprint.membraneBytes())
                + " a sample at "
                + network.membraneBits().shown()
                + " bits: "
                + Sizes.count(footprint.neurons())
                + " neurons")
        .row("operations", Sizes.count(operations()) + " a sample if every neuron fires always");
  }

  /** Additions of a sample over all timesteps, without those of the first layer. */
  private long operations() {
    return network.timesteps() * rows.stream().skip(1).mapToLong(Row::synapses).sum();
  }

  private Table table() {
    Table table =
        Table.headed(
            "layer",
            "kind",
            ">reads",
            ">gives",
            ">bits",
            ">parameters",
            ">packed bytes",
            network.membraneBits().isUniform() ? ">neurons" : ">neurons × bits",
            ">synapses");
    for (Row row : rows) {
      table.row(
          row.name(),
          row.kind(),
          Sizes.shape(row.reads()),
          Sizes.shape(row.gives()),
          bits(row),
          Sizes.count(row.part().parameters()),
          Sizes.count(row.part().packedBytes()),
          neurons(row),
          Sizes.count(row.synapses()));
    }
    if (footprint.membraneScaleBytes() > 0) {
      String bytes = Sizes.count(footprint.membraneScaleBytes());
      table.row("membrane scales", "", "", "", "", "", bytes, "", "");
    }
    return table.row(
        "all",
        "",
        "",
        "",
        "",
        Sizes.count(footprint.parameters()),
        Sizes.count(footprint.packedBytes()),
        Sizes.count(footprint.neurons()),
        Sizes.count(rows.stream().mapToLong(Row::synapses).sum()));
  }

  private String neurons(Row row) {
    if (row.neurons() == 0) {
      return "";
    }
    String count = Sizes.count(row.neurons());
    return network.membraneBits().isUniform() ? count : count + " × " + row.membraneBits();
  }

  private static String bits(Row row) {
    return switch (row.part().weight().form()) {
      case BINARY_EXPONENT, BINARY_SCALE -> "1";
      case INT8 -> "8";
      case FLOAT -> "32";
    };
  }

  /** Memory as the paper's Table 2 counts it. */
  private Table paperTable() {
    Table table = Table.headed("memory as in the paper's Table 2", ">batch 1", ">64", ">256");
    Footprint floats = footprint.withMembraneBits(FLOAT_BITS);
    table.row(paperRow("32w32u", floats, footprint.floatBytes()));
    if (!network.membraneBits().equals(MembraneBits.of(FLOAT_BITS))) {
      String bits = bits(rows.get(rows.size() / 2)) + "w" + network.membraneBits().shown() + "u";
      table.row(paperRow(bits, footprint, footprint.packedBytes()));
    }
    return table;
  }

  private static String[] paperRow(String name, Footprint footprint, long weightBytes) {
    String[] cells = new String[1 + TABLE_BATCHES.length];
    cells[0] = name;
    for (int i = 0; i < TABLE_BATCHES.length; i++) {
      cells[i + 1] =
          String.format(
              Locale.ROOT, "%.2f MB", footprint.tableBytes(weightBytes, TABLE_BATCHES[i]) / 1e6);
    }
    return cells;
  }

  private ObjectNode json(String path) {
    ObjectNode json = Json.object();
    json.put("what", "configuration");
    json.put("path", path);
    json.put("architecture", network.architecture().key());
    json.put("network_layers", network.architecture().text());
    json.put("width", network.width());
    json.put("timesteps", network.timesteps());
    json.put("classes", network.classes());
    json.put("parameters", footprint.parameters());
    json.put("float_bytes", footprint.floatBytes());
    json.put("packed_bytes", footprint.packedBytes());
    json.put("neurons", footprint.neurons());
    Json.putNumbers(json, "membrane_bits", network.membraneBits().values());
    json.put("membrane_bytes", footprint.membraneBytes());
    json.put("operations_if_all_fire", operations());
    ArrayNode layers = json.putArray("layers");
    for (Row row : rows) {
      ObjectNode layer = layers.addObject();
      layer.put("name", row.name());
      layer.put("kind", row.kind());
      shape(layer.putArray("reads"), row.reads());
      shape(layer.putArray("gives"), row.gives());
      layer.put("form", EnumKey.of(row.part().weight().form()));
      layer.put("parameters", row.part().parameters());
      layer.put("packed_bytes", row.part().packedBytes());
      layer.put("neurons", row.neurons());
      if (row.neurons() > 0) {
        layer.put("membrane_bits", row.membraneBits());
      }
      layer.put("synapses", row.synapses());
    }
    return json;
  }

  private static void shape(ArrayNode array, int[] shape) {
    IntStream.of(shape).forEach(array::add);
  }
}
