package org.qsnn.storage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.charset.Charset;
import java.nio.file.CopyOption;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.ChecksumFileSystem;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileContext;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Options;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.StreamCapabilities;
import org.qsnn.ConfigurationException;
import org.qsnn.DataException;

/** The file system of a path, and its renames: one never replaces what is there, one does. */
final class FileSystems {
  private static final URI LOCAL = URI.create("file:///");
  private static final String HDFS = "hdfs";

  /** How the JVM writes names of local files; its own choice from the locale. */
  private static final Charset NAMES = Charset.forName(System.getProperty("sun.jnu.encoding"));

  /** How often Hadoop tries again to connect, beside {@link Patience}, which says that it waits. */
  private static final Map<String, Integer> RETRIES =
      Map.of("ipc.client.connect.max.retries", 1, "ipc.client.connect.max.retries.on.timeouts", 0);

  private final Configuration configuration;
  private final LocalFiles local = new LocalFiles();
  private final Temporaries temporaries = new Temporaries();

  FileSystems(Configuration configuration) {
    this.configuration = new Configuration(configuration);
    RETRIES.keySet().stream().filter(this::isHadoopsOwn).forEach(this::setRetries);
    initialize(local);
  }

  private void initialize(FileSystem system) {
    try {
      system.initialize(LOCAL, configuration);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Whether nobody has set a key. Hadoop's own values are up to a quarter of an hour of silence.
   */
  private boolean isHadoopsOwn(String key) {
    return Arrays.equals(configuration.getPropertySources(key), new String[] {"core-default.xml"});
  }

  private void setRetries(String key) {
    configuration.setInt(key, RETRIES.get(key));
  }

  /** The names that were made here for what is being written. */
  Temporaries temporaries() {
    return temporaries;
  }

  /**
   * Connects to nothing, and needs no connector of the file system.
   *
   * @throws ConfigurationException if it is the root, or what is written there could be seen half
   *     done
   */
  void requireWritable(String text) {
    Path path = PathText.parse(text);
    PathText.requireBelowRoot(path);
    ObjectStores.refuse(path);
    if (path.toUri().getScheme() == null) {
      ObjectStores.refuse(new Path(new Path(FileSystem.getDefaultUri(configuration)), path));
    }
  }

  /**
   * The absolute path, with its scheme, that a text means.
   *
   * @throws ConfigurationException if it means none
   */
  Path path(String text) throws IOException {
    Path path = PathText.parse(text);
    FileSystem system = of(path);
    if (system instanceof RawLocalFileSystem) {
      PathText.requireName(text, NAMES);
    }
    return system.makeQualified(path);
  }

  /** A relative path, or one without scheme, on the local disk whatever the default is. */
  static Path localPath(String text) {
    PathText.requireName(text, NAMES);
    Path path = PathText.parse(text);
    return path.toUri().getScheme() == null
        ? path.makeQualified(LOCAL, new Path(LOCAL + System.getProperty("user.dir")))
        : path;
  }

  /**
   * Without Hadoop's checksum layer over the local file system: its hidden {@code .crc} files
   * outlive a crash between two renames and then make good files unreadable. Our formats have own
   * checksums.
   */
  FileSystem of(Path path) throws IOException {
    requireHost(path.toUri());
    FileSystem system = path.getFileSystem(configuration);
    if (!(system instanceof ChecksumFileSystem layer)) {
      return system;
    }
    FileSystem raw = layer.getRawFileSystem();
    return raw.getClass() == RawLocalFileSystem.class ? local : raw;
  }

  private void requireHost(URI path) {
    URI usual = FileSystem.getDefaultUri(configuration);
    boolean isIncomplete = HDFS.equals(path.getScheme()) && path.getAuthority() == null;
    if (isIncomplete && !(HDFS.equals(usual.getScheme()) && usual.getAuthority() != null)) {
      throw new ConfigurationException(
          String.format(
              Locale.ROOT,
              "%s: names no host, and neither does fs.defaultFS, which is %s; write hdfs://host:8020%s, or set HADOOP_CONF_DIR",
              path,
              usual,
              path.getPath()));
    }
  }

  /**
   * Refuses the pipes and devices of a local disk, which have no length and may have no end, and
   * links that lead nowhere.
   */
  void requireFileOrFolder(Path path) throws IOException {
    if (of(path) instanceof RawLocalFileSystem local) {
      java.nio.file.Path file = local.pathToFile(path).toPath();
      if (Listing.isDeadLink(file)) {
        throw new DataException(
            String.format(
                Locale.ROOT,
                "%s: expected a file or a folder, found a link to %s, which leads nowhere",
                path,
                Files.readSymbolicLink(file)));
      }
      if (Files.exists(file) && Files.readAttributes(file, BasicFileAttributes.class).isOther()) {
        throw new IOException("expected a file or a folder, found a pipe, a socket or a device");
      }
    }
  }

  /** Renames within one file system; false if there is something under the new name already. */
  boolean rename(Path from, Path to) throws IOException {
    FileSystem system = of(to);
    if (system.exists(to)) {
      return false;
    }
    try {
      renameToNew(system, from, to);
      return true;
    } catch (IOException e) {
      // Another writer may have been faster by a moment.
      if (system.exists(to) && system.exists(from)) {
        return false;
      }
      throw e;
    }
  }

  /** The same for a folder; an empty one under the new name gives way in the same step. */
  boolean renameFolder(Path from, Path to) throws IOException {
    FileSystem system = of(to);
    if (!isEmptyFolder(system, to)) {
      return rename(from, to);
    }
    try {
      replace(from, to);
      return true;
    } catch (IOException e) {
      // It may have been filled a moment ago.
      if (system.exists(to) && !isEmptyFolder(system, to)) {
        return false;
      }
      throw e;
    }
  }

  private static boolean isEmptyFolder(FileSystem system, Path path) throws IOException {
    return system.exists(path)
        && system.getFileStatus(path).isDirectory()
        && system.listStatus(path).length == 0;
  }

  /**
   * Renames within one file system in one step. A file gives way to a file, an empty folder to a
   * folder; nothing else does.
   */
  void replace(Path from, Path to) throws IOException {
    FileSystem system = of(to);
    if (system instanceof RawLocalFileSystem local) {
      moveLocally(local, from, to, StandardCopyOption.ATOMIC_MOVE);
    } else {
      FileContext.getFileContext(system.getUri(), configuration)
          .rename(system.makeQualified(from), system.makeQualified(to), Options.Rename.OVERWRITE);
    }
  }

  /** Creates a file if its name is free, which only one of several can find; false if it is not. */
  boolean createNew(Path path, FileStore.Content content) throws IOException {
    FileSystem system = of(path);
    Path temporary = temporaries.beside(system.makeQualified(path));
    try {
      try (FSDataOutputStream out = system.create(temporary, false)) {
        content.writeTo(out);
        if (out.hasCapability(StreamCapabilities.HSYNC)) {
          out.hsync();
        }
      }
      return placeNew(system, temporary, path);
    } finally {
      temporaries.discard(system, temporary);
    }
  }

  private boolean placeNew(FileSystem system, Path from, Path to) throws IOException {
    if (!(system instanceof RawLocalFileSystem local)) {
      return rename(from, to);
    }
    java.nio.file.Path target = local.pathToFile(to).toPath();
    try {
      linkOrCopy(local.pathToFile(from).toPath(), target);
      force(target.getParent());
      return true;
    } catch (FileAlreadyExistsException e) {
      return false;
    }
  }

  /** A link is there at once, and a move would replace. A copy is at least made by one only. */
  private static void linkOrCopy(java.nio.file.Path from, java.nio.file.Path to)
      throws IOException {
    try {
      Files.createLink(to, from);
    } catch (FileSystemException | UnsupportedOperationException e) {
      Files.copy(from, to);
      force(to);
    }
  }

  private void renameToNew(FileSystem system, Path from, Path to) throws IOException {
    if (system instanceof RawLocalFileSystem local) {
      // Hadoop's local rename falls back to copying into a folder that exists.
      moveLocally(local, from, to);
    } else {
      FileContext.getFileContext(system.getUri(), configuration)
          .rename(system.makeQualified(from), system.makeQualified(to));
    }
  }

  /** Also makes the folder durable: a new name is not, before that, should the machine go down. */
  private static void moveLocally(
      RawLocalFileSystem local, Path from, Path to, CopyOption... options) throws IOException {
    java.nio.file.Path target = local.pathToFile(to).toPath();
    Files.move(local.pathToFile(from).toPath(), target, options);
    force(target.getParent());
  }

  private static void force(java.nio.file.Path path) throws IOException {
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }
}
