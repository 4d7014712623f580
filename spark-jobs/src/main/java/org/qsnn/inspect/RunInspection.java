package org.qsnn.inspect;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.qsnn.json.Json;
import org.qsnn.run.RunDirectory;
import org.qsnn.text.Sizes;
import org.qsnn.text.Table;
import org.qsnn.text.TextBlocks;

/** A run directory: how far it came, and the models it left. */
final class RunInspection {
  private final String path;
  private final boolean isFinished;
  private final ObjectNode summary;
  private final ObjectNode fingerprint;
  private final List<String> epochs;
  private final ObjectNode lastEpoch;
  private final List<String> checkpoints;
  private final List<Inspection> models;

  private RunInspection(Folder run) {
    this.path = run.path();
    this.isFinished = run.names().contains(RunDirectory.SUMMARY);
    this.summary = run.json(RunDirectory.SUMMARY);
    this.fingerprint = run.json(RunDirectory.FINGERPRINT);
    Folder metrics = run.folder(RunDirectory.METRICS);
    this.epochs = metrics.names();
    this.lastEpoch = metrics.json(last(epochs));
    this.checkpoints = run.folder(RunDirectory.CHECKPOINTS).tensorFiles();
    Folder model = run.folder(RunDirectory.MODEL);
    this.models =
        model.tensorFiles().stream()
            .map(name -> Inspection.of(model.files(), model.path() + "/" + name))
            .toList();
  }

  /** A folder that may be missing: then there is nothing in it. */
  private record Folder(InspectedFiles files, String path, List<String> names) {
    Folder folder(String name) {
      String child = path + "/" + name;
      return new Folder(files, child, names.contains(name) ? files.names(child) : List.of());
    }

    List<String> tensorFiles() {
      return names.stream().filter(name -> name.endsWith(RunDirectory.TENSORS)).toList();
    }

    /** The object in a file, empty if the file is not there. */
    ObjectNode json(String name) {
      String file = path + "/" + name;
      return names.contains(name)
          ? files.read(file, (in, length) -> Json.read(in, length, file))
          : Json.object();
    }
  }

  static Inspection of(InspectedFiles files, String path, List<String> names) {
    RunInspection inspection = new RunInspection(new Folder(files, path, names));
    return new Inspection(inspection.json(), inspection.text());
  }

  private ObjectNode json() {
    ObjectNode json = Json.object();
    json.put("what", "run");
    json.put("path", path);
    json.put("finished", isFinished);
    json.put("epochs_measured", epochs.size());
    json.set("summary", summary);
    json.set("last_epoch", lastEpoch);
    ArrayNode checkpointNames = json.putArray("checkpoints");
    checkpoints.forEach(checkpointNames::add);
    ArrayNode modelNodes = json.putArray("models");
    models.forEach(model -> modelNodes.add(model.node()));
    json.set("fingerprint", fingerprint);
    return json;
  }

  private List<String> text() {
    String newest = checkpoints.isEmpty() ? "" : ", newest " + last(checkpoints);
    Table facts =
        Table.ofFacts()
            .row("run", path)
            .row("state", isFinished ? "finished" : "not finished: no " + RunDirectory.SUMMARY)
            .row("epochs measured", Sizes.count(epochs.size()))
            .row("checkpoints", checkpoints.size() + newest);
    TextBlocks text =
        new TextBlocks()
            .block(facts.lines())
            .section("summary", summary)
            .section("last epoch", lastEpoch);
    models.forEach(model -> text.block(model.text()));
    return text.section("fingerprint", fingerprint).lines();
  }

  private static String last(List<String> names) {
    return names.isEmpty() ? "" : names.get(names.size() - 1);
  }
}
