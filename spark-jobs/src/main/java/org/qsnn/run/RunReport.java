package org.qsnn.run;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.qsnn.json.Json;
import org.qsnn.metric.EpochMetrics;
import org.qsnn.metric.Evaluation;
import org.qsnn.metric.Mistakes;
import org.qsnn.model.PackedModel;

/**
 * Writes what a run leaves for its readers: plain files that are written once, JSON one object on
 * one line, so that {@code spark.read.json} reads them as they are.
 */
public final class RunReport {
  private final RunFiles files;

  public RunReport(RunFiles files) {
    this.files = files;
  }

  /** The effective configuration, defaults and overrides included. */
  public void configuration(String hocon) {
    files.write(RunDirectory.CONFIGURATION, hocon.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * @param others that the run has already
   */
  void fingerprint(int others, ObjectNode fingerprint) {
    files.write(RunDirectory.fingerprint(others), Json.line(fingerprint));
  }

  public void epoch(EpochMetrics metrics) {
    files.write(RunDirectory.metrics(metrics.epoch()), Json.line(EpochJson.of(metrics)));
  }

  /**
   * Test samples that were taken for something else; an empty file if none was.
   *
   * @param classNames the index is the label
   */
  public void mistakes(Mistakes mistakes, List<String> classNames) {
    files.write(RunDirectory.MISTAKES, StoredMistake.lines(mistakes, classNames));
  }

  /**
   * {@linkplain org.qsnn.metric.NeuroBench NeuroBench's metrics} of the packed model.
   *
   * @param test with operations counted
   */
  public void neuroBench(PackedModel model, Evaluation test) {
    files.write(RunDirectory.NEUROBENCH, NeuroBenchFile.bytes(model, test));
  }

  /** Beside the packed model. */
  public void modelCard(ModelCard card) {
    files.write(RunDirectory.MODEL_CARD, card.text().getBytes(StandardCharsets.UTF_8));
  }

  /** The last file of a run: everything it names must be in place. */
  public void summary(Summary summary) {
    files.write(RunDirectory.SUMMARY, Json.line(summary.json()));
  }
}
