package org.qsnn.job;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import org.jline.utils.Signals;
import org.qsnn.training.Stop;

/**
 * Ctrl-C, a terminal that is closed, and what a cluster sends before it kills: the first ends the
 * command, the second the process. Where a command is {@link #gently gentle} it ends on its own;
 * elsewhere its thread is interrupted, what it waits for is cancelled, and what it has half written
 * is removed on the way out.
 */
final class StopSignal implements Stop {
  /** A shell says so of a process that a signal ended. */
  private static final int EXIT_CODE = 128;

  /** For a checkpoint on a slow file system. */
  private static final Duration GENTLE_PATIENCE = Duration.ofSeconds(60);

  /** For what is half written. */
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private static final int ATTEMPTS = 5;

  private final PrintWriter err;
  private final IntConsumer halt;
  private volatile Thread command;
  private final List<Consumer<String>> listeners = new ArrayList<>();
  private boolean isGentle;
  private boolean wasAsked;
  private volatile boolean wasGentle;
  private volatile String name;
  private volatile int exitCode;

  private StopSignal(PrintWriter err, IntConsumer halt, Thread command) {
    this.err = err;
    this.halt = halt;
    this.command = command;
  }

  /**
   * Takes SIGINT, SIGTERM and SIGHUP from the command of this thread; the process ends with it. A
   * signal that the process was told to ignore, as nohup does with SIGHUP, stays ignored: Java
   * registers no handler then.
   */
  static StopSignal caught(PrintWriter err) {
    StopSignal signal = new StopSignal(err, Runtime.getRuntime()::halt, Thread.currentThread());
    signal.take("HUP", 1);
    signal.take("INT", 2);
    signal.take("TERM", 15);
    return signal;
  }

  /** Takes none: for tests, which call {@link #received}. */
  static StopSignal uncaught(PrintWriter err, IntConsumer halt, Thread command) {
    return new StopSignal(err, halt, command);
  }

  private void take(String signal, int number) {
    Signals.register(
        signal,
        () -> {
          received(signal, number);
          endLater();
        });
  }

  /** Another thread than the one that caught the signals is the command's. */
  void endsWith(Thread thread) {
    command = thread;
  }

  /**
   * A cluster wants the command to end; it sends SIGTERM as well, before this or after it. Returns
   * whether it is the first to ask.
   */
  synchronized boolean asked() {
    if (isReceived()) {
      return false;
    }
    received("TERM", 15);
    wasAsked = true;
    return true;
  }

  synchronized void received(String signal, int number) {
    if (wasAsked) {
      wasAsked = false;
      return;
    }
    if (isReceived()) {
      halt.accept(exitCode);
      return;
    }
    name = "SIG" + signal;
    exitCode = EXIT_CODE + number;
    String how = isGentle ? "ending after this step, with a checkpoint" : "ending";
    err.println("qsnn: " + name + ": " + how + "; a second signal ends it at once");
    err.flush();
    wasGentle = isGentle;
    listeners.forEach(listener -> listener.accept(name));
    if (!isGentle) {
      command.interrupt();
    }
  }

  /** A command that does not come to its end is ended. */
  void endLater() {
    Exit.daemon(
        "ends the process after a signal",
        () -> {
          if (isGentle()) {
            Exit.sleep(GENTLE_PATIENCE);
          }
          interruptUntilItEnds();
          Exit.soon(exitCode);
        });
  }

  /** Again and again: Hadoop forgets an interrupt that comes while it waits for a program. */
  private void interruptUntilItEnds() {
    for (int i = 0; i < ATTEMPTS; i++) {
      command.interrupt();
      Exit.sleep(PATIENCE.dividedBy(ATTEMPTS));
    }
  }

  @Override
  public synchronized Gentle gently() {
    isGentle = true;
    return this::beStrict;
  }

  private synchronized void beStrict() {
    isGentle = false;
  }

  private synchronized boolean isGentle() {
    return isGentle;
  }

  /** Tells a listener the signal's name when it comes, or at once if it has come. */
  synchronized void whenReceived(Consumer<String> listener) {
    listeners.add(listener);
    if (isReceived()) {
      listener.accept(name);
    }
  }

  @Override
  public boolean isReceived() {
    return exitCode != 0;
  }

  /** Whether the command was left to end on its own. */
  boolean wasGentle() {
    return wasGentle;
  }

  @Override
  public String name() {
    return name;
  }

  /** Of a command that ended because of it. */
  int exitCode() {
    return exitCode;
  }
}
