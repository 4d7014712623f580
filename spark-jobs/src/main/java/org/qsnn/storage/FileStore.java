package org.qsnn.storage;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.qsnn.DataException;

/**
 * Files of any Hadoop file system. What is visible is complete: files and folders appear under
 * their name by one rename. Names that start with a dot are temporaries (or somebody's checksum
 * files); listings leave them out.
 *
 * <p>Every failure is a {@link DataException} that names the path: it does not exist, no
 * permission, the disk is full, or what the file system says.
 */
public final class FileStore {
  private final FileSystems systems;
  private final Patience patience;
  private final PathOperations operations;

  private FileStore(FileSystems systems, Patience patience) {
    this.systems = systems;
    this.patience = patience;
    this.operations = new PathOperations(systems, patience);
  }

  /**
   * The file systems that a Hadoop configuration describes; Spark's has the cluster's default. One
   * that cannot be reached is a failure at once.
   */
  public static FileStore of(Configuration configuration) {
    return new FileStore(new FileSystems(configuration), Patience.NONE);
  }

  /**
   * The same files, waited for where they cannot be reached: a restart of HDFS's NameNode does not
   * end what uses them.
   *
   * @param limit for each wait
   * @param isOver asked while it waits; true ends the waiting
   */
  public FileStore patient(Duration limit, BooleanSupplier isOver) {
    return patient(new Patience(limit, isOver, Sleeper::sleep, System::nanoTime));
  }

  /** The same files, of which one that cannot be reached is a failure at once. */
  public FileStore impatient() {
    return patient(Patience.NONE);
  }

  FileStore patient(Patience patience) {
    return new FileStore(systems, patience);
  }

  /**
   * Does what reads or writes these files by other means, such as Spark's own, and does it again
   * after it failed because they could not be reached.
   *
   * @param what it is, for messages
   */
  public <T> T patiently(String what, Supplier<T> work) {
    return patience.persist(what, work);
  }

  /** What texts mean that name these files. */
  public FilePaths paths() {
    return new FilePaths(operations);
  }

  /** What the holder of a lease, and nobody else, may do with them. */
  OwnFiles own() {
    return new OwnFiles(operations);
  }

  /** Writes the bytes of one file. */
  @FunctionalInterface
  public interface Content {
    void writeTo(OutputStream out) throws IOException;
  }

  /** Makes a value of one file's bytes. */
  @FunctionalInterface
  public interface Decoder<T> {
    T decode(InputStream in) throws IOException;
  }

  /**
   * Opens a file, hands its stream to {@code decoder}, closes it. A pipe or a device is refused: it
   * may never end, or never begin.
   */
  public <T> T read(String path, Decoder<T> decoder) {
    return operations.once(
        "read",
        path,
        p -> {
          systems.requireFileOrFolder(p);
          try (InputStream in = new RetryingInputStream(systems.of(p), p, patience)) {
            return decoder.decode(in);
          }
        });
  }

  /** A whole file, which may have {@code limit} bytes at most. */
  public byte[] readBytes(String path, int limit) {
    return read(
        path,
        in -> {
          byte[] bytes = in.readNBytes(limit);
          if (in.read() >= 0) {
            throw new DataException(path + ": expected at most " + limit + " bytes, found more");
          }
          return bytes;
        });
  }

  /**
   * Said before what shall be written is computed.
   *
   * @throws DataException if there is something already
   */
  public void requireNew(String path) {
    if (exists(path)) {
      throw new DataException(
          path + ": must be a new file; found one with that name; choose another name");
    }
  }

  public boolean exists(String path) {
    return operations.attempt("read", path, p -> systems.of(p).exists(p));
  }

  /** Whether there is a folder; also false if nothing is there. */
  public boolean isFolder(String path) {
    return operations.attempt(
        "read",
        path,
        p -> {
          try {
            return systems.of(p).getFileStatus(p).isDirectory();
          } catch (FileNotFoundException e) {
            return false;
          }
        });
  }

