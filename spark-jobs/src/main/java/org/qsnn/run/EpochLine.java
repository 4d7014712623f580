package org.qsnn.run;

import java.util.List;
import java.util.Locale;
import org.qsnn.checkpoint.TrainingState;
import org.qsnn.metric.EpochMetrics;
import org.qsnn.text.Sizes;
import org.qsnn.text.Table;

/** What a run tells somebody who watches it where there is no terminal. */
public final class EpochLine {
  private EpochLine() {}

  /**
   * One line an epoch, such as {@code epoch 3/10 loss 1.234 train 0.456 validation 0.512 firing
   * 0.21 147 samples/s 12.3 s}. Epochs count from 1 here.
   */
  public static String of(EpochMetrics metrics, int epochs) {
    String validation =
        metrics.validationAccuracy() == null
            ? ""
            : format("  validation %.3f", metrics.validationAccuracy());
    return format("epoch %d/%d", metrics.epoch() + 1, epochs)
        + format("  loss %.3f  train %.3f", metrics.loss(), metrics.trainAccuracy())
        + validation
        + format("  firing %.2f", metrics.meanFiringRate())
        + format("  %s samples/s", speed(metrics.samplesPerSecond()))
        + format("  %.1f s", metrics.seconds().total());
  }

  /** The last lines of a training: how it ended and where everything lies. */
  public static List<String> closing(String runDirectory, Summary summary) {
    Table table = Table.ofFacts();
    table.row("test accuracy", summary.shown(summary.testAccuracy()));
    table.row(
        "best epoch",
        summary.validationAccuracy() == null
            ? format("%d of %d", summary.bestEpoch() + 1, summary.epochs())
            : format(
                "%d of %d, validation accuracy %.4f",
                summary.bestEpoch() + 1, summary.epochs(), summary.validationAccuracy()));
    table.row(
        "model",
        summary.modelFile() + "  " + Sizes.saving(summary.modelBytes(), summary.floatBytes()));
    table.row("run", runDirectory);
    for (String name : List.of(RunDirectory.SUMMARY, RunDirectory.METRICS, RunDirectory.LOG)) {
      table.row("", runDirectory + "/" + name);
    }
    return table.lines();
  }

  /** What is said of a training that was stopped before its end. */
  public static List<String> stopped(String runDirectory, TrainingState state, int epochs) {
    String where =
        state.epoch() == epochs
            ? "after its last epoch, before the test"
            : format("in epoch %d of %d, after %d steps", state.epoch() + 1, epochs, state.step());
    return List.of(runDirectory + ": stopped " + where + "; the same command resumes it");
  }

  private static String speed(double samplesPerSecond) {
    return format(samplesPerSecond < 10 ? "%.1f" : "%.0f", samplesPerSecond);
  }

  private static String format(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
