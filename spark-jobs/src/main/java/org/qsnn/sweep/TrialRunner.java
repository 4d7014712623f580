package org.qsnn.sweep;

import java.util.concurrent.CompletableFuture;

/** Where trials are trained. */
interface TrialRunner extends AutoCloseable {
  /** Trials at a time, now. */
  int slots();

  /**
   * Starts a part of a trial. The future fails where the reason is not the trial's own: storage
   * that is away, or executors that are lost again and again.
   */
  CompletableFuture<TrialEnd> start(TrialStep step);

  /** Ends all trials where they are, with checkpoints, and waits until they have; not for ever. */
  void pause();

  @Override
  void close();
}
