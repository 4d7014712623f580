package org.qsnn.fault;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.qsnn.cluster.ClusterSize;
import org.qsnn.cluster.ClusterState;
import org.qsnn.cluster.LocalCluster;
import org.qsnn.cluster.Software;
import org.qsnn.storage.FileStore;

/**
 * Executors of a sweep are slow at random and die: its answer is that of this machine's threads.
 */
class DyingSweepIT {
  private static final String SWEEP =
      """
      sweep {
        base = toy.conf
        set { train.epochs = 4 }
        space { train.learning-rate = { from = 0.01, to = 0.2, scale = log } }
        trials = 6
        halving { eta = 2, first-epochs = 1 }
        placement = task
      }
      """;

  @TempDir private static Path root;
  private static List<ObjectNode> expected;

  @BeforeAll
  static void sweepUndisturbed() throws Exception {
    ToyRun undisturbed = new ToyRun(root, "undisturbed");
    Files.writeString(root.resolve("sweep.conf"), SWEEP);
    sweep(undisturbed, "local[1]").succeed();
    expected = rows(undisturbed);
    assertThat(expected).hasSize(6);
  }

  @Test
  @Tag("chaos")
  void sweepOfSlowExecutorsOfWhichFiveDieEndsAsIfTheyHadNot() throws Exception {
    ToyRun disturbed = new ToyRun(root, "disturbed");
    Fault inAStep = new Fault(Place.FORWARD, Act.HALT, Fault.ANY, Fault.ANY, 1);
    Fault inValidation = new Fault(Place.VALIDATION, Act.HALT, Fault.ANY, Fault.ANY, 2);
    Fault inACheckpoint = new Fault(Place.CHECKPOINT, Act.HALT, Fault.ANY, Fault.ANY, 2);

    sweep(disturbed, "local-cluster[2,1,1024]")
        .onExecutors(inAStep, inValidation, inACheckpoint, Fault.always(Place.GRADIENT, Act.DELAY))
        .succeed();

    assertThat(disturbed.events("executor-removed")).hasSize(5);
    assertThat(rows(disturbed)).isEqualTo(expected);
  }

  @Test
  @Tag("chaos")
  void sweepOnAStandaloneClusterWithItsFolderOnHdfsEndsAsOnThreads() throws Exception {
    LocalCluster cluster = LocalCluster.in(root.resolve("cluster"));
    try {
      ClusterState started =
          cluster.start(
              new ClusterSize(2, 1, "1g", 1),
              new LocalCluster.Ports(0, 0),
              Software.ofEnvironment());
      String folder = started.hdfs() + "/sweeps/standalone";

      sweep(new ToyRun(root, "standalone"), started.master(), folder)
          .onExecutors(Fault.always(Place.GRADIENT, Act.DELAY))
          .succeed();

      FileStore files = FileStore.of(new Configuration());
      byte[] trials = files.readBytes(folder + "/trials.json", 1 << 20);
      assertThat(rows(new String(trials, UTF_8).lines())).isEqualTo(expected);
    } finally {
      cluster.stop();
    }
  }

  private static TrainingProcess sweep(ToyRun run, String master) {
    return sweep(run, master, run.folder().toString());
  }

  private static TrainingProcess sweep(ToyRun run, String master, String folder) {
    return new TrainingProcess(run, master)
        .as(
            "sweep",
            root.resolve("sweep.conf").toString(),
            "--set=sweep.dir=" + folder,
            "--set=dataset.cache-dir=" + root.resolve("cache"),
            "--set=checkpoint.every-minutes=0.000001");
  }

  private static List<ObjectNode> rows(ToyRun run) throws IOException {
    try (Stream<String> lines = Files.lines(run.folder().resolve("trials.json"))) {
      return rows(lines);
    }
  }

  /** Without what differs from sweep to sweep: times and places. */
  private static List<ObjectNode> rows(Stream<String> lines) throws IOException {
    List<ObjectNode> rows = new ArrayList<>();
    for (String line : lines.toList()) {
      ObjectNode row = (ObjectNode) new ObjectMapper().readTree(line);
      row.remove(List.of("seconds", "folder"));
      rows.add(row);
    }
    return rows;
  }
}
