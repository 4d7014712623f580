package org.qsnn.run;

import java.nio.file.Path;
import java.util.Optional;
import org.qsnn.storage.FileStore;
import org.qsnn.storage.Lease;

/** A run's folder on any Hadoop file system, as the one driver that may write there sees it. */
public final class RunFolder implements RunFiles {
  private final FileStore files;
  private final String path;
  private final Lease lease;

  /**
   * @param lease of the folder at {@code path}
   */
  public RunFolder(FileStore files, String path, Lease lease) {
    this.files = files;
    this.path = path;
    this.lease = lease;
  }

  @Override
  public void write(String name, byte[] bytes) {
    lease.replace(path(name), out -> out.write(bytes));
  }

  /** Logs to {@link RunDirectory#LOG} until it is closed. */
  public RunLog openLog() {
    Optional<Path> local = files.paths().local(path);
    return local.map(RunLog::in).orElseGet(() -> RunLog.uploading(this, RunDirectory.LOG));
  }

  FileStore files() {
    return files;
  }

  /** The right to write in it. */
  public Lease lease() {
    return lease;
  }

  /** The folder's own path. */
  public String path() {
    return path;
  }

  String path(String name) {
    return path + "/" + name;
  }
}
