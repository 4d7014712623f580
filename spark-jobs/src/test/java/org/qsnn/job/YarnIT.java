package org.qsnn.job;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.hdfs.MiniDFSCluster;
import org.apache.hadoop.yarn.api.records.ApplicationId;
import org.apache.hadoop.yarn.api.records.ApplicationReport;
import org.apache.hadoop.yarn.api.records.FinalApplicationStatus;
import org.apache.hadoop.yarn.api.records.LogAggregationStatus;
import org.apache.hadoop.yarn.client.api.YarnClient;
import org.apache.hadoop.yarn.conf.YarnConfiguration;
import org.apache.hadoop.yarn.exceptions.YarnException;
import org.apache.hadoop.yarn.logaggregation.ContainerLogsRequest;
import org.apache.hadoop.yarn.logaggregation.LogCLIHelpers;
import org.apache.hadoop.yarn.server.MiniYARNCluster;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.qsnn.Deadline;

/**
 * The launcher on a real YARN and HDFS, with every container a process of its own. Only the profile
 * managers has Spark's part of it.
 */
class YarnIT {
  private static final Duration PATIENCE = Duration.ofMinutes(10);
  private static final Path HOME = Path.of("..").toAbsolutePath().normalize();

  /** Of short lives most is compiling. */
  private static final String QUICK = "-XX:TieredStopAtLevel=1";

  @TempDir private static Path root;
  private static MiniDFSCluster hdfs;
  private static MiniYARNCluster yarn;
  private static TinyTraining tiny;

  @BeforeAll
  static void start() throws Exception {
    tiny = TinyTraining.in(root);
    try (DriverProcess local = DriverProcess.train(tiny, "local")) {
      assertThat(local.exitCode()).as(local.err()).isZero();
    }
    Configuration settings = new Configuration();
    settings.set(MiniDFSCluster.HDFS_MINIDFS_BASEDIR, root.resolve("hdfs").toString());
    hdfs = new MiniDFSCluster.Builder(settings).numDataNodes(1).build();
    hdfs.waitActive();
    yarn = new MiniYARNCluster("qsnn", 1, 1, 1);
    yarn.init(yarnSettings(settings));
    yarn.start();
    Files.createDirectories(root.resolve("conf"));
    try (OutputStream out = Files.newOutputStream(root.resolve("conf/core-site.xml"))) {
      Configuration files = new Configuration(false);
      files.set("fs.defaultFS", hdfs.getURI().toString());
      files.writeXml(out);
    }
    try (OutputStream out = Files.newOutputStream(root.resolve("conf/yarn-site.xml"))) {
      Configuration clients = new Configuration(yarn.getConfig());
      clients.unset("net.topology.node.switch.mapping.impl"); // only this JVM has that class
      clients.writeXml(out);
    }
  }

  private static Configuration yarnSettings(Configuration settings) {
    YarnConfiguration yarn = new YarnConfiguration(settings);
    yarn.set("fs.defaultFS", hdfs.getURI().toString());
    yarn.set(YarnConfiguration.YARN_MC_PREFIX + YarnConfiguration.NM_PMEM_MB, "8192");
    yarn.set("yarn.scheduler.minimum-allocation-mb", "256");
    yarn.set("yarn.nodemanager.vmem-check-enabled", "false");
    yarn.set("yarn.nodemanager.disk-health-checker.max-disk-utilization-per-disk-percentage", "99");
    // For a checkpoint; a quarter of a second is usual.
    yarn.set("yarn.nodemanager.sleep-delay-before-sigkill.ms", "60000");
    yarn.set("yarn.nodemanager.process-kill-wait.ms", "60000");
    yarn.set("yarn.log-aggregation-enable", "true");
    yarn.set("yarn.nodemanager.remote-app-log-dir", "/logs");
    yarn.set("yarn.scheduler.capacity.root.queues", "default");
    yarn.set("yarn.scheduler.capacity.root.default.capacity", "100");
    // Of an application's queue, the share that drivers may have.
    yarn.set("yarn.scheduler.capacity.maximum-am-resource-percent", "0.9");
    return yarn;
  }

  @AfterAll
  static void stop() throws IOException {
    if (yarn != null) {
      yarn.close();
    }
    if (hdfs != null) {
      hdfs.shutdown(true);
    }
  }

  @Test
  void clientModeOutlivesAKilledExecutor() throws Exception {
    Process training = launch("client", "client", List.of());
    Deadline.in(PATIENCE).meets(() -> !training.isAlive() || exists("client/metrics"));
    List<ProcessHandle> executors = executors();
    assertThat(executors).as(said("client")).isNotEmpty();
    executors.get(0).destroyForcibly();

    assertThat(exitCode(training)).as(said("client")).isZero();
    assertThat(said("client")).contains("is lost", "others compute its results again");
    assertSameBits("client", "local");
  }

