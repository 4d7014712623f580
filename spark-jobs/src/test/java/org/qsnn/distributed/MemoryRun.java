package org.qsnn.distributed;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.qsnn.checkpoint.Checkpoint;
import org.qsnn.checkpoint.TrainingState;
import org.qsnn.metric.EpochMetrics;
import org.qsnn.metric.EpochSums;
import org.qsnn.model.PackedModel;
import org.qsnn.train.RunStore;
import org.qsnn.train.TrainingListener;

/** A run in memory. */
final class MemoryRun implements RunStore, TrainingListener {
  private final List<EpochMetrics> rows = new ArrayList<>();
  private String model = "";

  /** All that a training computes; times are left out. */
  record Bits(String parametersSha256, String model, List<EpochMetrics> rows) {}

  Bits bits(TrainingState last) {
    return new Bits(
        Checkpoint.parametersSha256(last.parameters(), last.statistics()),
        model,
        List.copyOf(rows));
  }

  @Override
  public Optional<TrainingState> newestState() {
    return Optional.empty();
  }

  @Override
  public void writeState(TrainingState state) {
    // nothing resumes from memory
  }

  @Override
  public void writeModel(int epoch, PackedModel best) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      best.write(out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    model = HexFormat.of().formatHex(out.toByteArray());
  }

  @Override
  public void writeMetrics(EpochMetrics row) {
    rows.add(
        new EpochMetrics(
            row.epoch(),
            row.loss(),
            row.crossEntropy(),
            row.rateTerm(),
            row.trainAccuracy(),
            row.validationAccuracy(),
            row.learningRate(),
            row.k(),
            row.t(),
            0,
            new EpochMetrics.Seconds(0, 0, 0, 0, 0),
            row.layers(),
            row.weights(),
            row.hashes()));
  }

  @Override
  public void stepDone(int epoch, int step, int steps, EpochSums sums) {
    // a step leaves nothing
  }

  @Override
  public void epochDone(EpochMetrics row) {
    // writeMetrics has it
  }
}
