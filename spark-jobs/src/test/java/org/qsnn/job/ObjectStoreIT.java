package org.qsnn.job;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileSystem;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.qsnn.prepared.CifarFiles;
import org.qsnn.sample.CifarFormat;

/**
 * The launcher with Hadoop's S3A in front of a server of S3: everything that is read may lie there,
 * and nothing is written there, for the reason that is shown. Only with the profile object-stores.
 */
class ObjectStoreIT {
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final Path HOME = Path.of("..").toAbsolutePath().normalize();
  private static final String QUICK = "-XX:TieredStopAtLevel=1";

  @TempDir private static Path root;
  private static S3Server server;
  private static FileSystem bucket;
  private static TinyTraining tiny;

  /** Trains on the local disk, and copies what was read and made to the bucket. */
  @BeforeAll
  static void start() throws Exception {
    server = S3Server.start(root);
    bucket = server.fileSystem();
    tiny = TinyTraining.in(root);
    try (DriverProcess local = DriverProcess.train(tiny, "local")) {
      assertThat(local.exitCode()).as(local.err()).isZero();
    }
    upload("cache");
    upload("local");
    CifarFiles.write(root.resolve("cifar"), CifarFormat.CIFAR10, 4);
    upload("cifar");
    writeSettings("conf", server.settings());
  }

  private static void upload(String folder) throws IOException {
    for (String file : tiny.files(folder)) {
      try (OutputStream out = bucket.create(at(folder + "/" + file))) {
        Files.copy(tiny.folder(folder).resolve(file), out);
      }
    }
  }

  private static void writeSettings(String folder, Configuration settings) throws IOException {
    Files.createDirectories(root.resolve(folder));
    try (OutputStream out = Files.newOutputStream(root.resolve(folder + "/core-site.xml"))) {
      settings.writeXml(out);
    }
  }

  @AfterAll
  static void stop() throws IOException {
    if (bucket != null) {
      bucket.close();
    }
    if (server != null) {
      server.close();
    }
  }

  @Test
  void preparedSetIsTrainedOnWhereItLies() throws Exception {
    List<String> arguments = tiny.arguments("read", "--set=dataset.cache-dir=" + at("cache"));
    arguments.addAll(List.of("--master", "local-cluster[1,1,1024]", "--executor-memory", "1g"));

    assertThat(run("read", arguments)).as(said("read")).isZero();
    assertThat(tiny.bits("read")).isEqualTo(tiny.bits("local"));
  }

  @Test
  void rawFilesAreRead() throws Exception {
    String[] sources = {tiny.folder("cifar").toString(), at("cifar").toString()};
    List<JsonNode> manifests = new ArrayList<>();
    for (String source : sources) {
      String to = "prepared-" + manifests.size();
      List<String> arguments = List.of("prepare", tiny.configuration().toString());
      List<String> all = new ArrayList<>(arguments);
      all.addAll(List.of("--to", tiny.folder(to).toString(), "--set=dataset.kind=cifar10"));
      all.add("--set=dataset.path=" + source);
      assertThat(run(to, all)).as(said(to)).isZero();
      manifests.add(TinyTraining.json(tiny.folder(to).resolve("manifest.json")));
    }

    assertThat(manifests.get(1).get("data_sha256"))
        .isNotNull()
        .isEqualTo(manifests.get(0).get("data_sha256"));
  }

  @Test
  void modelIsEvaluatedFromWhereItLies() throws Exception {
    List<String> evaluation = tiny.evaluation(at("local").toString(), "--json");
    evaluation.add("--set=dataset.cache-dir=" + at("cache"));
    assertThat(run("evaluate", evaluation)).as(said("evaluate")).isZero();
    assertThat(said("evaluate"))
        .contains("\"accuracy\":" + tiny.summary("local").get("test_accuracy"));
  }

  @Test
  void filesAndFoldersAreClassifiedWhereTheyLie() throws Exception {
    for (String place : List.of("cifar/data_batch_1.bin", "cifar", "cache/" + prepared())) {
      List<List<String>> answers = new ArrayList<>();
      for (String input : List.of(tiny.folder(place).toString(), at(place).toString())) {
        String to = "answers-" + place.length() + "-" + answers.size();
        List<String> arguments = new ArrayList<>(List.of("predict", at("local").toString()));
        arguments.addAll(List.of("--in", input, "--format", "csv"));
        arguments.addAll(List.of("--to", tiny.folder(to).toString()));
        if (!place.startsWith("cache")) {
          arguments.add("--resize");
        }
        assertThat(run(to, arguments)).as(said(to)).isZero();
        answers.add(lines(to));
      }

      assertThat(answers.get(1)).as(place).hasSizeGreaterThan(1).isEqualTo(answers.get(0));
    }
  }

