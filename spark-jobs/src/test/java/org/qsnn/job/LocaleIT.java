package org.qsnn.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TimeZone;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.qsnn.Hashes;
import org.qsnn.SparkSessionExtension;

/**
 * What is computed and what is written for machines is the same in every locale, time zone and
 * encoding: where digits are Arabic, where the small I has no dot, where a comma is a decimal
 * point.
 */
@ExtendWith(SparkSessionExtension.class)
class LocaleIT {
  private static final Locale USUAL_LOCALE = Locale.getDefault();
  private static final TimeZone USUAL_ZONE = TimeZone.getDefault();
  private static final String[] EVERY_STEP = {
    "--set", "checkpoint.every-minutes=0.000001", "--set", "checkpoint.keep=100"
  };

  @TempDir private static Path root;
  private static TinyTraining usual;
  private static String evaluated;

  @BeforeAll
  static void runInTheLocaleOfPrograms(SparkSession spark) throws IOException {
    assertThat(spark.sparkContext().isStopped()).isFalse();
    live(Locale.ROOT, "UTC");
    usual = training("usual");
    evaluated = trainResumeAndEvaluate(usual);
    prepareRecordings(usual);
  }

  @AfterAll
  static void goHome() {
    Locale.setDefault(USUAL_LOCALE);
    TimeZone.setDefault(USUAL_ZONE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ar-EG", "tr-TR", "de-DE"})
  void aWholeRunHasTheSameBitsAndFiles(String language) throws IOException {
    live(Locale.forLanguageTag(language), "Pacific/Chatham");
    TinyTraining there = training(language);

    String evaluatedThere = trainResumeAndEvaluate(there);
    prepareRecordings(there);

    assertThat(evaluatedThere).isEqualTo(evaluated);
    assertThat(there.bits("run")).isEqualTo(usual.bits("run"));
    assertThat(there.metrics("run", 1)).isEqualTo(usual.metrics("run", 1));
    assertThat(there.files("run")).isEqualTo(usual.files("run"));
    for (String folder : List.of("cache", "recordings", "events", "run/model")) {
      assertThat(contents(there, folder)).as(folder).isEqualTo(contents(usual, folder));
    }
  }

  @Test
  void aProcessOfAnotherEncodingWritesTheSame() throws IOException, InterruptedException {
    TinyTraining there = training("process");
    List<String> options =
        List.of(
            "-Duser.language=ar",
            "-Duser.country=EG",
            "-Dfile.encoding=ISO-8859-6",
            "-Duser.timezone=Asia/Kathmandu");

    try (DriverProcess driver = DriverProcess.train(options, there, "run")) {
      assertThat(driver.exitCode()).as(driver.err()).isZero();
    }

    assertThat(there.bits("run")).isEqualTo(usual.bits("run"));
    assertThat(contents(there, "run/model")).isEqualTo(contents(usual, "run/model"));
    // Parquet lists encodings in an order of its own in each process: the bytes differ anyway.
    assertThat(contents(there, "cache")).containsOnlyKeys(contents(usual, "cache").keySet());
  }

  private static void live(Locale locale, String zone) {
    Locale.setDefault(locale);
    TimeZone.setDefault(TimeZone.getTimeZone(zone));
  }

  private static TinyTraining training(String name) throws IOException {
    return TinyTraining.in(Files.createDirectory(root.resolve(name)));
  }

  /** Gives what the evaluation printed. */
  private static String trainResumeAndEvaluate(TinyTraining tiny) throws IOException {
    assertThat(tiny.train("run", EVERY_STEP).exitCode()).isZero();
    interrupt(tiny.folder("run"));
    assertThat(tiny.train("run", EVERY_STEP).exitCode()).isZero();
    String model = tiny.summary("run").get("model_file").textValue();
    CommandRun evaluation = tiny.evaluate(tiny.folder("run").resolve(model).toString(), "--json");
    assertThat(evaluation.exitCode()).as(evaluation.err()).isZero();
    return evaluation.out().replace(tiny.root().toString(), "");
  }

  /** Images become recordings of an event camera, and those Parquet files. */
  private static void prepareRecordings(TinyTraining tiny) {
    String conf = tiny.configuration().toString();
    String recordings = tiny.folder("recordings").toString();
    CommandRun simulated =
        CommandRun.of(
            "prepare",
            conf,
            "--simulate-events",
            // Enough that every class is among them.
            "--set",
            "dataset.synthetic.test=60",
            "--to",
            recordings);
    assertThat(simulated.exitCode()).as(simulated.err()).isZero();
    CommandRun prepared =
        CommandRun.of(
            "prepare",
            conf,
            "--set",
            "dataset.kind=recordings",
            "--set",
            "dataset.path=" + recordings,
            "--to",
            tiny.folder("events").toString());
    assertThat(prepared.exitCode()).as(prepared.err()).isZero();
  }

  private static void interrupt(Path run) throws IOException {
    Files.delete(run.resolve("summary.json"));
    try (Stream<Path> checkpoints = Files.list(run.resolve("checkpoints"))) {
      for (Path file : checkpoints.toList()) {
        if (file.getFileName().toString().compareTo("epoch-000001-step-00000002.t") > 0) {
          Files.delete(file);
        }
      }
    }
  }

  private static Map<String, String> contents(TinyTraining tiny, String folder) throws IOException {
    Path top = tiny.folder(folder);
    Map<String, String> contents = new TreeMap<>();
    try (Stream<Path> files = Files.walk(top)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String name = top.relativize(file).toString();
        String hash = HexFormat.of().formatHex(Hashes.sha256().digest(Files.readAllBytes(file)));
        contents.put(name, hash);
      }
    }
    return contents;
  }
}
