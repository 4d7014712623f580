package org.qsnn.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.qsnn.ConfigurationException;
import org.qsnn.DataException;
import org.qsnn.Deadline;
import org.qsnn.storage.FileStore;
import org.qsnn.storage.HostProcess;

/** Starts and stops real daemons. */
class ClusterIT {
  private static final LocalCluster.Ports ANY = new LocalCluster.Ports(0, 0);
  private static final ClusterSize SPARK_ALONE = new ClusterSize(1, 1, "1g", 0);

  @TempDir private Path root;
  private LocalCluster cluster;

  @BeforeEach
  void nameCluster() {
    cluster = LocalCluster.in(root.resolve("cluster"));
  }

  @AfterEach
  void stop() {
    cluster.stop();
  }

  @Test
  void keepsTheFilesOfItsHdfsFromOneStartToTheNext() {
    ClusterState first = cluster.start(new ClusterSize(2, 1, "1g", 1), ANY, software());
    assertThat(first.daemons())
        .extracting(Daemon::name)
        .containsExactly("namenode", "master", "datanode-1", "worker-1", "worker-2");
    files()
        .commit(first.hdfs() + "/a/b", out -> out.write("kept".getBytes(StandardCharsets.UTF_8)));
    cluster.stop();
    assertThat(first.alive()).isEmpty();

    ClusterState second = cluster.start(new ClusterSize(1, 1, "1g", 1), ANY, software());

    assertThat(files().readBytes(second.hdfs() + "/a/b", 10)).asString().isEqualTo("kept");
  }

  @Test
  void listensOnTheLoopbackInterfaceOnly() throws IOException {
    ClusterState state = cluster.start(new ClusterSize(1, 1, "1g", 1), ANY, software());

    for (Daemon daemon : state.daemons()) {
      assertThat(Listening.addressesOf(daemon.pid()))
          .as(daemon.name())
          .isNotEmpty()
          .allMatch(InetAddress::isLoopbackAddress);
    }
  }

  @Test
  void startsOnceAndStopsOnce() {
    ClusterState running = cluster.start(SPARK_ALONE, ANY, software());

    assertThatThrownBy(() -> cluster.start(SPARK_ALONE, ANY, software()))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContainingAll("a cluster is already running here", running.master(), "2 of 2");
    assertThat(cluster.stop()).isEqualTo(running.daemons());
    assertThat(cluster.stop()).isEmpty();
    assertThat(cluster.state()).isEmpty();
  }

