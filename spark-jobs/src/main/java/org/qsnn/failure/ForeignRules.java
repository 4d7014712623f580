package org.qsnn.failure;

import static org.qsnn.failure.FailureRule.data;
import static org.qsnn.failure.FailureRule.isA;
import static org.qsnn.failure.FailureRule.says;
import static org.qsnn.failure.FailureRule.setup;

import java.io.IOException;
import java.net.ConnectException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.spark.SparkThrowable;

/** Failures of which only the library is known: the stack trace tells the rest. */
final class ForeignRules {
  private static final List<String> JAVA = List.of("java.", "javax.", "jdk.", "sun.", "scala.");

  private static final List<String> LIBRARIES =
      List.of(
          "org.apache.spark.",
          "org.apache.hadoop.",
          "org.apache.parquet.",
          "org.sparkproject.",
          "com.esotericsoftware.",
          "io.netty.");

  static final List<FailureRule> RULES =
      List.of(
          new FailureRule(
              says("stopped SparkContext", "SparkContext was shut down"),
              e ->
                  "Spark was stopped, by its cluster or from outside: "
                      + FailureRule.found(e)
                      + "; what was written is intact, and the same command resumes it",
              3),
          setup(
              e -> e instanceof SparkThrowable spark && spark.getCondition() != null,
              "Spark refuses: {}; see the options of Spark on the command line and in"
                  + " spark-defaults.conf"),
          data(isA(ConnectException.class), "cannot connect: {}"),
          data(isA(IOException.class), "the machine or its storage fails: {}"),
          setup(
              ForeignRules::isOfALibrary,
              e ->
                  String.format(
                      Locale.ROOT,
                      "Spark or Hadoop fails: %s: %s; see their options on the command line, in spark-defaults.conf and HADOOP_CONF_DIR",
                      e.getClass().getSimpleName(),
                      FailureRule.found(e))));

  private ForeignRules() {}

  /** Thrown by a library or by what of Java it called; not what a call into it made of ours. */
  private static boolean isOfALibrary(Throwable e) {
    return e.getCause() == null && thrower(e).filter(ForeignRules::isLibrary).isPresent();
  }

  private static Optional<String> thrower(Throwable e) {
    return Arrays.stream(e.getStackTrace())
        .map(StackTraceElement::getClassName)
        .filter(name -> JAVA.stream().noneMatch(name::startsWith))
        .findFirst();
  }

  private static boolean isLibrary(String className) {
    return LIBRARIES.stream().anyMatch(className::startsWith);
  }
}