  @Test
  void quickstartInClusterModeTakesTheConfigurationAlong() throws Exception {
    Path quickstart = HOME.resolve("conf/quickstart.conf");
    String oneEpoch = "train.epochs=1";
    List<String> local = train(quickstart, root.resolve("quickstart").toUri().toString(), oneEpoch);
    local.addAll(List.of("--master", "local[2]"));
    assertThat(exitCode(start(local, "quickstart"))).as(said("quickstart")).isZero();

    List<String> elsewhere = train(quickstart, hdfs.getURI() + "/runs/cluster", oneEpoch);
    elsewhere.addAll(onYarn("cluster"));
    assertThat(exitCode(start(elsewhere, "cluster"))).as(said("cluster")).isZero();

    assertSameBits("cluster", "quickstart");
    ApplicationReport report = newest();
    assertThat(report.getFinalApplicationStatus()).isEqualTo(FinalApplicationStatus.SUCCEEDED);
    assertThat(logs(report.getApplicationId()))
        .as("the driver's progress and its executors' words")
        .contains("epoch 1/1", "test accuracy", "Container: container_");
  }

  @Test
  void drivenOutDriverLeavesACheckpointAndTheSameCommandResumesIt() throws Exception {
    String[] epochs = {"train.epochs=20"};
    try (DriverProcess local = DriverProcess.train(tiny, "twenty", "--set=" + epochs[0])) {
      assertThat(local.exitCode()).as(local.err()).isZero();
    }
    Process training = launch("killed", "cluster", List.of(epochs));
    Deadline.in(PATIENCE)
        .meets(() -> !training.isAlive() || exists("killed/metrics/epoch-000000.json"));
    kill(newest().getApplicationId());

    assertThat(exitCode(training)).as(said("killed")).isEqualTo(2);
    assertThat(said("killed")).contains("was killed", "yarn logs -applicationId application_");
    assertThat(Deadline.in(PATIENCE).meets(() -> exists("killed/lease/000001-released.json")))
        .as("the driver ends by itself")
        .isTrue();
    assertThat(content("killed/run.log")).contains("stopped by SIGTERM");
    assertThat(exists("killed/summary.json")).isFalse();

    Process resumed = launch("killed", "cluster", List.of(epochs));
    assertThat(exitCode(resumed)).as(said("killed")).isZero();
    assertThat(exists("killed/lease/000002-released.json")).isTrue();
    assertSameBits("killed", "twenty");
  }

  @Test
  void whyADriverFailedElsewhereIsTold() throws Exception {
    Process training =
        launch(
            "failed",
            "cluster",
            List.of("dataset.kind=cifar10", "dataset.path=" + hdfs.getURI() + "/nowhere"));

    assertThat(exitCode(training)).as(said("failed")).isEqualTo(3);
    assertThat(said("failed")).contains("qsnn: ", "/nowhere");
    ApplicationReport report = newest();
    assertThat(report.getFinalApplicationStatus()).isEqualTo(FinalApplicationStatus.FAILED);
    assertThat(report.getDiagnostics()).contains("qsnn ended with exit code 3: ", "/nowhere");
  }

  @Test
  void doctorSaysWhetherAContainerMayBeSoLarge() throws Exception {
    assertThat(exitCode(start(doctor("1g"), "doctor"))).as(said("doctor")).isZero();
    assertThat(said("doctor"))
        .containsPattern("ok +container +about \\d+ MB needed, \\d{4} MB available")
        .containsPattern("--master yarn .*--conf spark.executor.memoryOverhead=\\d+m");

    assertThat(exitCode(start(doctor("20g"), "too-large"))).as(said("too-large")).isEqualTo(2);
    assertThat(said("too-large"))
        .contains("qsnn: ", "is above the max threshold (")
        .doesNotContain("bug in qsnn");
  }

  private static List<String> doctor(String executorMemory) {
    List<String> command =
        new ArrayList<>(
            List.of(HOME.resolve("qsnn").toString(), "doctor", tiny.configuration().toString()));
    command.addAll(List.of("--set", "run.dir=" + hdfs.getURI() + "/runs/examined"));
    command.addAll(onYarn("client"));
    command.addAll(List.of("--executor-memory", executorMemory));
    return command;
  }

  @Test
  void relativeFolderIsRefusedBeforeAnythingIsSubmitted() throws Exception {
    Process training = launch("relative", "cluster", List.of("run.dir=runs/first"));

    assertThat(exitCode(training)).isEqualTo(2);
    assertThat(said("relative")).contains("qsnn: run.dir: must be a path", "found runs/first");
  }

  private static Process launch(String run, String mode, List<String> overrides)
      throws IOException {
    List<String> command =
        train(
            tiny.configuration(), hdfs.getURI() + "/runs/" + run, overrides.toArray(String[]::new));
    command.addAll(onYarn(mode));
    command.addAll(List.of("--conf", "spark.driver.extraJavaOptions=" + QUICK));
    command.addAll(List.of("--conf", "spark.executor.extraJavaOptions=" + QUICK));
    return start(command, run);
  }

