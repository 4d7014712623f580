package org.qsnn.job;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.qsnn.failure.Failure;
import org.qsnn.yarn.ResourceManager;

/**
 * What became of a driver that YARN ran. YARN keeps no exit code of it, but the message of what it
 * threw: that begins with one.
 */
final class YarnDiagnosis {
  private static final Pattern ENDED =
      Pattern.compile(
          "Application (application_\\d+_\\d+) (finished with failed status|is killed)");
  private static final Pattern TOLD = Pattern.compile("qsnn ended with exit code (\\d+): (.*)");

  private YarnDiagnosis() {}

  /** Thrown by a driver in place of an exit code. Its trace would only make the message longer. */
  static RuntimeException ofDriver(int exitCode, String message) {
    return new DriverFailure("qsnn ended with exit code " + exitCode + ": " + message);
  }

  private static final class DriverFailure extends RuntimeException {
    private static final long serialVersionUID = 1;

    DriverFailure(String message) {
      super(message, null, false, false);
    }
  }

  /** Empty if the submission failed for another reason than that the driver did. */
  static Optional<Failure> of(Throwable thrown) {
    return Failure.chain(thrown)
        .map(e -> ENDED.matcher(String.valueOf(e.getMessage())))
        .filter(Matcher::find)
        .findFirst()
        .map(
            ended ->
                ended.group(2).equals("is killed")
                    ? untold(ended.group(1), "was killed")
                    : in(ResourceManager.diagnostics(ended.group(1)))
                        .orElseGet(() -> untold(ended.group(1), "has failed on the cluster")));
  }

  private static Failure untold(String application, String end) {
    String words =
        String.format(
            Locale.ROOT,
            "%s %s; yarn logs -applicationId %1$s says what it did, and the same command resumes a training",
            application,
            end);
    return new Failure(words, 2, false);
  }

  /** What a driver told of itself. */
  static Optional<Failure> in(String diagnostics) {
    Matcher told = TOLD.matcher(diagnostics);
    return told.find()
        ? Optional.of(new Failure(told.group(2), Integer.parseInt(told.group(1)), false))
        : Optional.empty();
  }
}
