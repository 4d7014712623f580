package org.qsnn.job;

import java.io.PrintStream;

/** Shows how far a training is: a bar on a terminal, a line an epoch elsewhere. */
interface ProgressDisplay extends AutoCloseable {

  /** The display that fits standard error, where progress goes. */
  static ProgressDisplay onStandardError() {
    return Terminal.isStandardError()
        ? new ProgressBarDisplay(Terminal.standardError())
        : lines(System.err);
  }

  /** Lines of epochs only. */
  static ProgressDisplay lines(PrintStream out) {
    return new ProgressDisplay() {
      @Override
      public void stepDone(
          int epoch,
          int epochs,
          int step,
          int steps,
          double loss,
          double accuracy,
          double samplesPerSecond) {
        // a step is worth no line
      }

      @Override
      public void epochDone(String line) {
        out.println(line);
      }

      @Override
      public void close() {
        // nothing stays on the screen
      }
    };
  }

  /**
   * A step is done.
   *
   * @param epoch from 0
   * @param step from 0, within the epoch
   * @param loss of the epoch so far
   * @param accuracy of the epoch so far, 0…1
   */
  void stepDone(
      int epoch,
      int epochs,
      int step,
      int steps,
      double loss,
      double accuracy,
      double samplesPerSecond);

  /** An epoch is done; the line says how it went. */
  void epochDone(String line);

  @Override
  void close();
}
