package org.qsnn.job;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.qsnn.cluster.ClusterSize;
import org.qsnn.cluster.ClusterState;
import org.qsnn.cluster.Daemon;
import org.qsnn.cluster.LocalCluster;
import org.qsnn.cluster.Software;
import org.qsnn.storage.FilePaths;
import org.qsnn.storage.ProcessUser;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** {@code qsnn cluster start|status|stop} */
@Command(
    name = "cluster",
    description = {
      "A real Spark cluster and a small HDFS on this machine, to see or test a distributed run.",
      "",
      "Every daemon is a process of its own that listens on the loopback interface only; anyone with an account on this machine can use them. HDFS keeps its files from one start to the"
          + " next."
    },
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "start|status|stop",
    footerHeading = "%nExamples:%n",
    footer = {
      "  qsnn cluster start --workers 2 --cores-per-worker 1",
      "  qsnn cluster status",
      "  qsnn cluster stop"
    })
final class ClusterCommand implements Runnable {
  private static final int NOT_ALIVE = 3;
  private static final Path USUAL = Path.of("cluster");

  @Spec private CommandSpec spec;

  @Option(
      names = "--dir",
      defaultValue = "cluster",
      scope = ScopeType.INHERIT,
      description = "Folder of the cluster's logs, state and files; default ${DEFAULT-VALUE}")
  private Path folder;

  /** What {@code start} takes. */
  static final class Size {
    @Option(
        names = "--workers",
        defaultValue = "2",
        description = "Number of Spark Workers; default ${DEFAULT-VALUE}")
    private int workers;

    @Option(
        names = "--cores-per-worker",
        defaultValue = "1",
        description = "Parallel tasks on each Worker; default ${DEFAULT-VALUE}")
    private int cores;

    @Option(
        names = "--memory",
        defaultValue = "2g",
        description = "Memory for executors on each Worker; default ${DEFAULT-VALUE}")
    private String memory;

    @Option(
        names = "--datanodes",
        defaultValue = "1",
        description = "Number of HDFS DataNodes; default ${DEFAULT-VALUE}")
    private int dataNodes;

    @Option(names = "--no-hdfs", description = "Start Spark alone.")
    private boolean withoutHdfs;

    ClusterSize size() {
      return new ClusterSize(workers, cores, memory, withoutHdfs ? 0 : dataNodes);
    }
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "expected start, status or stop");
  }

  @Command(
      description = "Starts a Master, Workers, a NameNode and DataNodes, and says how to use them.",
      mixinStandardHelpOptions = true)
  void start(
      @Mixin Size size,
      @Option(
              names = "--master-port",
              defaultValue = "0",
              description = "Port of the Master; unset: 7077, or any free one")
          int masterPort,
      @Option(
              names = "--hdfs-port",
              defaultValue = "0",
              description = "Port of the NameNode; unset: 8020, or any free one")
          int hdfsPort) {
    ProcessUser.requireNamedForDaemons();
    LocalCluster cluster = cluster();
    LocalCluster.Ports ports = new LocalCluster.Ports(masterPort, hdfsPort);
    ClusterState state = cluster.start(size.size(), ports, Software.ofEnvironment());
    show(state);
    PrintWriter out = out();
    if (state.hdfs() != null) {
      out.println("HDFS keeps its files in " + cluster.hdfsFolder());
    }
    out.println("Train on it:");
    out.println("  " + exampleOf(state));
    out.println("Stop it:");
    out.println("  ./qsnn cluster stop" + (folder.equals(USUAL) ? "" : " --dir " + folder));
  }

  @Command(
      description = "Shows which daemons run. Exit code 3 if any is missing.",
      mixinStandardHelpOptions = true)
  int status() {
    Optional<ClusterState> state = cluster().state();
    state.ifPresentOrElse(this::show, this::sayThatNothingRuns);
    return state.filter(found -> found.dead().isEmpty()).isPresent() ? 0 : NOT_ALIVE;
  }

  @Command(description = "Stops the cluster.", mixinStandardHelpOptions = true)
  void stop() {
    List<Daemon> stopped = cluster().stop();
    if (stopped.isEmpty()) {
      sayThatNothingRuns();
    }
    stopped.forEach(daemon -> out().println(daemon.name() + " stopped"));
  }

  private LocalCluster cluster() {
    return LocalCluster.in(FilePaths.onLocalDisk(folder.toString()));
  }

  private void sayThatNothingRuns() {
    out().println("No cluster was started in " + folder.toAbsolutePath().normalize());
  }

  private void show(ClusterState state) {
    PrintWriter out = out();
    out.println("Spark  " + state.master());
    if (state.hdfs() != null) {
      out.println("HDFS   " + state.hdfs());
    }
    for (Daemon daemon : state.daemons()) {
      out.printf(
          Locale.ROOT,
          "  %-10s  %-5s  process %-7d  %-23s  %s%n",
          daemon.name(),
          daemon.isAlive() ? "alive" : "DEAD",
          daemon.pid(),
          daemon.web(),
          daemon.log());
    }
  }

  private static String exampleOf(ClusterState state) {
    String example =
        String.format(
            Locale.ROOT,
            "./qsnn train conf/quickstart.conf --master %s --executor-memory %s",
            state.master(),
            state.size().memory());
    return state.hdfs() == null
        ? example
        : example + " --set run.dir=" + state.hdfs() + "/runs/first";
  }

  private PrintWriter out() {
    return spec.commandLine().getOut();
  }
}
