package org.qsnn.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.qsnn.storage.HostProcess;

/** The states of clusters as files, for tests of other packages. */
public final class StoredClusters {
  private StoredClusters() {}

  public static byte[] example() throws IOException {
    Path root = Files.createTempDirectory("qsnn-test-");
    ClusterFolder folder = new ClusterFolder(root);
    Daemon daemon = new Daemon("master", HostProcess.of(1), "logs/master.log", "http://h:1");
    new ClusterState(new ClusterSize(1, 1, "1g", 0), "spark://h:2", null, List.of(daemon))
        .write(folder);
    byte[] state = Files.readAllBytes(folder.state());
    Files.delete(folder.state());
    Files.delete(root);
    return state;
  }

  /** Reads one and asks for all that a command wants to know of it. */
  public static void read(byte[] state, Path root) throws IOException {
    Files.createDirectories(root);
    ClusterFolder folder = new ClusterFolder(root);
    Files.write(folder.state(), state);
    ClusterState.read(folder).ifPresent(StoredClusters::ask);
  }

  private static void ask(ClusterState cluster) {
    cluster.alive();
    cluster.dead();
    cluster.size().hasHdfs();
  }
}
