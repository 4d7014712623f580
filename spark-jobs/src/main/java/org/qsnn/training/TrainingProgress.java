package org.qsnn.training;

import java.io.PrintStream;

/** Is told how far a training is. */
public interface TrainingProgress extends AutoCloseable {

  /** Tells nobody. */
  TrainingProgress SILENT =
      new TrainingProgress() {
        @Override
        public void stepDone(StepProgress progress) {
          // nobody asked
        }

        @Override
        public void epochDone(String line) {
          // nobody asked
        }

        @Override
        public void close() {
          // holds nothing
        }
      };

  /** Lines of epochs only. */
  static TrainingProgress lines(PrintStream out) {
    return new TrainingProgress() {
      @Override
      public void stepDone(StepProgress progress) {
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

  /** A step is done. */
  void stepDone(StepProgress progress);

  /** An epoch is done; the line says how it went. */
  void epochDone(String line);

  @Override
  void close();
}
