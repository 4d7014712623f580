package org.qsnn.job;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.spark.deploy.SparkSubmit;
import org.apache.spark.deploy.SparkSubmit$;
import org.qsnn.ControlCharacters;
import org.qsnn.failure.Failure;
import org.qsnn.storage.ProcessUser;
import org.qsnn.tensor.JvmOptions;

/**
 * What the launcher starts: Spark's submission, which starts {@link Main}. What Spark refuses
 * before that is told as Main tells its failures.
 */
public final class Submission {
  private Submission() {}

  /**
   * @param args those of spark-submit
   */
  public static void main(String[] args) {
    JvmOptions.apply();
    Charset charset = Charset.defaultCharset();
    ProcessUser.ensureNamed();
    PrintStream shown = ControlCharacters.shownOn(System.err, charset);
    int exitCode = submit(Arrays.asList(args), new PrintWriter(shown, true, charset));
    if (exitCode != 0) {
      System.exit(exitCode);
    }
  }

  /** Returns the exit code; the command itself ends the JVM if it fails. */
  static int submit(List<String> args, PrintWriter err) {
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    try {
      if (!args.contains("--verbose")) {
        SparkSubmit$.MODULE$.printStream_$eq(new PrintStream(said, true, UTF_8));
      }
      Optional<ClusterSubmission> elsewhere = ClusterSubmission.of(args);
      List<String> given = elsewhere.map(ClusterSubmission::arguments).orElse(args);
      elsewhere.ifPresent(driver -> MasterAddress.requireReachable(driver.master()));
      SparkSubmit.main(given.toArray(String[]::new));
      return 0;
    } catch (Throwable e) { // Spark throws checked exceptions that no signature names
      Optional<Failure> told = YarnDiagnosis.of(e);
      if (told.isPresent()) {
        err.println("qsnn: " + told.get().message());
        return told.get().exitCode();
      }
      Failure failure = Failure.of(e);
      err.println("qsnn: " + failure.message());
      if (args.contains("--debug")) {
        e.printStackTrace(err);
      } else {
        StackTraceFile.write(e, List.of(said.toString(UTF_8)), err);
      }
      return failure.exitCode();
    }
  }
}
