package org.qsnn.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.qsnn.ConfigurationException;

class ClusterSubmissionTest {
  private static final String UPLOAD = "spark.kubernetes.file.upload.path=hdfs:///uploads";

  @TempDir private Path folder;
  private Path file;

  @BeforeEach
  void writeConfiguration() throws IOException {
    file = Files.writeString(folder.resolve("a.conf"), "dataset { kind = synthetic }");
  }

  @Test
  void configurationTravelsWithTheOtherFiles() {
    List<String> args = submitted("cluster", "--set", "run.dir=hdfs:///runs/a");

    assertThat(travelling(args))
        .containsSequence("--files", "file:/x.txt," + file.toUri())
        .endsWith("local:/qsnn.jar", "train", "a.conf", "--set", "run.dir=hdfs:///runs/a");
  }

  @Test
  void driverHasOneNativeThreadUnlessTheUserAsksForMore() {
    String threads = "spark.kubernetes.driverEnv.OMP_NUM_THREADS=";
    List<String> args = submitted("cluster", "--set", "run.dir=hdfs:///runs/a");

    assertThat(travelling(args))
        .contains(threads + 1, "spark.kubernetes.driverEnv.OPENBLAS_NUM_THREADS=1");
    args.addAll(0, List.of("--conf", threads + 2));
    assertThat(travelling(args)).contains(threads + 2).doesNotContain(threads + 1);
  }

  @Test
  void podHasTheProgramOfItsImage() {
    List<String> args = submitted("cluster", "--set", "run.dir=hdfs:///runs/a");
    args.set(args.indexOf("local:/qsnn.jar"), ThisProgram.file().toString());

    assertThat(travelling(args))
        .containsSequence("--class", "org.qsnn.job.Main", "local:///opt/qsnn/qsnn.jar", "train");
  }

  @Test
  void baseOfASweepTravelsWithIt() throws IOException {
    Path conf = Files.createDirectories(folder.resolve("conf"));
    Path base = Files.writeString(conf.resolve("base.conf"), "dataset { kind = synthetic }");
    writeSweep("conf/base.conf");

    assertThat(travelling(sweep("--set", "sweep.dir=hdfs:///sweeps/a")))
        .containsSequence("--files", "file:/x.txt," + file.toUri() + "," + base.toUri())
        .endsWith(
            "sweep",
            "sweep.conf",
            "--set",
            "sweep.dir=hdfs:///sweeps/a",
            "--set",
            "sweep.base=base.conf");
    assertThatThrownBy(() -> travelling(sweep()))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageStartingWith("sweep.dir: must be a path that every machine sees");
    assertThatThrownBy(
            () -> travelling(sweep("--set", "sweep.dir=/a", "--set", "dataset.cache-dir=cache")))
        .hasMessageStartingWith("dataset.cache-dir: must be a path that every machine sees");
  }

  @Test
  void baseThatIsElsewhereStaysThere() throws IOException {
    writeSweep("hdfs://host:8020/base.conf");

    assertThat(travelling(sweep("--set", "sweep.dir=hdfs:///sweeps/a")))
        .containsSequence("--files", "file:/x.txt," + file.toUri())
        .endsWith("sweep", "sweep.conf", "--set", "sweep.dir=hdfs:///sweeps/a");
  }

  @Test
  void filesOfOneNameCannotTravelTogether() throws IOException {
    Path conf = Files.createDirectories(folder.resolve("conf"));
    Files.writeString(conf.resolve("sweep.conf"), "dataset { kind = synthetic }");
    writeSweep("conf/sweep.conf");

    assertThatThrownBy(() -> travelling(sweep("--set", "sweep.dir=hdfs:///sweeps/a")))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageStartingWith("sweep.base: must have another name")
        .hasMessageContaining("conf/sweep.conf");
  }

  private void writeSweep(String base) throws IOException {
    file =
        Files.writeString(
            folder.resolve("sweep.conf"),
            "sweep { base = \""
                + base
                + "\", trials = 2, space { train.learning-rate = [0.1, 0.2] } }");
  }

  private static List<String> travelling(List<String> args) {
    return ClusterSubmission.of(args).map(ClusterSubmission::arguments).orElse(args);
  }

  private List<String> sweep(String... options) {
    List<String> args = new ArrayList<>(submitted("cluster", options));
    args.set(args.indexOf("train"), "sweep");
    return args;
  }

  @Test
  void nothingIsSentToAPodWithoutAPlaceThatBothSee() {
    List<String> args = submitted("cluster", "--set", "run.dir=hdfs:///runs/a");
    args.subList(args.indexOf(UPLOAD) - 1, args.indexOf(UPLOAD) + 1).clear();

    assertThatThrownBy(() -> travelling(args))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageStartingWith("spark.kubernetes.file.upload.path: must be a folder")
        .hasMessageContaining(file.toString());
    args.set(args.indexOf(file.toString()), "/opt/qsnn/conf/quickstart.conf");
    assertThat(travelling(args))
        .containsSequence("local:/qsnn.jar", "train", "/opt/qsnn/conf/quickstart.conf")
        .containsSequence("--files", "file:/x.txt", "--conf");
  }

  @Test
  void inClientModeNothingChanges() {
    List<String> args = submitted("client", "--set", "run.dir=runs/a");

    assertThat(travelling(args)).isEqualTo(args);
  }

  @Test
  void relativePlacesAreRefused() {
    assertThatThrownBy(() -> travelling(submitted("cluster")))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageStartingWith("run.dir: must be a path that every machine sees")
        .hasMessageContaining("found runs/a-");
    assertThatThrownBy(
            () -> travelling(submitted("cluster", "--set=run.dir=/a", "--set=dataset.path=data/x")))
        .hasMessageStartingWith("dataset.path: must be a path")
        .hasMessageEndingWith("found data/x");
  }

  private List<String> submitted(String mode, String... options) {
    List<String> args =
        new ArrayList<>(
            List.of("--master", "k8s://https://h:443", "--deploy-mode", mode, "--class", "x.Main"));
    args.addAll(List.of("--conf", UPLOAD));
    args.addAll(List.of("--files", "file:/x.txt", "local:/qsnn.jar", "train", file.toString()));
    args.addAll(List.of(options));
    return args;
  }
}
