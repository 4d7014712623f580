package org.qsnn.job;

import java.net.URI;
import java.nio.file.Path;
import org.qsnn.report.RunDirectory;
import org.qsnn.report.RunLog;
import org.qsnn.storage.FileStore;

/** The run log, wherever the run's folder lies. */
final class RunLogs implements AutoCloseable {
  private final RunLog log;

  private RunLogs(RunLog log) {
    this.log = log;
  }

  static RunLogs attach(FileStore files, String folder) {
    URI uri = URI.create(files.absolute(folder));
    if ("file".equals(uri.getScheme())) {
      return new RunLogs(RunLog.in(Path.of(uri.getPath())));
    }
    return new RunLogs(
        RunLog.uploading(
            (name, bytes) -> {
              String path = folder + "/" + name;
              if (files.exists(path)) {
                files.delete(path);
              }
              files.commit(path, out -> out.write(bytes));
            },
            RunDirectory.LOG));
  }

  @Override
  public void close() {
    log.close();
  }
}