  private static String prepared() throws IOException {
    String manifest =
        tiny.files("cache").stream()
            .filter(file -> file.endsWith("/manifest.json"))
            .findFirst()
            .orElseThrow();
    return manifest.substring(0, manifest.lastIndexOf('/'));
  }

  private static List<String> lines(String folder) throws IOException {
    List<String> lines = new ArrayList<>();
    for (String file : tiny.files(folder)) {
      if (file.endsWith(".csv")) {
        lines.addAll(Files.readAllLines(tiny.folder(folder).resolve(file)));
      }
    }
    return lines;
  }

  @Test
  void finishedRunIsReportedFromWhereItLies() throws Exception {
    List<String> arguments = List.of("report", at("local").toString());
    assertThat(run("refused", arguments)).isEqualTo(2);
    assertThat(said("refused")).contains(at("local") + "/report.html: must be on a file system");

    List<String> elsewhere = new ArrayList<>(arguments);
    elsewhere.addAll(List.of("--to", tiny.folder("page.html").toString()));
    assertThat(run("report", elsewhere)).as(said("report")).isZero();
    assertThat(tiny.folder("page.html")).exists();
  }

  @Test
  void nothingIsWrittenThere() throws Exception {
    List<String> training = tiny.arguments("unused");
    training.add("--set=run.dir=" + at("runs/a"));
    assertThat(run("written", training)).isEqualTo(2);
    assertThat(complaints("written"))
        .containsExactly(
            "qsnn: "
                + at("runs/a")
                + ": must be on a file system that renames in one step, such as HDFS or a disk"
                + " that all machines share; found an object store, which is only read from; write"
                + " elsewhere and copy what is finished with hadoop distcp");

    List<String> uncached = tiny.arguments("uncached", "--set=dataset.cache-dir=" + at("new"));
    assertThat(run("uncached", uncached)).isEqualTo(2);
    assertThat(complaints("uncached")).singleElement().asString().contains("found an object store");
    assertThat(bucket.exists(at("runs"))).isFalse();
    assertThat(bucket.exists(at("new"))).isFalse();
  }

  @Test
  void wrongSecretIsToldInALine() throws Exception {
    Configuration settings = server.settings();
    settings.set("fs.s3a.secret.key", "another");
    writeSettings("wrong", settings);
    List<String> arguments = List.of("inspect", at("local").toString());

    assertThat(run("wrong", "wrong", arguments)).isEqualTo(3);
    assertThat(complaints("wrong")).singleElement().asString().contains(at("local").toString());
    assertThat(said("wrong")).doesNotContain("bug in qsnn");
  }

  /** Why nothing is: one of two writers of a new file must fail, and here neither does. */
  @Test
  void neitherOfTwoWritersOfANewFileIsRefused() throws IOException {
    org.apache.hadoop.fs.Path lease = at("lease/000001.json");
    FSDataOutputStream first = bucket.create(lease, false);
    FSDataOutputStream second = bucket.create(lease, false);
    first.writeUTF("first");
    second.writeUTF("second");
    first.close();
    second.close();

    try (FSDataInputStream in = bucket.open(lease)) {
      assertThat(in.readUTF()).isEqualTo("second");
    }
    assertThat(bucket.hasPathCapability(lease, "fs.option.create.conditional.overwrite")).isFalse();
  }

  private static org.apache.hadoop.fs.Path at(String name) {
    return new org.apache.hadoop.fs.Path(S3Server.BUCKET + "/" + name);
  }

  private static int run(String name, List<String> arguments) throws Exception {
    return run(name, "conf", arguments);
  }

  /**
   * The launcher's exit code.
   *
   * @param name {@link #said} has its words by this name
   * @param conf folder of the settings
   */
  private static int run(String name, String conf, List<String> arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of(HOME.resolve("qsnn").toString()));
    command.addAll(arguments);
    if (!arguments.contains("--master")) {
      command.addAll(List.of("--master", "local[1]"));
    }
    command.addAll(S3Server.connector());
    command.addAll(List.of("--driver-memory", "1g", "--conf", "spark.ui.enabled=false"));
    command.addAll(List.of("--conf", "spark.driver.extraJavaOptions=" + QUICK));
    command.addAll(List.of("--conf", "spark.executor.extraJavaOptions=" + QUICK));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("HADOOP_CONF_DIR", root.resolve(conf).toString());
    builder.redirectErrorStream(true).redirectOutput(root.resolve(name + ".log").toFile());
    Process process = builder.start();
    try {
      assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).as(said(name)).isTrue();
      return process.exitValue();
    } finally {
      Stream.concat(process.descendants(), Stream.of(process.toHandle()))
          .forEach(ProcessHandle::destroyForcibly);
    }
  }

  private static String said(String name) throws IOException {
    return Files.readString(root.resolve(name + ".log"));
  }

  private static List<String> complaints(String name) throws IOException {
    return said(name).lines().filter(line -> line.startsWith("qsnn: ")).toList();
  }
}
