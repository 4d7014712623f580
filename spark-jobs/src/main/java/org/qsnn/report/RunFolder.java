package org.qsnn.report;

import java.nio.file.Path;
import java.util.Optional;
import org.qsnn.storage.FileStore;

/** A run's folder on any Hadoop file system: the one way in which its files are written. */
public final class RunFolder implements RunFiles {
  private final FileStore files;
  private final String path;

  public RunFolder(FileStore files, String path) {
    this.files = files;
    this.path = path;
  }

  @Override
  public void write(String name, byte[] bytes) {
    write(name, out -> out.write(bytes));
  }

  void write(String name, FileStore.Content content) {
    files.replace(path(name), content);
  }

  /** Logs to {@link RunDirectory#LOG} until it is closed. */
  public RunLog openLog() {
    files.createFolder(path);
    Optional<Path> local = files.local(path);
    return local.map(RunLog::in).orElseGet(() -> RunLog.uploading(this, RunDirectory.LOG));
  }

  FileStore files() {
    return files;
  }

  /** The folder's own path. */
  public String path() {
    return path;
  }

  String path(String name) {
    return path + "/" + name;
  }
}
