package org.qsnn.job;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PrivilegedExceptionAction;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.hdfs.DistributedFileSystem;
import org.apache.hadoop.hdfs.MiniDFSCluster;
import org.apache.hadoop.hdfs.protocol.HdfsConstants;
import org.apache.hadoop.hdfs.protocol.HdfsConstants.SafeModeAction;
import org.apache.hadoop.security.UserGroupInformation;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.qsnn.SparkSessionExtension;
import org.qsnn.job.WatchedDistributedFileSystem.Happening;
import org.qsnn.job.WatchedDistributedFileSystem.Moment;
import org.qsnn.job.WatchedDistributedFileSystem.Watch;
import org.qsnn.job.WatchedDistributedFileSystem.Watching;
import org.qsnn.storage.FileEntry;
import org.qsnn.storage.FileStore;
import org.qsnn.storage.Takeover;

/**
 * Every path on HDFS, a NameNode and two DataNodes; and what happens when they do not play along.
 */
@ExtendWith(SparkSessionExtension.class)
class HdfsIT {
  private static final String WAITING = "trying again for up to 10 min (storage.patience)";
  private static final String LAST_CHECKPOINT = "epoch-000002-step-00000000";

  @TempDir private static Path root;
  private static MiniDFSCluster cluster;
  private static String address;
  private static DistributedFileSystem hdfs;
  private static TinyTraining local;

  private final Configuration configuration;
  private final FileStore files;

  HdfsIT(SparkSession spark) {
    this.configuration = spark.sparkContext().hadoopConfiguration();
    this.files = FileStore.of(configuration);
  }

  @BeforeAll
  static void start(SparkSession spark) throws IOException {
    assertThat(spark.sparkContext().isStopped()).isFalse();
    local = TinyTraining.in(root);
    assertThat(local.train("local").exitCode()).isZero();
    Configuration settings = new Configuration();
    settings.set(MiniDFSCluster.HDFS_MINIDFS_BASEDIR, root.resolve("hdfs").toString());
    cluster = new MiniDFSCluster.Builder(settings).numDataNodes(2).build();
    cluster.waitActive();
    address = cluster.getURI().toString();
    hdfs = cluster.getFileSystem();
    hdfs.copyFromLocalFile(path(local.configuration().toString()), path("/tiny.conf"));
    hdfs.setPermission(path("/"), new FsPermission("777"));
  }

  @AfterAll
  static void stop() {
    cluster.shutdown(true);
  }

  @AfterEach
  void leaveSafeMode() throws IOException {
    hdfs.setSafeMode(SafeModeAction.SAFEMODE_LEAVE);
  }

  @Test
  void trainsAndEvaluatesThere() throws IOException {
    CommandRun training = train("a");

    assertThat(training.err()).isEmpty();
    assertThat(training.exitCode()).isZero();
    assertSame("a");
    CommandRun evaluation =
        CommandRun.of(
            "evaluate",
            url("/runs/a"),
            "--json",
            "--set",
            "dataset.cache-dir=" + url("/cache"),
            "--set",
            "dataset.synthetic.train=40",
            "--set",
            "dataset.synthetic.test=12");
    assertThat(evaluation.exitCode()).isZero();
    assertThat(TinyTraining.json(evaluation.out()).get("accuracy"))
        .isEqualTo(summary("a").get("test_accuracy"));
    assertThat(CommandRun.of("inspect", url("/runs/a")).exitCode()).isZero();
  }

  @Test
  void preparesThere() throws IOException {
    CommandRun preparation = CommandRun.of("prepare", url("/tiny.conf"), "--to", url("/prepared"));
    CommandRun training = train("p", "--set", "dataset.path=" + url("/prepared"));

    assertThat(List.of(preparation.exitCode(), training.exitCode())).containsOnly(0);
    assertThat(summary("p").get("parameters_sha256"))
        .isEqualTo(local.summary("local").get("parameters_sha256"));
  }

  @Test
  void resumesThere() throws IOException {
    assertThat(train("b").exitCode()).isZero();
    hdfs.delete(path("/runs/b/summary.json"), false);
    for (String checkpoint : checkpoints("b")) {
      if (checkpoint.startsWith(LAST_CHECKPOINT)) {
        hdfs.delete(path("/runs/b/checkpoints/" + checkpoint), false);
      }
    }

    assertThat(train("b", "--resume").exitCode()).isZero();
    assertSame("b");
  }

