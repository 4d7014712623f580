package org.qsnn.training;

/** Asks a training to end where it is, with a checkpoint. */
public interface Stop {
  /** Never asks. */
  Stop NEVER =
      new Stop() {
        @Override
        public boolean isReceived() {
          return false;
        }

        @Override
        public String name() {
          return "nobody";
        }

        @Override
        public Gentle gently() {
          return () -> {};
        }
      };

  boolean isReceived();

  /** Who asked, as SIGTERM. */
  String name();

  /**
   * From now on the training looks at {@link #isReceived} and ends on its own, until it is closed.
   */
  Gentle gently();

  /** A part of a training that ends on its own. */
  interface Gentle extends AutoCloseable {
    @Override
    void close();
  }
}