  /** What is at {@code path}; an error if nothing is, or a pipe or device. */
  public FileEntry entry(String path) {
    return operations.attempt(
        "read",
        path,
        p -> {
          systems.requireFileOrFolder(p);
          return Listing.entry(systems.of(p).getFileStatus(p));
        });
  }

  /** The files and folders in a folder by name, without those that start with a dot. */
  public List<FileEntry> list(String folder) {
    return operations.attempt(
        "list",
        folder,
        p ->
            Listing.of(systems.of(p), p).stream()
                .filter(entry -> !entry.name().startsWith("."))
                .toList());
  }

  /** The same with those that start with a dot. */
  public List<FileEntry> listAll(String folder) {
    return operations.attempt("list", folder, p -> Listing.of(systems.of(p), p));
  }

  /** Names of everything in a folder, sorted, those that start with a dot as well. */
  public List<String> names(String folder) {
    return operations.attempt(
        "list", folder, p -> Listing.of(systems.of(p), p).stream().map(FileEntry::name).toList());
  }

  /** Whether a name, the last part of a path, is one that {@link #temporary} may have made. */
  public static boolean isTemporary(String name) {
    return Temporaries.isName(name);
  }

  /** Makes a folder and those above it; one that is there already is fine. */
  public void createFolder(String folder) {
    operations.attempt(
        "create",
        folder,
        p -> {
          if (!systems.of(p).mkdirs(p)) {
            throw new IOException("the file system refused to make the folder; is it writable?");
          }
          return p;
        });
  }

  /**
   * Writes a file so that it is whole or not there: to a temporary name in the same folder, made
   * durable, closed, its length verified, then renamed. Makes the folder if need be.
   *
   * @throws DataException also if {@code path} exists: names are never reused
   */
  public WrittenFile commit(String path, Content content) {
    return operations.once(
        "write", path, p -> new AtomicWrite(systems, p, patience).write(content));
  }

  /**
   * Writes a file as {@link #commit} does; one that is there already stays until the new one takes
   * its place in one step, if that is permitted.
   *
   * @param permission looks at the file or folder that is there, before all is written and again
   *     just before the rename, and may refuse
   */
  public WrittenFile overwrite(String path, Content content, Consumer<FileEntry> permission) {
    String real = paths().real(path);
    if (!exists(real)) {
      return commit(real, content);
    }
    Runnable look = () -> permission.accept(entry(real));
    look.run();
    return own().replace(real, content, look);
  }

  /**
   * Gives what was made under a {@linkplain #temporary temporary name}, or a file, another name.
   * False if something has it already: then nothing was changed. An empty folder counts as nothing.
   */
  boolean publish(String temporary, String target) {
    return operations.once(
        "write",
        target,
        p -> {
          Path from = systems.path(temporary);
          boolean isRenamed =
              patience.persist(
                  "write", target, new Renaming(systems, from, p, systems::renameFolder));
          if (isRenamed) {
            systems.temporaries().forget(from);
          }
          return isRenamed;
        });
  }

  /**
   * Gives a file or folder of ours that is damaged another name, which nothing has yet, so that a
   * whole one can take its place. Returns that name.
   */
  public String setAside(String path) {
    String absolute = paths().absolute(path);
    return operations.attempt(
        "rename",
        absolute,
        p -> {
          for (int number = 1; ; number++) {
            String aside = absolute + ".damaged-" + number;
            if (systems.rename(p, systems.path(aside))) {
              return aside;
            }
          }
        });
  }

  /**
   * A new hidden name beside {@code path}, for what is not complete yet; {@link #discard} deletes
   * what was made under it.
   */
  public String temporary(String path) {
    return systems.temporaries().beside(new Path(paths().absolute(path))).toString();
  }

  /**
   * Deletes what was made under a name that {@link #temporary} of this store has given, a file or a
   * folder with all that is in it; it is fine if nothing was.
   */
  public void discard(String temporary) {
    operations.attempt(
        "delete",
        temporary,
        p -> {
          systems.temporaries().discard(systems.of(p), p);
          return p;
        });
  }
}