  @Test
  void dataNodeDiesInTheMiddleOfACheckpoint() throws IOException {
    MiniDFSCluster.DataNodeProperties[] dead = new MiniDFSCluster.DataNodeProperties[1];

    CommandRun run = trainWhile("d", Moment.IN_THE_MIDDLE, () -> dead[0] = cluster.stopDataNode(0));

    assertThat(run.exitCode()).isZero();
    assertSame("d");
    assertThat(cluster.restartDataNode(dead[0])).isTrue();
    cluster.waitActive();
  }

  @Test
  void safeModeIsToldInOneLineWhereNobodyWaits() throws IOException {
    CommandRun refused =
        trainWhile(
            "s",
            Moment.BEFORE,
            () -> hdfs.setSafeMode(SafeModeAction.SAFEMODE_ENTER),
            "--set=storage.patience=0");

    assertToldWithItsLog(refused, "/runs/s", "HDFS is in safe mode");
    leaveSafeMode();
    // The lease could not be given back either; so nobody must hear of its holder for 30 s.
    Takeover.of(files, url("/runs/s"));
    assertGoesOn("s");
  }

  @Test
  void safeModeIsWaitedFor() throws IOException {
    try (LogWatch watch = LogWatch.on(WAITING, this::leaveSafeMode)) {
      CommandRun run =
          trainWhile("w", Moment.BEFORE, () -> hdfs.setSafeMode(SafeModeAction.SAFEMODE_ENTER));

      assertThat(run.exitCode()).as(run.err()).isZero();
      assertThat(run.log()).singleElement().asString().contains("HDFS is in safe mode", WAITING);
    }
    assertSame("w");
  }

  @ParameterizedTest
  @CsvSource({
    "epoch-000002-step-00000000, BEFORE",
    "epoch-000002-step-00000000, IN_THE_MIDDLE",
    "summary.json, BEFORE",
    ".parquet, OPENED"
  })
  void nameNodeMayDieAndComeBack(String where, Moment moment) throws IOException {
    String run = "nn" + where + moment;
    configuration.setInt("ipc.client.connect.max.retries", 1);
    try (LogWatch watch = LogWatch.on(WAITING, HdfsIT::restartNameNode)) {
      CommandRun training = trainWhile(run, where, moment, () -> cluster.shutdownNameNode(0));

      assertThat(training.exitCode()).as(training.err()).isZero();
      assertThat(training.err()).isEmpty();
      assertThat(training.log())
          .anyMatch(line -> line.contains("does not answer: Connection refused"));
    } finally {
      configuration.unset("ipc.client.connect.max.retries");
    }
    assertSame(run);
    assertThat(files.list(url("/runs/" + run + "/lease")))
        .extracting(FileEntry::name)
        .containsExactly("000001-released.json");
  }

  @ParameterizedTest
  @ValueSource(strings = {"train", "prepare", "evaluate"})
  void firstLookMayFindNoNameNode(String command) throws IOException {
    List<String> arguments = new ArrayList<>(List.of(command));
    switch (command) {
      case "train" -> arguments.addAll(List.of(url("/tiny.conf"), set("run.dir", "/runs/first")));
      case "prepare" -> arguments.addAll(List.of(url("/tiny.conf"), "--to=" + url("/first")));
      default -> {
        assertThat(train("evaluated").exitCode()).isZero();
        arguments.addAll(local.evaluation(url("/runs/evaluated")).subList(1, 8));
      }
    }
    cluster.shutdownNameNode(0);
    try (LogWatch watch = LogWatch.on(WAITING, HdfsIT::restartNameNode)) {
      CommandRun run = CommandRun.of(arguments.toArray(String[]::new));

      assertThat(run.exitCode()).as(run.err()).isZero();
      assertThat(run.err()).isEmpty();
      assertThat(run.log()).allMatch(line -> line.contains(WAITING));
      assertThat(run.log().get(0)).contains("Connection refused; " + WAITING);
    }
  }

  @Test
  void onlookersAreToldAtOnceThatThereIsNoNameNode() throws IOException {
    CommandRun doctor;
    CommandRun inspection;
    cluster.shutdownNameNode(0);
    try {
      doctor =
          CommandRun.of(
              "doctor",
              local.configuration().toString(),
              set("run.dir", "/runs/doctor"),
              set("dataset.cache-dir", "/cache"));
      inspection = CommandRun.of("inspect", url("/runs"));
    } finally {
      restartNameNode();
    }

    inspection.assertFailed(3, url("/runs"), "does not answer: Connection refused");
    assertThat(doctor.exitCode()).isEqualTo(2);
    assertThat(doctor.out().lines().filter(line -> line.startsWith("problem")))
        .hasSize(4)
        .allMatch(line -> line.contains("Connection refused"));
  }

  @Test
  void wrongHostIsNotWaitedFor() throws IOException {
    CommandRun.of(
            "train", local.configuration().toString(), "--set", "run.dir=hdfs://no.such.host/runs")
        .assertFailed(3, "unknown host", "no.such.host");
  }

