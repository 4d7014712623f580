package org.qsnn.job;

import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.IntSupplier;
import java.util.stream.Stream;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.qsnn.QsnnException;
import org.qsnn.config.StorageSection;
import org.qsnn.failure.Failure;
import org.qsnn.storage.StorageException;
import org.qsnn.training.LoggedException;
import org.qsnn.training.Training;
import org.qsnn.training.TrainingProgress;

/** The process around a command: its signals, what its libraries logged, and how it ends. */
final class CommandProcess {
  private static final Logger LOG = LogManager.getLogger();

  private final PrintWriter err;
  private final StopSignal stop;
  private final Optional<RecentLog> log;
  private volatile boolean isEnding;
  private volatile String told = "see its log";

  private CommandProcess(PrintWriter err, StopSignal stop, Optional<RecentLog> log) {
    this.err = err;
    this.stop = stop;
    this.log = log;
  }

  /** This JVM, for the command of this thread: it ends with the command, whatever ends it. */
  static CommandProcess ofThisJvm(PrintWriter err) {
    CommandProcess process =
        new CommandProcess(err, StopSignal.caught(err), Optional.of(RecentLog.attached()));
    Thread.setDefaultUncaughtExceptionHandler((thread, e) -> process.uncaught(thread, e));
    return process;
  }

  /** For commands in a JVM that another program started. */
  static CommandProcess inside(PrintWriter err) {
    return new CommandProcess(
        err, StopSignal.uncaught(err, exitCode -> {}, Thread.currentThread()), Optional.empty());
  }

  /** Of a training that this process shows, may stop and explains. */
  Training.Watch watch(TrainingProgress progress) {
    return new Training.Watch(progress, stop, failure -> Failure.of(failure).message());
  }

  StopSignal stop() {
    return stop;
  }

  /**
   * Spark, with the options that its launcher was given. Storage that is away is a failure at once.
   */
  Session session(String command) {
    expectForeignExit();
    return Session.start(command, stop);
  }

  /**
   * The same for a command that computes with data: from its first look on, storage that is away is
   * waited for, as its options say. Its configuration may say otherwise of what follows.
   */
  Session patientSession(String command, List<String> overrides) {
    StorageSection storage = StorageSection.of(overrides);
    return session(command).patient(storage);
  }

  /** Spark on so many cores of this machine, whatever master was given. */
  Session localSession(String command, int cores) {
    expectForeignExit();
    return Session.local(command, cores, stop);
  }

  /** Spark on executors: those of the master that was given, or so many of this machine. */
  Session executorSession(String command, int executors) {
    expectForeignExit();
    return Session.onExecutors(command, executors, stop);
  }

  private void expectForeignExit() {
    if (log.isPresent()) {
      ForeignExit.answeredBy(this::answerForeignExit);
    }
  }

  private int answerForeignExit() {
    if (isEnding || stop.isReceived()) {
      return 0;
    }
    return log.flatMap(RecentLog::firstThrown)
        .map(thrown -> report(thrown, err, false))
        .orElseGet(this::reportForeignExit);
  }

  private int reportForeignExit() {
    err.println(
        "qsnn: Spark ended the process before the command was done, and did not say why; see its"
            + " options and the cluster's web page");
    return 2;
  }

  /**
   * Says in one line why a command has failed, and in a second one where its stack trace is if that
   * tells more; returns the exit code.
   */
  int report(Throwable thrown, PrintWriter err, boolean isDebugging) {
    if (isDebugging) {
      thrown.printStackTrace(err);
    }
    if (isEndedBySignal(thrown)) {
      told = "ended by " + stop.name();
      err.println("qsnn: " + told);
      return stop.exitCode();
    }
    Failure failure = Failure.of(thrown);
    told = failure.message();
    err.println("qsnn: " + told);
    logged(thrown).ifPresent(e -> besides(e).forEach(line -> err.println("qsnn: " + line)));
    if (failure.isForeign() && !isDebugging) {
      sayWhereTheTraceIs(thrown, err);
    }
    return failure.exitCode();
  }

  private void sayWhereTheTraceIs(Throwable thrown, PrintWriter err) {
    logged(thrown)
        .ifPresentOrElse(
            e -> err.println("qsnn: its stack trace is in " + e.log()),
            () -> StackTraceFile.write(thrown, log.map(RecentLog::lines).orElse(List.of()), err));
  }

  private boolean isEndedBySignal(Throwable thrown) {
    boolean isCutOff = Failure.chain(thrown).anyMatch(CancellationException.class::isInstance);
    return stop.isReceived() && (isCutOff || !stop.wasGentle());
  }

  private static Optional<LoggedException> logged(Throwable thrown) {
    return Failure.chain(thrown)
        .filter(LoggedException.class::isInstance)
        .map(LoggedException.class::cast)
        .findFirst();
  }

  /** What failed while the log was closed. Storage that fails keeps the run's lease as well. */
  private static List<String> besides(LoggedException e) {
    boolean isStorage = Failure.chain(e).anyMatch(StorageException.class::isInstance);
    return Stream.of(e.getSuppressed())
        .filter(QsnnException.class::isInstance)
        .filter(other -> !(isStorage && other instanceof StorageException))
        .map(Throwable::getMessage)
        .toList();
  }

  /**
   * Some thread of a library fails. Without memory, stack or classes it cannot be known which part
   * of Spark is still at work: the process ends. Everything else is for the log.
   */
  private void uncaught(Thread thread, Throwable e) {
    if (e instanceof VirtualMachineError || e instanceof LinkageError) {
      boolean isFirst = !isEnding;
      isEnding = true;
      if (isFirst) {
        Exit.soon(report(e, err, false));
      }
    } else {
      LOG.debug("{} ended", thread.getName(), e);
    }
  }

  /** A command that found problems after a signal has looked at what the signal ended. */
  int exitCode(int found) {
    return found != 0 && stop.isReceived() ? stop.exitCode() : found;
  }

  /** Runs the command; returns its exit code. */
  int run(IntSupplier command) {
    return YarnContainer.isThis()
        ? YarnContainer.undisturbed(
            () -> {
              stop.endsWith(Thread.currentThread());
              return command.getAsInt();
            },
            this::endBecauseAsked)
        : command.getAsInt();
  }

  private void endBecauseAsked() {
    if (stop.asked()) {
      stop.endLater();
    }
  }

  /**
   * The command has ended with this code; a process that succeeds need not be ended, and one that
   * YARN started has to say why it failed.
   */
  void end(int exitCode) {
    isEnding = true;
    if (exitCode != 0) {
      if (YarnContainer.isThis()) {
        throw YarnDiagnosis.ofDriver(exitCode, told);
      }
      System.exit(exitCode);
    }
  }
}
