package org.qsnn.inspect;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import org.qsnn.json.Json;
import org.qsnn.metric.Evaluation;
import org.qsnn.text.Table;
import org.qsnn.text.TextBlocks;

/** What an evaluation found: for people as text, for programs as JSON. */
public final class EvaluationText {
  private final Evaluation evaluation;
  private final List<String> classNames;

  public EvaluationText(Evaluation evaluation, List<String> classNames) {
    this.evaluation = evaluation;
    this.classNames = List.copyOf(classNames);
  }

  /** Accuracy, then a row a class: how many, how many correct, and what it is taken for most. */
  public List<String> lines() {
    String accuracy =
        String.format(
            Locale.ROOT,
            "accuracy %.4f  (%d of %d)  loss %.4f",
            evaluation.accuracy(),
            evaluation.confusion().correct(),
            evaluation.samples(),
            evaluation.meanLoss());
    Table table = Table.headed("class", ">samples", ">correct", ">%", "most often taken for");
    long[][] rows = evaluation.confusion().rows();
    for (int label = 0; label < rows.length; label++) {
      table.row(row(label, rows[label]));
    }
    return new TextBlocks().block(List.of(accuracy)).block(table.lines()).lines();
  }

  private String[] row(int label, long[] predicted) {
    long samples = 0;
    int mistake = label == 0 ? 1 : 0;
    for (int k = 0; k < predicted.length; k++) {
      samples += predicted[k];
      if (k != label && predicted[k] > predicted[mistake]) {
        mistake = k;
      }
    }
    return new String[] {
      classNames.get(label),
      Long.toString(samples),
      Long.toString(predicted[label]),
      samples == 0 ? "" : String.format(Locale.ROOT, "%.1f", 100.0 * predicted[label] / samples),
      predicted[mistake] == 0 ? "" : classNames.get(mistake) + " (" + predicted[mistake] + ")"
    };
  }

  /**
   * One object on one line: accuracy, loss (null where it is not finite), samples, class names,
   * confusion, and the firing rate of each layer, over all and at each timestep.
   */
  public String json() {
    ObjectNode json = Json.object();
    json.put("accuracy", evaluation.accuracy());
    json.put("loss", Double.isFinite(evaluation.meanLoss()) ? evaluation.meanLoss() : null);
    json.put("samples", evaluation.samples());
    ArrayNode names = json.putArray("class_names");
    classNames.forEach(names::add);
    ArrayNode confusion = json.putArray("confusion");
    for (long[] counts : evaluation.confusion().rows()) {
      ArrayNode row = confusion.addArray();
      for (long count : counts) {
        row.add(count);
      }
    }
    ArrayNode rates = json.putArray("firing_rates");
    for (double rate : evaluation.spikes().rates()) {
      rates.add(rate);
    }
    ArrayNode overTime = json.putArray("firing_rates_by_timestep");
    for (int layer = 0; layer < evaluation.spikes().layers(); layer++) {
      ArrayNode timesteps = overTime.addArray();
      for (double rate : evaluation.spikes().rates(layer)) {
        timesteps.add(rate);
      }
    }
    return Json.text(json);
  }
}
