package org.qsnn.failure;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.qsnn.QsnnException;

/**
 * What a user is told about a throwable, and the exit code.
 *
 * <p>The cause counts, not its wrapping: Spark puts what a task threw into the cause chain of its
 * own exception.
 *
 * @param isForeign whether the words are a translation, so that the stack trace tells more
 */
public record Failure(String message, int exitCode, boolean isForeign) {
  private static final int BUG = 1;
  private static final int LONGEST_CHAIN = 100;

  public static Failure of(Throwable thrown) {
    return chain(thrown)
        .filter(QsnnException.class::isInstance)
        .map(e -> new Failure(e.getMessage(), ((QsnnException) e).exitCode(), false))
        .findFirst()
        .or(() -> recognize(MachineRules.RULES, thrown))
        .or(() -> recognize(SparkRules.RULES, thrown))
        .or(() -> recognize(ForeignRules.RULES, root(thrown)))
        .orElseGet(() -> bug(root(thrown)));
  }

  public boolean isBug() {
    return exitCode == BUG;
  }

  /** Wrapping exceptions repeat their cause's message, less legibly: the innermost counts. */
  private static Optional<Failure> recognize(List<FailureRule> rules, Throwable thrown) {
    return chain(thrown)
        .flatMap(
            e ->
                rules.stream()
                    .filter(rule -> rule.matches().test(e))
                    .limit(1)
                    .map(rule -> rule.failure(e)))
        .reduce((outer, inner) -> inner);
  }

  private static Throwable root(Throwable thrown) {
    return chain(thrown).reduce((outer, inner) -> inner).orElseThrow();
  }

  private static Failure bug(Throwable root) {
    String line = root.toString().lines().findFirst().orElse("");
    return new Failure("this is a bug in qsnn, please report it: " + line, BUG, true);
  }

  public static Stream<Throwable> chain(Throwable thrown) {
    return Stream.iterate(thrown, Objects::nonNull, Throwable::getCause).limit(LONGEST_CHAIN);
  }
}