  private static List<String> train(Path configuration, String run, String... overrides) {
    List<String> command = new ArrayList<>(List.of(HOME.resolve("qsnn").toString(), "train"));
    command.add(configuration.toString());
    command.addAll(List.of("--set", "run.dir=" + run));
    Stream.of(overrides).forEach(override -> command.addAll(List.of("--set", override)));
    return command;
  }

  private static List<String> onYarn(String mode) {
    List<String> command = new ArrayList<>(List.of("--master", "yarn", "--deploy-mode", mode));
    command.addAll(List.of("--driver-memory", "1g", "--executor-memory", "1g"));
    command.addAll(List.of("--num-executors", "2"));
    for (String property :
        List.of(
            "spark.yarn.jars=local:" + System.getenv("SPARK_HOME") + "/jars/*",
            "spark.yarn.maxAppAttempts=1",
            "spark.yarn.appMasterEnv.SPARK_LOCAL_IP=127.0.0.1",
            "spark.executorEnv.SPARK_LOCAL_IP=127.0.0.1",
            "spark.ui.enabled=false")) {
      command.addAll(List.of("--conf", property));
    }
    return command;
  }

  /** Starts a command that knows this cluster; {@link #said} has its words by the same name. */
  private static Process start(List<String> command, String name) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("HADOOP_CONF_DIR", root.resolve("conf").toString());
    builder.environment().put("HADOOP_USER_NAME", System.getProperty("user.name"));
    builder.redirectErrorStream(true).redirectOutput(root.resolve(name + ".log").toFile());
    return builder.start();
  }

  private static int exitCode(Process process) throws InterruptedException {
    try {
      assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
      return process.exitValue();
    } finally {
      process.destroyForcibly();
    }
  }

  private static String said(String run) throws IOException {
    return Files.readString(root.resolve(run + ".log"));
  }

  private static boolean exists(String file) {
    try {
      return hdfs.getFileSystem().exists(new org.apache.hadoop.fs.Path("/runs/" + file));
    } catch (IOException e) {
      return false;
    }
  }

  private static String content(String file) {
    try (var in = hdfs.getFileSystem().open(new org.apache.hadoop.fs.Path("/runs/" + file))) {
      return new String(in.readAllBytes(), UTF_8);
    } catch (IOException e) {
      return "";
    }
  }

  private static void kill(ApplicationId application) throws IOException, YarnException {
    try (YarnClient client = client()) {
      client.killApplication(application);
    }
  }

  /** What {@code yarn logs} would show once the logs of all containers are collected. */
  private static String logs(ApplicationId application) throws Exception {
    assertThat(
            Deadline.in(PATIENCE)
                .meets(() -> logAggregation(application) == LogAggregationStatus.SUCCEEDED))
        .isTrue();
    ContainerLogsRequest all = new ContainerLogsRequest();
    all.setAppId(application);
    all.setAppOwner(System.getProperty("user.name"));
    all.setAppFinished(true);
    all.setBytes(Long.MAX_VALUE);
    all.setLogTypes(new HashSet<>());
    Path folder = Files.createDirectory(root.resolve("logs-" + application));
    all.setOutputLocalDir(folder.toString());
    LogCLIHelpers helpers = new LogCLIHelpers();
    helpers.setConf(yarn.getConfig());
    assertThat(helpers.dumpAllContainersLogs(all)).isZero();
    StringBuilder text = new StringBuilder();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        text.append(Files.readString(file));
      }
    }
    return text.toString();
  }

  private static LogAggregationStatus logAggregation(ApplicationId application) {
    try (YarnClient client = client()) {
      return client.getApplicationReport(application).getLogAggregationStatus();
    } catch (IOException | YarnException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Containers' processes are children of shells that this JVM, which holds the cluster, began. */
  private static List<ProcessHandle> executors() {
    return ProcessHandle.current()
        .descendants()
        .filter(process -> commandLine(process).contains("YarnCoarseGrainedExecutorBackend"))
        .filter(process -> process.info().command().orElse("").endsWith("java"))
        .toList();
  }

  private static String commandLine(ProcessHandle process) {
    try {
      return Files.readString(Path.of("/proc", Long.toString(process.pid()), "cmdline"));
    } catch (IOException e) {
      return "";
    }
  }

  /**
   * @param run on HDFS
   * @param local below the root
   */
  private static void assertSameBits(String run, String local) throws IOException {
    assertThat(TinyTraining.json(content(run + "/summary.json")).get("parameters_sha256"))
        .isNotNull()
        .isEqualTo(tiny.summary(local).get("parameters_sha256"));
  }

  private static ApplicationReport newest() throws IOException, YarnException {
    try (YarnClient client = client()) {
      return client.getApplications().stream()
          .max((a, b) -> a.getApplicationId().compareTo(b.getApplicationId()))
          .orElseThrow();
    }
  }

  private static YarnClient client() {
    YarnClient client = YarnClient.createYarnClient();
    client.init(yarn.getConfig());
    client.start();
    return client;
  }
}
