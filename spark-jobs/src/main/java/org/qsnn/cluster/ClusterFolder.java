package org.qsnn.cluster;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.qsnn.ConfigurationException;
import org.qsnn.DataException;
import org.qsnn.storage.NewFolder;

/** Where a cluster keeps its files. */
record ClusterFolder(Path root) {
  private static final String LOCK = "lock";
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

  /**
   * Deletes the copies of programs that runs left with Workers, which have names that Spark gave
   * them; what executors logged stays.
   */
  void deletePrograms() {
    try {
      for (Path program : matches(root, "work", "worker-*", "app-*", "[0-9]*", "*.jar")) {
        Files.delete(program);
      }
    } catch (IOException e) {
      throw unusable(e);
    }
  }

  /** Files whose path below a folder matches the patterns, one for each of its parts. */
  private static List<Path> matches(Path folder, String... patterns) throws IOException {
    List<Path> level = List.of(folder);
    for (String pattern : patterns) {
      List<Path> next = new ArrayList<>();
      for (Path parent : level) {
        if (Files.isDirectory(parent, LinkOption.NOFOLLOW_LINKS)) {
          try (DirectoryStream<Path> children = Files.newDirectoryStream(parent, pattern)) {
            children.forEach(next::add);
          }
        }
      }
      level = next;
    }
    return level.stream()
        .filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
        .toList();
  }

  Path hdfs() {
    return root.resolve("hdfs");
  }

  Path nameNode() {
    return hdfs().resolve("namenode");
  }

  /** Where an empty file system is made before it becomes that of {@link #nameNode}. */
  Path newNameNode() {
    return hdfs().resolve("namenode.new");
  }

  /** A file system exists as a whole or not at all, even if its creation was killed. */
  void takeFormatted() {
    try {
      Files.move(newNameNode(), nameNode(), StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw unusable(e);
    }
  }

  Path dataNode(int index) {
    return hdfs().resolve("datanode-" + index);
  }

  /** DataNodes take the codes of unusual characters for formats of their own. */
  void requireFitForHdfs() {
    String uri = hdfs().toUri().toString();
    if (uri.contains("%") || uri.contains(",")) {
      throw new ConfigurationException(
          "--dir: must have no space, comma or other special character in its path, for HDFS; found "
              + root);
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
   * Takes the folder, creating it if necessary.
   *
   * @throws ConfigurationException if another process is using it, or it holds other things
   */
  Lock lock() {
    try {
      requireOurs();
      Files.createDirectories(root);
      FileChannel channel =
          FileChannel.open(root.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (tryLock(channel) == null) {
        channel.close();
        throw new ConfigurationException(
            root + ": another qsnn cluster command is using this folder; wait until it ends");
      }
      return channel::close;
    } catch (IOException e) {
      throw unusable(e);
    }
  }

  /** Daemons write, and format, what is here: nothing else may be. */
  private void requireOurs() throws IOException {
    if (!Files.exists(root) || Files.exists(logging())) {
      return;
    }
    try (Stream<Path> files = Files.list(root)) {
      List<String> others =
          files
              .map(file -> file.getFileName().toString())
              .filter(name -> !name.equals(LOCK))
              .sorted()
              .toList();
      if (!others.isEmpty()) {
        throw new ConfigurationException(
            String.format(
                Locale.ROOT,
                "--dir: must be a cluster's folder, an empty or a new one; found %s with %s; choose another folder",
                root,
                NewFolder.shown(others)));
      }
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
