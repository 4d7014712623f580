package org.qsnn.job;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import org.qsnn.failure.Failure;
import org.qsnn.prepared.Manifest;
import org.qsnn.storage.FileStore;

/** What the checks of a command found, finding by finding. */
final class DoctorReport {
  /** Logs are read side by side. */
  static final long CLOCK_MILLIS = 2000;

  private final List<Finding> findings = new ArrayList<>();
  private final List<ClassSize> classes = new ArrayList<>();
  private String line = "";

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

  /** How much of a class a data set holds. */
  record ClassSize(String name, long train, long test) {}

  List<Finding> findings() {
    return List.copyOf(findings);
  }

  /** Of the data set; empty if it cannot be read. */
  List<ClassSize> classes() {
    return List.copyOf(classes);
  }

  /** Starts the training; empty if it is not known what it needs. */
  String line() {
    return line;
  }

  void startWith(String command) {
    line = command;
  }

  boolean isFine() {
    return findings.stream().noneMatch(finding -> finding.level() == Level.PROBLEM);
  }

  void add(Level level, String name, String text) {
    findings.add(new Finding(level, name, text));
  }

  /** Adds what something says about itself, or why it failed; the checks continue either way. */
  void attempt(String name, Supplier<String> check) {
    try {
      add(Level.OK, name, check.get());
    } catch (Exception e) {
      // Spark is written in Scala: this may well be a checked exception.
      Failure failure = Failure.of(e);
      if (failure.isBug()) {
        throw new IllegalStateException(e);
      }
      add(Level.PROBLEM, name, failure.message());
    }
  }

  /** Writes, reads and deletes a file where a folder is, or would be made. */
  void writable(String name, FileStore files, String folder) {
    attempt(
        name,
        () -> {
          files.paths().requireWritable(folder);
          String there = files.paths().absolute(folder);
          while (!files.exists(there)) {
            there = files.paths().parent(there);
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

  /** What the data set holds of each class. */
  void classes(Manifest manifest) {
    for (int label = 0; label < manifest.classNames().size(); label++) {
      classes.add(
          new ClassSize(
              manifest.classNames().get(label),
              manifest.train().perClass().get(label),
              manifest.test().perClass().get(label)));
    }
    List<String> missing =
        classes.stream()
            .filter(size -> size.train() == 0 || size.test() == 0)
            .map(ClassSize::name)
            .toList();
    add(
        missing.isEmpty() ? Level.OK : Level.WARNING,
        "classes",
        missing.isEmpty()
            ? classes.size() + ", each in training and test"
            : "no samples to train or test on for " + String.join(", ", missing));
    if (!manifest.leftOut().isEmpty()) {
      add(Level.WARNING, "left out", manifest.leftOut().size() + " damaged files");
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
            "about %d MB needed, %d MB available%s",
            needed >> 20,
            found >> 20,
            isEnough ? "" : ": " + remedy));
  }
}
