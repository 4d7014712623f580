package org.qsnn.storage;

import java.net.URI;
import java.util.Optional;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.qsnn.ConfigurationException;

/**
 * What texts mean that name files: relative ones, ones without scheme, links. Every failure names
 * the path, as a {@link FileStore}'s does.
 */
public final class FilePaths {
  private final PathOperations operations;

  FilePaths(PathOperations operations) {
    this.operations = operations;
  }

  /** The absolute form of a path, with its scheme. */
  public String absolute(String path) {
    return operations.attempt("read", path, Path::toString);
  }

  /**
   * The path that a word on a command line means: what lies there on the local disk, or else a path
   * of {@code fs.defaultFS}.
   */
  public String nearest(String path) {
    if (PathText.hasScheme(path)) {
      return path;
    }
    String local = FileSystems.localPath(path).toString();
    return !local.equals(absolute(path)) && exists(local) ? local : path;
  }

  /** A path as Java's own files know it; empty if it is not on the local disk. */
  public Optional<java.nio.file.Path> local(String path) {
    return operations.attempt(
        "read",
        path,
        p ->
            operations.systems().of(p) instanceof RawLocalFileSystem local
                ? Optional.of(local.pathToFile(p).toPath())
                : Optional.empty());
  }

  /**
   * What a path means to a command that works on the local disk only.
   *
   * @throws ConfigurationException if it is elsewhere
   */
  public static java.nio.file.Path onLocalDisk(String path) {
    URI uri = FileSystems.localPath(path).toUri();
    if (!uri.getScheme().equals("file")) {
      throw new ConfigurationException(path + ": expected a path on the local disk");
    }
    return java.nio.file.Path.of(uri.getPath());
  }

  /**
   * For what will be written later: says it before anything is computed, or even connected to.
   *
   * @throws ConfigurationException if it is the root, or nothing can be written there whole or not
   *     at all
   */
  public void requireWritable(String path) {
    operations.systems().requireWritable(path);
  }

  /** The last part of a path. */
  public String name(String path) {
    return PathText.parse(path).getName();
  }

  /**
   * The absolute folder that a path lies in.
   *
   * @throws ConfigurationException if it is the root
   */
  public String parent(String path) {
    Path absolute = new Path(absolute(path));
    PathText.requireBelowRoot(absolute);
    return absolute.getParent().toString();
  }

  /** The {@linkplain #absolute absolute} form of a path, with links of the local disk followed. */
  public String real(String path) {
    return operations.attempt(
        "read",
        path,
        p -> {
          return operations.systems().of(p) instanceof RawLocalFileSystem local && local.exists(p)
              ? "file:" + local.pathToFile(p).toPath().toRealPath()
              : p.toString();
        });
  }

  private boolean exists(String path) {
    return operations.attempt("read", path, p -> operations.systems().of(p).exists(p));
  }
}