  private static String set(String key, String path) {
    return "--set=" + key + "=" + url(path);
  }

  private static void restartNameNode() throws IOException {
    cluster.restartNameNode(0);
    cluster.waitActive();
  }

  /** One line says why, a second where the log is that could not be written there either. */
  private static void assertToldWithItsLog(CommandRun failed, String run, String reason) {
    assertThat(failed.exitCode()).isEqualTo(3);
    List<String> lines = failed.err().lines().toList();
    assertThat(lines).hasSize(2);
    assertThat(lines.get(0)).startsWith("qsnn: " + url(run)).contains(reason);
    assertThat(lines.get(1)).contains("the run's log is kept here");
  }

  @Test
  void fullQuotaIsToldInOneLine() throws IOException {
    CommandRun full =
        trainWhile(
            "q",
            Moment.BEFORE,
            () -> hdfs.setQuota(path("/runs/q"), HdfsConstants.QUOTA_DONT_SET, 1));

    assertToldWithItsLog(full, "/runs/q", "the disk or quota is full");
    hdfs.setQuota(path("/runs/q"), HdfsConstants.QUOTA_DONT_SET, HdfsConstants.QUOTA_RESET);
    assertGoesOn("q");
  }

  @Test
  void missingPermissionIsToldInOneLine() throws Exception {
    UserGroupInformation guest =
        UserGroupInformation.createUserForTesting("guest", new String[] {"guests"});

    CommandRun refused =
        guest.doAs(
            (PrivilegedExceptionAction<CommandRun>)
                () ->
                    trainWhile(
                        "n",
                        Moment.BEFORE,
                        () ->
                            hdfs.setPermission(
                                path("/runs/n/checkpoints"), new FsPermission("555"))));

    refused.assertFailed(3, url("/runs/n/checkpoints"), "no permission", "as user guest");
    hdfs.setPermission(path("/runs/n/checkpoints"), new FsPermission("777"));
    assertGoesOn("n");
  }

  /** Something happens when the last checkpoint is written. */
  private CommandRun trainWhile(String run, Moment moment, Happening happening, String... options) {
    return trainWhile(run, LAST_CHECKPOINT, moment, happening, options);
  }

  /** Something happens to a file. */
  private CommandRun trainWhile(
      String run, String where, Moment moment, Happening happening, String... options) {
    Watch watch = new Watch(where, moment, happening);
    try (Watching watching = WatchedDistributedFileSystem.watch(configuration, watch)) {
      CommandRun training = train(run, options);
      assertThat(watching.isOver()).as("it happened").isTrue();
      return training;
    }
  }

  /** The checkpoint before the last is intact, and what happened left nothing behind. */
  private void assertGoesOn(String run) throws IOException {
    assertThat(checkpoints(run))
        .isNotEmpty()
        .allMatch(name -> name.startsWith("epoch-000001-step-00000000"));
    CommandRun resumed = train(run);
    assertThat(resumed.err()).isEmpty();
    assertThat(resumed.log()).isEmpty();
    assertSame(run);
  }

  private CommandRun train(String run, String... options) {
    List<String> arguments = new ArrayList<>(List.of("train", url("/tiny.conf")));
    arguments.addAll(List.of("--set", "run.dir=" + url("/runs/" + run)));
    arguments.addAll(List.of("--set", "dataset.cache-dir=" + url("/cache")));
    arguments.addAll(List.of(options));
    return CommandRun.of(arguments.toArray(String[]::new));
  }

  private List<String> checkpoints(String run) {
    return files.list(url("/runs/" + run + "/checkpoints")).stream()
        .map(entry -> entry.name())
        .toList();
  }

  private void assertSame(String run) throws IOException {
    Path copy = Files.createTempDirectory(root, run);
    hdfs.copyToLocalFile(path("/runs/" + run), path(copy.resolve("run").toString()));
    TinyTraining there = new TinyTraining(copy, local.configuration());
    assertThat(there.bits("run")).isEqualTo(local.bits("local"));
    for (int epoch = 0; epoch < 2; epoch++) {
      assertThat(there.metrics("run", epoch)).isEqualTo(local.metrics("local", epoch));
    }
  }

  private JsonNode summary(String run) {
    return files.read(
        url("/runs/" + run + "/summary.json"),
        in -> (ObjectNode) TinyTraining.json(new String(in.readAllBytes(), UTF_8)));
  }

  private static String url(String path) {
    return address + path;
  }

  private static org.apache.hadoop.fs.Path path(String path) {
    return new org.apache.hadoop.fs.Path(path);
  }
}
