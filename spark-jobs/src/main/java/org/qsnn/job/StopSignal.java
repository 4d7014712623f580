package org.qsnn.job;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;
import org.jline.utils.Signals;

/**
 * Ctrl-C, and what a cluster sends before it kills: the first asks for an end, the second makes it.
 */
final class StopSignal implements AutoCloseable {
  /** A shell says so of a process that a signal ended. */
  private static final int EXIT_CODE = 128;

  private final PrintWriter err;
  private final IntConsumer halt;
  private final List<Runnable> restore = new ArrayList<>();
  private volatile int exitCode;

  private StopSignal(PrintWriter err, IntConsumer halt) {
    this.err = err;
    this.halt = halt;
  }

  /** Takes SIGINT and SIGTERM until it is closed. */
  static StopSignal caught(PrintWriter err) {
    StopSignal signal = new StopSignal(err, Runtime.getRuntime()::halt);
    signal.take("INT", 2);
    signal.take("TERM", 15);
    return signal;
  }

  /** Takes none: for tests, which call {@link #received}. */
  static StopSignal uncaught(PrintWriter err, IntConsumer halt) {
    return new StopSignal(err, halt);
  }

  private void take(String name, int number) {
    Object previous = Signals.register(name, () -> received(name, number));
    restore.add(() -> Signals.unregister(name, previous));
  }

  synchronized void received(String name, int number) {
    if (isReceived()) {
      halt.accept(exitCode);
    }
    exitCode = EXIT_CODE + number;
    err.printf(
        "qsnn: SIG%s: ending after this step, with a checkpoint; once more ends at once%n", name);
    err.flush();
  }

  boolean isReceived() {
    return exitCode != 0;
  }

  /** Of a command that ended because of it. */
  int exitCode() {
    return exitCode;
  }

  /** Gives the signals back. */
  @Override
  public void close() {
    restore.forEach(Runnable::run);
  }
}
