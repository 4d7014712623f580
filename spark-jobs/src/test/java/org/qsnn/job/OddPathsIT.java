package org.qsnn.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.qsnn.SparkSessionExtension;
import org.qsnn.prepared.PreparedDataset;
import org.qsnn.storage.FileStore;

/** Folders with names that are patterns, addresses or settings to somebody. */
@ExtendWith(SparkSessionExtension.class)
class OddPathsIT {
  private static final String ODD = "a [x]{b,c}*?%20+k=v#ä日,12:30'\"$HOME\\~";

  @TempDir private static Path root;
  private static TinyTraining tiny;
  private static Path odd;
  private static Path prepared;

  @BeforeAll
  static void train(SparkSession spark) throws IOException {
    assertThat(spark.sparkContext().isStopped()).isFalse();
    tiny = TinyTraining.in(root);
    odd = Files.createDirectory(root.resolve(ODD));
    Files.createDirectory(root.resolve("12:30"));
    prepared = odd.resolve("set " + ODD);
    CommandRun preparation =
        CommandRun.of("prepare", tiny.configuration().toString(), "--to", prepared.toString());
    assertThat(preparation.err()).isEmpty();
    CommandRun trained = trainOn(prepared.toString());
    assertThat(trained.err()).isEmpty();
    assertThat(trained.exitCode()).isZero();
  }

  private static CommandRun trainOn(String dataset, String... options) {
    String[] all = new String[options.length + 1];
    all[0] = "--set=dataset.path=" + dataset;
    System.arraycopy(options, 0, all, 1, options.length);
    return tiny.train(ODD + "/run", all);
  }

  @Test
  void trainsFromThereAndIntoThemAsAnywhere() throws IOException {
    assertThat(tiny.train("plain").exitCode()).isZero();

    assertThat(tiny.bits(ODD + "/run")).isEqualTo(tiny.bits("plain"));
    assertThat(root.toFile().list()).contains(ODD, "12:30").doesNotContain("a");
  }

  @Test
  void rawDataIsCachedThere() {
    CommandRun raw =
        tiny.train(
            ODD + "/raw", "--set=dataset.cache-dir=" + odd + "/cache", "--set=train.epochs=1");

    assertThat(raw.err()).isEmpty();
    assertThat(raw.exitCode()).isZero();
  }

  @Test
  void runsThereAreInspectedAndEvaluated() {
    assertThat(CommandRun.of("inspect", odd + "/run").exitCode()).isZero();
    assertThat(CommandRun.of("inspect", prepared.toString()).exitCode()).isZero();
    CommandRun evaluated =
        CommandRun.of("evaluate", odd + "/run", "--set=dataset.path=" + prepared);
    assertThat(evaluated.err()).isEmpty();
    assertThat(evaluated.exitCode()).isZero();
  }

  @Test
  void doctorSaysTheSameOfThem() {
    CommandRun doctor =
        CommandRun.of(
            "doctor",
            tiny.configuration().toString(),
            "--set=run.dir=" + odd + "/new",
            "--set=dataset.path=" + prepared);

    assertThat(doctor.out()).contains("ok       run.dir", "ok       data");
    assertThat(doctor.exitCode()).isZero();
  }

  @Test
  void dataThatIsSpelledOtherwiseOrMovedIsTheSame() throws IOException {
    String elsewhere = root.resolve("moved").toString();
    for (String path : new String[] {prepared + "/", "file:" + prepared, "file://" + prepared}) {
      assertThat(trainOn(path, "--resume").out()).contains("finished; nothing to do");
    }

    Files.move(prepared, Path.of(elsewhere));
    try {
      assertThat(trainOn(elsewhere, "--resume").out()).contains("finished; nothing to do");
      Files.delete(odd.resolve("run/summary.json"));
      CommandRun resumed = trainOn(elsewhere);
      assertThat(resumed.err()).isEmpty();
      assertThat(odd.resolve("run/summary.json")).exists();
    } finally {
      Files.move(Path.of(elsewhere), prepared);
    }
  }

  @Test
  void otherDataIsRefused() {
    CommandRun preparation =
        CommandRun.of(
            "prepare",
            tiny.configuration().toString(),
            "--to=" + root.resolve("12:30/other"),
            "--set=dataset.synthetic.test=11");
    assertThat(preparation.err()).isEmpty();

    trainOn(root.resolve("12:30/other").toString(), "--resume")
        .assertFailed(2, "holds a run of other data");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"[x]", "{a,b}", "*", "?", "a b", "%20", "+", "id=3", "#", "日", "12:30", "_x", "^"})
  void sparkReadsExactlyTheFilesThatTheManifestNames(String name) throws IOException {
    Path set = root.resolve("rows").resolve(name);
    CommandRun preparation =
        CommandRun.of("prepare", tiny.configuration().toString(), "--to", set.toString());
    assertThat(preparation.err()).isEmpty();
    SparkSession spark = SparkSession.active();
    FileStore files = FileStore.of(spark.sparkContext().hadoopConfiguration());

    PreparedDataset dataset = PreparedDataset.open(files, set.toString());
    assertThat(dataset.dataSha256(spark)).isEqualTo(dataset.manifest().dataSha256());
  }
}
