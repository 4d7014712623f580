package org.qsnn.cluster;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.stream.Stream;
import org.qsnn.ConfigurationException;
import org.qsnn.DataException;

/** Where a cluster keeps its files. */
record ClusterFolder(Path root) {
  private static final String LOGGING = "daemon-log4j2.properties";

  Path state() {
    return root.resolve("state.json");
  }

  Path logging() {
    return root.resolve(LOGGING);
  }

  Path log(String daemon) {
    return root.resolve("logs").resolve(daemon + ".log");
  }

  Path work(int worker) {
    return root.resolve("work").resolve("worker-" + worker);
  }

  /** Deletes the copies of programs that runs left with Workers; what executors logged stays. */
  void deletePrograms() {
    Path work = root.resolve("work");
    if (!Files.exists(work)) {
      return;
    }
    try (Stream<Path> files = Files.walk(work)) {
      for (Path file : files.filter(path -> path.toString().endsWith(".jar")).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw unusable(e);
    }
  }

  Path hdfs() {
    return root.resolve("hdfs");
  }

  Path nameNode() {
    return hdfs().resolve("namenode");
  }

  Path dataNode(int index) {
    return hdfs().resolve("datanode-" + index);
  }

  /** DataNodes take the codes of unusual characters for formats of their own. */
  void requireFitForHdfs() {
    String uri = hdfs().toUri().toString();
    if (uri.contains("%") || uri.contains(",")) {
      throw new ConfigurationException(
          "--dir: found "
              + root
              + "; HDFS allows no space, comma or other special character in its name");
    }
  }

  boolean isFormatted() {
    return Files.exists(nameNode().resolve("current").resolve("VERSION"));
  }

  /** Makes what daemons expect to be there. */
  void create() {
    try (InputStream logging = ClusterFolder.class.getResourceAsStream(LOGGING)) {
      Files.createDirectories(root.resolve("logs"));
      Files.createDirectories(hdfs());
      Files.copy(logging, logging(), StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw unusable(e);
    }
  }

  /** Held by whoever starts or stops the cluster; the system frees it with the process. */
  interface Lock extends AutoCloseable {
    @Override
    void close() throws IOException;
  }

  /**
   * Takes the folder, making it if need be.
   *
   * @throws ConfigurationException if somebody else has it at this moment
   */
  Lock lock() {
    try {
      Files.createDirectories(root);
      FileChannel channel =
          FileChannel.open(
              root.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (tryLock(channel) == null) {
        channel.close();
        throw new ConfigurationException(
            root + ": another qsnn cluster command is at work on this folder; wait until it ends");
      }
      return channel::close;
    } catch (IOException e) {
      throw unusable(e);
    }
  }

  private static FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException heldByThisProcess) {
      return null;
    }
  }

  DataException unusable(IOException e) {
    return new DataException(root + ": the cluster's folder cannot be used: " + e, e);
  }
}
