package org.qsnn.sweep;

import java.util.Locale;

/**
 * The next part of a trial's training.
 *
 * @param until epochs that it has then
 * @param intact epochs whose metrics are there
 */
record TrialStep(Trial trial, int until, int intact) {
  /** As Spark's web page shows it. */
  String description() {
    return String.format(
        Locale.ROOT, "trial %s to epoch %d %s", trial.name(), until, trial.named());
  }
}
