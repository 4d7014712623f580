package org.qsnn.failure;

import java.util.Arrays;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * How one failure of the environment is recognized, and what a user is told about it.
 *
 * @param words what must be and what to do; {@code {}} stands for what was found, the exception's
 *     own first line
 */
record FailureRule(Predicate<Throwable> matches, Function<Throwable, String> words, int exitCode) {
  /** The configuration, the command line, or the machine or cluster as it is set up. */
  private static final int CONFIGURATION = 2;

  /** Data or storage. */
  private static final int DATA = 3;

  static FailureRule setup(Predicate<Throwable> matches, String words) {
    return new FailureRule(matches, filled(words), CONFIGURATION);
  }

  static FailureRule setup(Predicate<Throwable> matches, Function<Throwable, String> words) {
    return new FailureRule(matches, words, CONFIGURATION);
  }

  static FailureRule data(Predicate<Throwable> matches, String words) {
    return new FailureRule(matches, filled(words), DATA);
  }

  /** One of these is in the exception's message. */
  static Predicate<Throwable> says(String... words) {
    return e ->
        e.getMessage() != null
            && Arrays.stream(words).anyMatch(word -> e.getMessage().contains(word));
  }

  /** By name: a package knows only some libraries' classes. */
  static Predicate<Throwable> isNamed(String... endings) {
    return e -> Arrays.stream(endings).anyMatch(e.getClass().getSimpleName()::endsWith);
  }

  /** A class or method of this name was at work, or called what was. */
  static Predicate<Throwable> isThrownIn(String name) {
    return e ->
        Arrays.stream(e.getStackTrace())
            .map(frame -> frame.getClassName() + "." + frame.getMethodName())
            .anyMatch(frame -> frame.contains(name));
  }

  static Predicate<Throwable> isA(Class<? extends Throwable> type) {
    return type::isInstance;
  }

  /**
   * The first line of an exception's message, or the exception's name if it has none; without the
   * point or colon at its end, since words of ours follow.
   */
  static String found(Throwable e) {
    String line =
        String.valueOf(e.getMessage())
            .lines()
            .map(text -> text.strip().replaceFirst("[.:;,]+$", ""))
            .findFirst()
            .orElse("");
    return e.getMessage() == null || line.isEmpty() ? e.getClass().getSimpleName() : line;
  }

  private static Function<Throwable, String> filled(String words) {
    return e -> words.replace("{}", found(e));
  }

  Failure failure(Throwable e) {
    return new Failure(words.apply(e), exitCode, true);
  }
}
