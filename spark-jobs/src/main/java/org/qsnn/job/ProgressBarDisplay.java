package org.qsnn.job;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import me.tongfei.progressbar.DelegatingProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import org.qsnn.training.StepProgress;
import org.qsnn.training.TrainingProgress;

/** A bar for each epoch, below the lines of the epochs before; times are the training's. */
final class ProgressBarDisplay implements TrainingProgress {
  /** Returns to the line's beginning and erases it. */
  static final String CLEAR_LINE = "\r\u001b[K";

  private final PrintStream out;
  private final long started = System.nanoTime();
  private ProgressBar bar;
  private int stepsSeen;
  private volatile Duration left;

  ProgressBarDisplay(PrintStream out) {
    this.out = out;
  }

  /**
   * On standard error, as progress output usually is: a bar on a terminal, otherwise a line per
   * epoch.
   */
  static TrainingProgress orLinesOnStandardError() {
    return Terminal.isStandardError()
        ? new ProgressBarDisplay(Terminal.standardError())
        : TrainingProgress.lines(System.err);
  }

  @Override
  public void stepDone(StepProgress progress) {
    stepsSeen++;
    left = elapsed().multipliedBy(progress.stepsLeft()).dividedBy(stepsSeen);
    if (bar == null) {
      bar = start(progress);
    }
    bar.setExtraMessage(
        String.format(
            Locale.ROOT,
            " loss %.3f acc %.3f %.0f/s",
            progress.loss(),
            progress.accuracy(),
            progress.samplesPerSecond()));
    bar.stepTo(progress.step() + 1);
  }

  @Override
  public void epochDone(String line) {
    stopBar();
    out.print(CLEAR_LINE + line + System.lineSeparator());
  }

  /** A bar that is still there belongs to an epoch that did not end; it stays on the screen. */
  @Override
  public void close() {
    if (bar != null) {
      stopBar();
      out.println();
    }
  }

  private ProgressBar start(StepProgress progress) {
    return new ProgressBarBuilder()
        .setTaskName("epoch " + (progress.epoch() + 1) + "/" + progress.epochs())
        .setInitialMax(progress.steps())
        .startsFrom(progress.step(), elapsed())
        .setEtaFunction(state -> Optional.of(left))
        .setConsumer(new DelegatingProgressBarConsumer(text -> out.print(CLEAR_LINE + text)))
        .build();
  }

  private void stopBar() {
    if (bar != null) {
      bar.close();
      bar = null;
    }
  }

  private Duration elapsed() {
    return Duration.ofNanos(System.nanoTime() - started);
  }
}
