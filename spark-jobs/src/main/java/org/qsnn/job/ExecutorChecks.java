package org.qsnn.job;

import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.qsnn.distributed.ExecutorFacts;
import org.qsnn.distributed.ExecutorSoftware;
import org.qsnn.distributed.ExecutorSurvey;
import org.qsnn.job.DoctorReport.Level;

/** The checks of executors that have answered. */
record ExecutorChecks(DoctorReport report, ExecutorSurvey survey) {
  private static final int OLDEST_JAVA = 17;
  private static final long SCARCE_BYTES = 1L << 30;

  /** Versions: the same everywhere, and such as are known to fit. */
  void software() {
    String java = System.getProperty("java.version");
    if (Runtime.version().feature() < OLDEST_JAVA) {
      report.add(Level.PROBLEM, "java", java + ": Java 17 or newer is needed");
    } else {
      same("java", java, ExecutorSoftware::java);
    }
    same("spark", org.apache.spark.package$.MODULE$.SPARK_VERSION(), ExecutorSoftware::spark);
    same("scala", scala.util.Properties.versionNumberString(), ExecutorSoftware::scala);
    natives();
    vectors();
  }

  private void same(String name, String driver, Function<ExecutorSoftware, String> fact) {
    List<String> executors = distinct(executor -> fact.apply(executor.software()));
    boolean isSame = executors.equals(List.of(driver));
    report.add(
        isSame ? Level.OK : Level.PROBLEM,
        name,
        isSame
            ? driver + " on the driver and on every executor"
            : "driver " + driver + ", executors " + String.join(" and ", executors));
  }

  private void natives() {
    List<String> problems = problems(executor -> executor.software().nativeProblem());
    List<String> builds = distinct(executor -> executor.software().nativeClassifier());
    if (!problems.isEmpty()) {
      problems.forEach(problem -> report.add(Level.PROBLEM, "native", problem));
    } else if (builds.size() == 1) {
      report.add(Level.OK, "native", builds.get(0));
    } else {
      report.add(
          Level.PROBLEM,
          "native",
          "executors compute with "
              + String.join(" and ", builds)
              + ", which may not give the same bits; to use one build everywhere: --conf"
              + " spark.executor.extraJavaOptions="
              + "-Dorg.bytedeco.javacpp.platform.extension=-onednn-avx2");
    }
  }

  private void vectors() {
    boolean isUsed =
        survey.executors().stream().allMatch(executor -> executor.software().isUsingVectors());
    report.add(
        isUsed ? Level.OK : Level.WARNING,
        "vectors",
        String.join(" and ", distinct(executor -> executor.software().vectors())));
  }

  /** Who answered, with how many tasks and threads. */
  void executors(int shards, int cpusPerTask) {
    String hosts =
        survey.executors().stream()
            .collect(Collectors.groupingBy(ExecutorFacts::host, Collectors.counting()))
            .entrySet()
            .stream()
            .map(entry -> entry.getValue() + " on " + entry.getKey())
            .sorted()
            .collect(Collectors.joining(", "));
    report.add(
        survey.silent() == 0 ? Level.OK : Level.WARNING,
        "executors",
        survey.silent() == 0 ? hosts : hosts + "; " + survey.silent() + " more did not answer");
    report.add(
        survey.slots() <= shards ? Level.OK : Level.WARNING,
        "tasks",
        String.format(
            Locale.ROOT,
            "%d at a time, train.shards=%d%s",
            survey.slots(),
            shards,
            survey.slots() <= shards ? "" : ": some cores will be idle"));
    threads(cpusPerTask);
  }

  private void threads(int cpusPerTask) {
    int threads =
        survey.executors().stream()
            .mapToInt(executor -> executor.software().nativeThreads())
            .max()
            .orElse(1);
    report.add(
        threads == 1 ? Level.OK : Level.WARNING,
        "threads",
        threads == 1
            ? String.format(Locale.ROOT, "%s a task", cpusPerTask == 1 ? "one" : cpusPerTask)
            : threads
                + " inside operators: parallelism comes from shards, more threads in one only wait");
  }

  /** Where executors keep what does not fit into memory, and what they unpack. */
  void scratch() {
    List<String> problems = problems(executor -> executor.scratch().problem());
    long free =
        survey.executors().stream()
            .mapToLong(executor -> executor.scratch().freeBytes())
            .min()
            .orElse(Long.MAX_VALUE);
    String folders = String.join(" and ", distinct(executor -> executor.scratch().folders()));
    if (!problems.isEmpty()) {
      problems.forEach(problem -> report.add(Level.PROBLEM, "temporary files", problem));
    } else {
      report.add(
          free < SCARCE_BYTES ? Level.WARNING : Level.OK,
          "temporary files",
          String.format(
              Locale.ROOT,
              "%d MB free in %s%s",
              free >> 20,
              folders,
              free < SCARCE_BYTES ? ": for what does not fit into memory" : ""));
    }
  }

  void clocks() {
    boolean isFar =
        Math.abs(survey.clockOffsetMillis())
            > DoctorReport.CLOCK_MILLIS + survey.clockDoubtMillis();
    report.add(
        isFar ? Level.WARNING : Level.OK,
        "clocks",
        String.format(
            Locale.ROOT,
            "executors' clocks are %d ms from the driver's at most (± %d ms)",
            Math.abs(survey.clockOffsetMillis()),
            survey.clockDoubtMillis()));
  }

  private List<String> problems(Function<ExecutorFacts, String> problem) {
    return distinct(
            executor ->
                problem.apply(executor).isEmpty()
                    ? ""
                    : "executor "
                        + executor.id()
                        + " on "
                        + executor.host()
                        + ": "
                        + problem.apply(executor))
        .stream()
        .filter(text -> !text.isEmpty())
        .toList();
  }

  private List<String> distinct(Function<ExecutorFacts, String> fact) {
    return survey.executors().stream().map(fact).distinct().sorted().toList();
  }
}
