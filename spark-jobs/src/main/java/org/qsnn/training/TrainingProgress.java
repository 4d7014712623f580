package org.qsnn.training;

import java.io.PrintStream;

/** Is told how far a training is. */
public interface TrainingProgress extends AutoCloseable {

  /** Lines of epochs only. */
  static TrainingProgress lines(PrintStream out) {
    return new TrainingProgress() {
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