  @Test
  void tellsWhichDaemonHasDiedAndStopsTheOthers() {
    ClusterState state = cluster.start(SPARK_ALONE, ANY, software());
    Daemon worker = state.daemon("worker-1");
    ProcessHandle process = ProcessHandle.of(worker.pid()).orElseThrow();
    process.destroyForcibly();
    process.onExit().orTimeout(10, TimeUnit.SECONDS).join();

    assertThat(cluster.state().orElseThrow().dead()).containsExactly(worker);
    assertThatThrownBy(() -> cluster.start(SPARK_ALONE, ANY, software()))
        .hasMessageContaining("1 of 2 processes alive");
    assertThat(cluster.stop()).extracting(Daemon::name).containsExactly("master");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void whatAKilledStartHasLaunchedIsStopped(int launched) throws Exception {
    killStart(launched, "--no-hdfs", "--workers=1");

    assertThatThrownBy(() -> cluster.start(SPARK_ALONE, ANY, software()))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("a cluster is already running here");
    assertThat(cluster.stop()).hasSizeGreaterThanOrEqualTo(launched);

    assertThat(processes()).isEmpty();
    assertThat(cluster.state()).isEmpty();
  }

  @Test
  void whatIsNotWrittenDownIsStoppedToo() throws IOException {
    ClusterState running = cluster.start(SPARK_ALONE, ANY, software());
    Files.delete(new ClusterFolder(root.resolve("cluster")).state());

    assertThatThrownBy(() -> cluster.start(SPARK_ALONE, ANY, software()))
        .hasMessageContainingAll("a cluster is already running here", "2 of 2 processes alive");
    assertThat(cluster.stop())
        .extracting(Daemon::name)
        .containsExactlyInAnyOrder("master", "worker");
    assertThat(running.alive()).isEmpty();
  }

  /** The first that is launched makes an empty file system. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4})
  @Tag("chaos")
  void clusterWithHdfsStartsAfterAKilledStart(int launched) throws Exception {
    killStart(launched, "--workers=1");
    cluster.stop();

    ClusterState state = cluster.start(new ClusterSize(1, 1, "1g", 1), ANY, software());

    files().commit(state.hdfs() + "/a", out -> out.write(1));
    assertThat(cluster.stop()).hasSize(4);
    assertThat(processes()).isEmpty();
  }

  /** Starts a cluster by the command, and kills the command when so many daemons were launched. */
  private void killStart(int launched, String... options) throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                "org.qsnn.job.Main",
                "cluster",
                "start",
                "--memory=1g",
                "--dir=" + root.resolve("cluster")));
    command.addAll(List.of(options));
    Set<Long> seen = new HashSet<>();
    Process start = new ProcessBuilder(command).inheritIO().start();
    try {
      boolean hasLaunched =
          Deadline.in(Duration.ofMinutes(2))
              .meets(
                  () -> {
                    processes().forEach(daemon -> seen.add(daemon.pid()));
                    return seen.size() >= launched;
                  });
      assertThat(hasLaunched).as("launched %s", seen).isTrue();
    } finally {
      start.destroyForcibly().waitFor();
    }
  }

  private List<Daemon> processes() {
    return DaemonProcesses.of(new ClusterFolder(root.resolve("cluster")));
  }

  /** The daemon has ended long ago, and its process id was given to somebody else. */
  @Test
  void leavesAProcessAloneThatHasTheIdOfADaemon() throws IOException {
    Process innocent = new ProcessBuilder("sleep", "600").start();
    try {
      HostProcess now = HostProcess.of(innocent.pid());
      HostProcess earlier =
          new HostProcess(now.host(), now.machine(), now.rights(), now.pid(), now.start() - 1);
      ClusterFolder folder = new ClusterFolder(root.resolve("cluster"));
      folder.create();
      new ClusterState(
              SPARK_ALONE, "spark://x", null, List.of(new Daemon("master", earlier, "", "")))
          .write(folder);

      assertThat(cluster.stop()).isEmpty();
      assertThat(innocent.isAlive()).isTrue();
    } finally {
      innocent.destroyForcibly();
    }
  }

  @Test
  void refusesAPortThatIsInUse() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      LocalCluster.Ports taken = new LocalCluster.Ports(socket.getLocalPort(), 0);

      assertThatThrownBy(() -> cluster.start(SPARK_ALONE, taken, software()))
          .isInstanceOf(ConfigurationException.class)
          .hasMessageContainingAll("--master-port", socket.getLocalPort() + "", "in use");
    }
  }

  @Test
  void saysHowToGetWhatIsMissing() {
    Software withoutHdfs = new Software(software().sparkHome(), root);
    Software withoutSpark = new Software(root, software().hdfsHome());

    assertThatThrownBy(() -> cluster.start(new ClusterSize(1, 1, "1g", 1), ANY, withoutHdfs))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContainingAll(root.toString(), "mvn -B package", "--no-hdfs");
    assertThatThrownBy(() -> cluster.start(SPARK_ALONE, ANY, withoutSpark))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContainingAll("SPARK_HOME=" + root, "spark-core");
  }

  @Test
  void namesADaemonThatDoesNotComeUpAndLeavesNothingRunning() throws IOException {
    Path broken = Files.createDirectory(root.resolve("broken"));
    Files.createFile(broken.resolve("hadoop-client-minicluster-0.jar"));
    Files.createDirectories(root.resolve("cluster/hdfs/namenode/current"));
    Files.createFile(root.resolve("cluster/hdfs/namenode/current/VERSION"));
    Files.createFile(root.resolve("cluster/daemon-log4j2.properties"));
    Software software = new Software(software().sparkHome(), broken);

    assertThatThrownBy(() -> cluster.start(new ClusterSize(1, 1, "1g", 1), ANY, software))
        .isInstanceOf(DataException.class)
        .hasMessageContainingAll(
            "namenode ended while it started", "logs/namenode.log", "NameNode");
    assertThat(cluster.state()).isEmpty();
  }

  @Test
  void hdfsNeedsAFolderWithAPlainName() {
    LocalCluster odd = LocalCluster.in(root.resolve("a b"));

    assertThatThrownBy(() -> odd.start(new ClusterSize(1, 1, "1g", 1), ANY, software()))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContainingAll("--dir: must have no space", "; found ", "a b");
    assertThat(root.resolve("a b")).doesNotExist();
  }

  @Test
  void damagedStateIsToldWithItsFile() throws IOException {
    ClusterFolder folder = new ClusterFolder(root.resolve("cluster"));
    folder.create();
    Files.writeString(folder.state(), "{");

    assertThatThrownBy(() -> cluster.state())
        .isInstanceOf(DataException.class)
        .hasMessageContaining(folder.state().toString());
    Files.delete(folder.state());
  }

  private static Software software() {
    return Software.ofEnvironment();
  }

  private static FileStore files() {
    return FileStore.of(new Configuration());
  }
}
