package org.qsnn.job;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.qsnn.QsnnException;
import org.qsnn.distributed.ExecutorFacts;
import org.qsnn.distributed.ExecutorSurvey;
import org.qsnn.storage.FileStore;

/** What was found about a session and what a training needs of it, finding by finding. */
final class Checkup {
  /** The lease of a run compares times of files, which have seconds; logs are read side by side. */
  private static final long CLOCK_MILLIS = 2000;

  private static final int OLDEST_JAVA = 17;

  private final List<Finding> findings = new ArrayList<>();

  enum Level {
    OK("ok"),
    WARNING("warning"),
    PROBLEM("problem");

    private final String word;

    Level(String word) {
      this.word = word;
    }

    @Override
    public String toString() {
      return word;
    }
  }

  /** One thing that was looked at. */
  record Finding(Level level, String name, String text) {}

  List<Finding> findings() {
    return List.copyOf(findings);
  }

  boolean isFine() {
    return findings.stream().noneMatch(finding -> finding.level() == Level.PROBLEM);
  }

  void add(Level level, String name, String text) {
    findings.add(new Finding(level, name, text));
  }

  /** Tells what something says of itself, or why it failed; the checks go on then. */
  void attempt(String name, Supplier<String> check) {
    try {
      add(Level.OK, name, check.get());
    } catch (QsnnException e) {
      add(Level.PROBLEM, name, e.getMessage());
    }
  }

  /** Versions, the native build and threads: the same everywhere, and such as are known to fit. */
  void software(ExecutorSurvey survey) {
    String java = System.getProperty("java.version");
    boolean isOld = Runtime.version().feature() < OLDEST_JAVA;
    same("java", java, survey, ExecutorFacts::java, isOld ? "Java 17 or newer is needed" : null);
    same("spark", sparkVersion(), survey, ExecutorFacts::spark, null);
    same("scala", scala.util.Properties.versionNumberString(), survey, ExecutorFacts::scala, null);
    List<String> builds = distinct(survey, ExecutorFacts::nativeClassifier);
    add(
        builds.size() == 1 ? Level.OK : Level.PROBLEM,
        "native",
        builds.size() == 1
            ? builds.get(0)
            : "executors compute with "
                + String.join(" and ", builds)
                + ", which need not give the same bits; to use one build everywhere: --conf"
                + " spark.executor.extraJavaOptions="
                + "-Dorg.bytedeco.javacpp.platform.extension=-onednn-avx2");
  }

  private static String sparkVersion() {
    return org.apache.spark.package$.MODULE$.SPARK_VERSION();
  }

  private void same(
      String name,
      String driver,
      ExecutorSurvey survey,
      Function<ExecutorFacts, String> fact,
      String problem) {
    List<String> executors = distinct(survey, fact);
    if (problem != null) {
      add(Level.PROBLEM, name, driver + ": " + problem);
    } else if (executors.equals(List.of(driver))) {
      add(Level.OK, name, driver + " on the driver and on every executor");
    } else {
      add(
          Level.PROBLEM,
          name,
          "driver " + driver + ", executors " + String.join(" and ", executors));
    }
  }

  private static List<String> distinct(
      ExecutorSurvey survey, Function<ExecutorFacts, String> fact) {
    return survey.executors().stream().map(fact).distinct().sorted().toList();
  }

  /** Who answered, with how many tasks and threads. */
  void executors(ExecutorSurvey survey, int shards, int cpusPerTask) {
    String hosts =
        survey.executors().stream()
            .collect(Collectors.groupingBy(ExecutorFacts::host, Collectors.counting()))
            .entrySet()
            .stream()
            .map(entry -> entry.getValue() + " on " + entry.getKey())
            .sorted()
            .collect(Collectors.joining(", "));
    add(
        survey.silent() == 0 ? Level.OK : Level.WARNING,
        "executors",
        survey.silent() == 0 ? hosts : hosts + "; " + survey.silent() + " more gave no answer");
    add(
        survey.slots() <= shards ? Level.OK : Level.WARNING,
        "tasks",
        String.format(
            Locale.ROOT,
            "%d at a time, train.shards=%d%s",
            survey.slots(),
            shards,
            survey.slots() <= shards ? "" : ": some cores will have nothing to do"));
    int threads =
        survey.executors().stream().mapToInt(ExecutorFacts::nativeThreads).max().orElse(1);
    boolean isOne = threads == 1 && cpusPerTask == 1;
    add(
        isOne ? Level.OK : Level.WARNING,
        "threads",
        isOne
            ? "one a task"
            : String.format(
                    Locale.ROOT,
                    "%d inside operators, spark.task.cpus=%d: parallelism comes from tasks, more threads",
                    threads,
                    cpusPerTask)
                + " in one only wait");
  }

  void clocks(ExecutorSurvey survey) {
    boolean isFar = Math.abs(survey.clockOffsetMillis()) > CLOCK_MILLIS + survey.clockDoubtMillis();
    add(
        isFar ? Level.WARNING : Level.OK,
        "clocks",
        String.format(
            Locale.ROOT,
            "executors' clocks are %d ms from the driver's at most (± %d ms)",
            Math.abs(survey.clockOffsetMillis()),
            survey.clockDoubtMillis()));
  }

  /** Writes, reads and deletes a file where a folder is, or would be made. */
  void writable(String name, FileStore files, String folder) {
    attempt(
        name,
        () -> {
          String there = files.absolute(folder);
          while (!files.exists(there)) {
            there = files.parent(there);
          }
          String probe = files.temporary(there + "/doctor");
          long start = System.nanoTime();
          files.commit(probe, out -> out.write(1));
          files.readBytes(probe, 1);
          long ahead = files.entry(probe).modified() - System.currentTimeMillis();
          files.discard(probe);
          requireNear(there, ahead);
          return String.format(
              Locale.ROOT,
              "%s is writable (%d ms)",
              there,
              (System.nanoTime() - start) / 1_000_000);
        });
  }

  private void requireNear(String folder, long millis) {
    if (Math.abs(millis) > CLOCK_MILLIS) {
      add(
          Level.WARNING,
          "clocks",
          String.format(
              Locale.ROOT,
              "the file system of %s is %d ms from the driver's clock",
              folder,
              millis));
    }
  }

  /** Whether what a JVM has is enough. */
  void memory(String name, long needed, long found, String remedy) {
    boolean isEnough = needed <= found;
    add(
        isEnough ? Level.OK : Level.PROBLEM,
        name,
        String.format(
            Locale.ROOT,
            "about %d MB needed, %d MB there%s",
            needed >> 20,
            found >> 20,
            isEnough ? "" : ": " + remedy));
  }
}
