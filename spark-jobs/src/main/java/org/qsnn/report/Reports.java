package org.qsnn.report;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.qsnn.storage.FileStore;

/** Makes pages. */
public final class Reports {
  private Reports() {}

  /**
   * The page of the run in a folder, whether it is finished or not: the same bytes whenever nothing
   * of the run has changed.
   *
   * @throws org.qsnn.DataException if there is no run
   */
  public static byte[] ofRun(FileStore files, String folder) {
    return RunPage.of(ReportedRun.read(files, folder)).html().getBytes(UTF_8);
  }
}
