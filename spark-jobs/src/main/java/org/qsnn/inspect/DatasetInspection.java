package org.qsnn.inspect;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.qsnn.DataException;
import org.qsnn.json.Json;
import org.qsnn.text.Table;
import org.qsnn.text.TextBlocks;

/** A prepared data set: what its manifest says. */
final class DatasetInspection {
  static final String MANIFEST = "manifest.json";

  private static final String FORMAT = "format";
  private static final String DATASET = "qsnn-dataset";

  private DatasetInspection() {}

  static Inspection of(InspectedFiles files, String path) {
    String file = path + "/" + MANIFEST;
    ObjectNode manifest = files.read(file, (in, length) -> Json.read(in, length, file));
    String format = manifest.path(FORMAT).asText("none");
    if (!format.equals(DATASET)) {
      throw new DataException(file + ": " + FORMAT + ": expected " + DATASET + ", found " + format);
    }
    ObjectNode json = Json.object();
    json.put("what", "dataset");
    json.put("path", path);
    json.set("manifest", manifest);
    TextBlocks text =
        new TextBlocks()
            .block(Table.ofFacts().row("data set", path).lines())
            .section("manifest", manifest);
    return new Inspection(json, text.lines());
  }
}
