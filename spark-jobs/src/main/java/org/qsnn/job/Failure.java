package org.qsnn.job;

import java.io.FileNotFoundException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.qsnn.QsnnException;

/**
 * What a user is told about a throwable, and the exit code.
 *
 * <p>The cause counts, not its wrapping: Spark puts what a task threw into the cause chain of its
 * own exception.
 */
record Failure(String message, int exitCode) {
  private static final int BUG = 1;
  private static final int DATA = 3;

  /** A failure of the world around, recognized by its exception. */
  private record Rule(String what, Predicate<Throwable> matches) {}

  /** In this order: "file not found" is also how a file without permission shows itself. */
  private static final List<Rule> RULES =
      List.of(
          new Rule(
              "the disk is full",
              e -> says(e, "No space left on device") || isNamed(e, "QuotaExceededException")),
          new Rule(
              "no permission",
              e ->
                  e instanceof AccessDeniedException
                      || isNamed(e, "AccessControlException")
                      || says(e, "(Permission denied)")),
          new Rule("cannot create a folder", e -> says(e, "Mkdirs failed to create")),
          new Rule(
              "no such file or folder",
              e -> e instanceof NoSuchFileException || e instanceof FileNotFoundException),
          new Rule(
              "cannot connect",
              e -> e instanceof ConnectException || e instanceof UnknownHostException),
          new Rule(
              "Spark was stopped, by a signal or by its cluster; what is written is intact",
              e -> says(e, "stopped SparkContext") || says(e, "SparkContext was shut down")));

  static Failure of(Throwable thrown) {
    return chain(thrown)
        .filter(QsnnException.class::isInstance)
        .map(e -> new Failure(e.getMessage(), ((QsnnException) e).exitCode()))
        .findFirst()
        .or(() -> recognizeInnermost(thrown))
        .orElseGet(() -> bug(thrown));
  }

  boolean isBug() {
    return exitCode == BUG;
  }

  private static Optional<Failure> recognize(Throwable e) {
    return RULES.stream()
        .filter(rule -> rule.matches().test(e))
        .findFirst()
        .map(rule -> new Failure(rule.what() + ": " + firstLine(e.getMessage()), DATA));
  }

  /** Wrapping exceptions repeat their cause's message, less legibly. */
  private static Optional<Failure> recognizeInnermost(Throwable thrown) {
    return chain(thrown).flatMap(e -> recognize(e).stream()).reduce((outer, inner) -> inner);
  }

  private static Failure bug(Throwable thrown) {
    String root = chain(thrown).reduce((outer, inner) -> inner).orElseThrow().toString();
    return new Failure("this is a bug in qsnn, please report it: " + firstLine(root), BUG);
  }

  private static String firstLine(String message) {
    return message == null ? "" : message.lines().findFirst().orElse("");
  }

  private static Stream<Throwable> chain(Throwable thrown) {
    return Stream.iterate(thrown, Objects::nonNull, Throwable::getCause);
  }

  private static boolean says(Throwable e, String words) {
    return e.getMessage() != null && e.getMessage().contains(words);
  }

  /** By name: only the storage package knows Hadoop's classes. */
  private static boolean isNamed(Throwable e, String ending) {
    return e.getClass().getSimpleName().endsWith(ending);
  }
}
