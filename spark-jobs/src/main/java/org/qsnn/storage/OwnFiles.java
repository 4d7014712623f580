package org.qsnn.storage;

import java.util.List;
import java.util.function.Predicate;
import org.apache.hadoop.fs.FileSystem;

/**
 * Files that may be replaced and deleted, because the folder that they lie in is this process's
 * alone: it holds the lease, or is about to.
 */
final class OwnFiles {
  private final PathOperations operations;

  OwnFiles(PathOperations operations) {
    this.operations = operations;
  }

  /**
   * Writes a file as {@link FileStore#commit} does; one that is there already stays until the new
   * one takes its place in one step. {@link Lease#replace} offers it to other packages.
   *
   * @param permission runs when all is written, just before the rename, and may refuse it
   */
  WrittenFile replace(String path, FileStore.Content content, Runnable permission) {
    return operations.once(
        "write",
        path,
        p ->
            new AtomicWrite(operations.systems(), p, operations.patience())
                .replace(content, permission));
  }

  /**
   * Creates a file if there is none of that name, in one step that only one of several succeeds in;
   * false if the name is taken. On a local file system without hard links a reader may see less of
   * it for a moment.
   */
  boolean createNew(String path, FileStore.Content content) {
    return operations.attempt("write", path, p -> operations.systems().createNew(p, content));
  }

  /** Deletes one file; it is fine if there is none. A folder stays. */
  void delete(String path) {
    operations.attempt(
        "delete",
        path,
        p -> {
          FileSystem system = operations.systems().of(p);
          if (system.exists(p)) {
            Deletion.ofFile(system, system.getFileStatus(p));
          }
          return p;
        });
  }

  /**
   * Deletes what crashed writers left in a folder of leases' holders: temporary files that nobody
   * has touched for {@code millis}, and those of files with such names. Returns their paths.
   */
  List<String> deleteLeftovers(String folder, long millis, Predicate<String> names) {
    return deleteLeftoversUntil(folder, System.currentTimeMillis() - millis, names);
  }

  /** Deletes all temporary files of a folder in which nobody else may write. */
  void deleteLeftovers(String folder) {
    deleteLeftoversUntil(folder, Long.MAX_VALUE, name -> true);
  }

  private List<String> deleteLeftoversUntil(String folder, long latest, Predicate<String> names) {
    return operations.attempt(
        "clean",
        folder,
        p -> Temporaries.deleteLeftovers(operations.systems().of(p), p, latest, names));
  }
}
