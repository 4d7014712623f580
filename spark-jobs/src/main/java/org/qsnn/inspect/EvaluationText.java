package org.qsnn.inspect;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.qsnn.json.Json;
import org.qsnn.metric.Evaluation;
import org.qsnn.metric.RunnerAgreement;
import org.qsnn.text.Table;
import org.qsnn.text.TextBlocks;

/** What an evaluation found: for people as text, for programs as JSON. */
public final class EvaluationText {
  private final Evaluation evaluation;
  private final List<String> classNames;
  private final boolean isMirrored;
  private final Optional<RunnerAgreement> integer;

  private EvaluationText(
      Evaluation evaluation,
      List<String> classNames,
      boolean isMirrored,
      Optional<RunnerAgreement> integer) {
    this.evaluation = evaluation;
    this.classNames = List.copyOf(classNames);
    this.isMirrored = isMirrored;
    this.integer = integer;
  }

  /**
   * @param isMirrored whether mirror images were shown, too
   */
  public static EvaluationText of(
      Evaluation evaluation, List<String> classNames, boolean isMirrored) {
    return new EvaluationText(evaluation, classNames, isMirrored, Optional.empty());
  }

  /**
   * @param integer what the integer runner said beside the float evaluation
   */
  public static EvaluationText beside(
      Evaluation evaluation, List<String> classNames, RunnerAgreement integer) {
    return new EvaluationText(evaluation, classNames, false, Optional.of(integer));
  }

  /** Accuracy, then a row a class: how many, how many correct, and what it is taken for most. */
  public List<String> lines() {
    String accuracy =
        String.format(
            Locale.ROOT,
            "accuracy %.4f  (%d of %d)  loss %.4f%s",
            evaluation.accuracy(),
            evaluation.confusion().correct(),
            evaluation.samples(),
            evaluation.meanLoss(),
            isMirrored ? ", samples also shown mirrored" : "");
    Table table = Table.headed("class", ">samples", ">correct", ">%", "most often taken for");
    long[][] rows = evaluation.confusion().rows();
    for (int label = 0; label < rows.length; label++) {
      table.row(row(label, rows[label]));
    }
    TextBlocks blocks = new TextBlocks().block(List.of(accuracy)).block(table.lines());
    integer.ifPresent(agreement -> blocks.block(lines(agreement)));
    return blocks.lines();
  }

  private static List<String> lines(RunnerAgreement agreement) {
    return List.of(
        String.format(
            Locale.ROOT,
            "integer runner: accuracy %.4f  (%d of %d)",
            agreement.accuracy(),
            agreement.correct(),
            agreement.samples()),
        String.format(
            Locale.ROOT,
            "same prediction as with floats in %d of %d; %d of %d spikes of the first layer differ",
            agreement.samePredictions(),
            agreement.samples(),
            agreement.firstLayerDifferences(),
            agreement.firstLayerChances()));
  }

  private String[] row(int label, long[] predicted) {
    long samples = evaluation.confusion().samples(label);
    int mistake = label == 0 ? 1 : 0;
    for (int k = 0; k < predicted.length; k++) {
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
   * One object on one line: accuracy, loss (null where it is not finite), samples, whether mirror
   * images were shown, class names, confusion, the firing rate of each layer, over all and at each
   * timestep, and what the integer runner said.
   */
  public String json() {
    ObjectNode json = Json.object();
    json.put("accuracy", evaluation.accuracy());
    json.put("loss", Double.isFinite(evaluation.meanLoss()) ? evaluation.meanLoss() : null);
    json.put("samples", evaluation.samples());
    if (isMirrored) {
      json.put("test_mirror", true);
    }
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
    integer.ifPresent(agreement -> put(json.putObject("integer_runner"), agreement));
    return Json.text(json);
  }

  private static void put(ObjectNode json, RunnerAgreement agreement) {
    json.put("accuracy", agreement.accuracy());
    json.put("same_predictions", agreement.samePredictions());
    json.put("first_layer_neurons", agreement.firstLayerChances());
    json.put("first_layer_spikes_that_differ", agreement.firstLayerDifferences());
  }
}
