package org.qsnn.inspect;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.IntSummaryStatistics;
import java.util.List;
import java.util.stream.IntStream;
import org.qsnn.EnumKey;
import org.qsnn.json.Json;
import org.qsnn.model.Footprint;
import org.qsnn.model.PackedModel;
import org.qsnn.model.QuantizedTensor;
import org.qsnn.text.Sizes;
import org.qsnn.text.Table;

/** The weight layers of a packed model, one row each. */
record ModelLayers(List<Row> rows) {
  /**
   * @param part its sizes; weight, folded batch normalization and bias together
   * @param exponents smallest and largest of all channels; none for other forms than 2^e
   */
  private record Row(Footprint.Part part, QuantizedTensor weight, IntSummaryStatistics exponents) {
    boolean hasExponents() {
      return exponents.getCount() > 0;
    }
  }

  static ModelLayers of(PackedModel model, Footprint footprint) {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < footprint.parts().size(); i++) {
      QuantizedTensor weight = model.weights().get(i);
      byte[] exponents = weight.exponents();
      rows.add(
          new Row(
              footprint.parts().get(i),
              weight,
              IntStream.range(0, exponents.length).map(c -> exponents[c]).summaryStatistics()));
    }
    return new ModelLayers(rows);
  }

  ArrayNode json() {
    ArrayNode layers = Json.array();
    for (Row row : rows) {
      ObjectNode layer = layers.addObject();
      layer.put("name", row.part().name());
      ArrayNode shape = layer.putArray("shape");
      IntStream.of(row.weight().shape()).forEach(shape::add);
      layer.put("form", EnumKey.of(row.weight().form()));
      layer.put("parameters", row.part().parameters());
      layer.put("packed_bytes", row.part().packedBytes());
      layer.put("exponent_min", row.hasExponents() ? row.exponents().getMin() : null);
      layer.put("exponent_max", row.hasExponents() ? row.exponents().getMax() : null);
    }
    return layers;
  }

  Table table() {
    Table table =
        Table.headed("layer", ">shape", "form", ">parameters", ">packed bytes", ">exponents");
    for (Row row : rows) {
      table.row(
          row.part().name(),
          Sizes.shape(row.weight().shape()),
          form(row.weight().form()),
          Sizes.count(row.part().parameters()),
          Sizes.count(row.part().packedBytes()),
          row.hasExponents() ? row.exponents().getMin() + " … " + row.exponents().getMax() : "");
    }
    return table;
  }

  private static String form(QuantizedTensor.Form form) {
    return switch (form) {
      case BINARY_EXPONENT -> "1 bit · 2^e";
      case BINARY_SCALE -> "1 bit · float";
      case INT8 -> "8 bits";
      case FLOAT -> "float32";
    };
  }
}
