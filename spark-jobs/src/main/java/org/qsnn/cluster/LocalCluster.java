package org.qsnn.cluster;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import org.qsnn.ConfigurationException;

/**
 * A Spark standalone cluster and a small HDFS on this machine. Everything listens on the loopback
 * interface; what is started outlives this process and is found again through a file in the
 * cluster's folder, by process id and time of birth.
 */
public final class LocalCluster {
  private static final int SPARK_PORT = 7077;
  private static final int HDFS_PORT = 8020;

  /** Ports as the user asks for them; 0 stands for the usual one, or any other if that is taken. */
  public record Ports(int spark, int hdfs) {}

  private final ClusterFolder folder;

  private LocalCluster(ClusterFolder folder) {
    this.folder = folder;
  }

  /** The cluster whose files are, or will be, in this folder. */
  public static LocalCluster in(Path folder) {
    return new LocalCluster(new ClusterFolder(folder.toAbsolutePath().normalize()));
  }

  /** What was started here and not stopped, alive or not. */
  public Optional<ClusterState> state() {
    return ClusterState.read(folder).map(written -> written.withOthers(DaemonProcesses.of(folder)));
  }

  /** Where the HDFS keeps its files, from one start to the next. */
  public Path hdfsFolder() {
    return folder.hdfs();
  }

  /**
   * Starts everything and returns when all of it works; after a failure nothing is left running. If
   * it is killed, {@link #stop} finds what it had started.
   *
   * @throws ConfigurationException if this cluster runs already, a port is taken, or a program is
   *     missing
   * @throws org.qsnn.DataException if a daemon does not come up; names it and its log
   */
  public ClusterState start(ClusterSize size, Ports ports, Software software) {
    software.requireComplete(size);
    if (size.hasHdfs()) {
      folder.requireFitForHdfs();
    }
    try (ClusterFolder.Lock lock = folder.lock()) {
      requireEnded();
      folder.create();
      return new Launch(software, size).run(ports);
    } catch (IOException e) {
      throw folder.unusable(e);
    }
  }

  private void requireEnded() {
    List<Daemon> alive = alive();
    if (!alive.isEmpty()) {
      Optional<ClusterState> earlier = state();
      throw new ConfigurationException(
          String.format(
              Locale.ROOT,
              "%s: a cluster is already running here (%s; %d of %d processes alive); stop it first",
              folder.root(),
              earlier.map(ClusterState::master).orElse("started by a command that was killed"),
              alive.size(),
              earlier.map(state -> state.daemons().size()).orElse(alive.size())));
    }
  }

  /** In the order of their start as far as it is known. */
  private List<Daemon> alive() {
    return state().map(ClusterState::alive).orElseGet(() -> DaemonProcesses.of(folder));
  }

  /** Stops what runs, last started first. Returns what was alive; empty if nothing was. */
  public List<Daemon> stop() {
    if (state().isEmpty() && alive().isEmpty()) {
      return List.of();
    }
    try (ClusterFolder.Lock lock = folder.lock()) {
      return stopAll();
    } catch (IOException e) {
      throw folder.unusable(e);
    }
  }

  private List<Daemon> stopAll() {
    List<Daemon> alive = alive();
    for (int i = alive.size() - 1; i >= 0; i--) {
      alive.get(i).stop();
    }
    folder.deletePrograms();
    ClusterState.delete(folder);
    return alive;
  }

  /** One start. */
  private final class Launch {
    private final Loopback free = new Loopback();
    private final Software software;
    private final ClusterSize size;

    Launch(Software software, ClusterSize size) {
      this.software = software;
      this.size = size;
    }

    ClusterState run(Ports ports) {
      SparkDaemons spark =
          new SparkDaemons(
              software, folder, free, port(ports.spark(), SPARK_PORT, "--master-port"));
      Optional<HdfsDaemons> hdfs =
          size.hasHdfs()
              ? Optional.of(
                  new HdfsDaemons(
                      software, folder, free, port(ports.hdfs(), HDFS_PORT, "--hdfs-port")))
              : Optional.empty();
      Startup startup =
          new Startup(
              software,
              folder,
              new ClusterState(
                  size, spark.master(), hdfs.map(HdfsDaemons::root).orElse(null), List.of()));
      try {
        hdfs.ifPresent(daemons -> format(daemons, startup));
        startup.start(leaders(spark, hdfs));
        startup.start(followers(spark, hdfs));
        return startup.state();
      } catch (RuntimeException e) {
        stopAll();
        throw e;
      }
    }

    private int port(int wanted, int usual, String option) {
      return wanted == 0 ? free.preferring(usual) : free.exactly(wanted, option);
    }

    private void format(HdfsDaemons hdfs, Startup startup) {
      if (!folder.isFormatted()) {
        startup.run("namenode-format", hdfs.formatCommand());
        folder.takeFormatted();
      }
    }

    private List<DaemonPlan> leaders(SparkDaemons spark, Optional<HdfsDaemons> hdfs) {
      List<DaemonPlan> plans = new ArrayList<>();
      hdfs.ifPresent(daemons -> plans.add(daemons.nameNodePlan()));
      plans.add(spark.masterPlan());
      return plans;
    }

    private List<DaemonPlan> followers(SparkDaemons spark, Optional<HdfsDaemons> hdfs) {
      List<DaemonPlan> plans = new ArrayList<>();
      hdfs.ifPresent(
          daemons ->
              IntStream.rangeClosed(1, size.dataNodes())
                  .mapToObj(daemons::dataNodePlan)
                  .forEach(plans::add));
      IntStream.rangeClosed(1, size.workers())
          .mapToObj(index -> spark.workerPlan(index, size))
          .forEach(plans::add);
      return plans;
    }
  }
}
