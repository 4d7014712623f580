package org.qsnn.report;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;
import org.qsnn.DataException;
import org.qsnn.QsnnException;
import org.qsnn.storage.FileStore;
import org.qsnn.storage.StorageException;
import org.qsnn.sweep.StoredSweep;

/** Makes pages: the same bytes whenever nothing of what they show has changed. */
public final class Reports {
  private Reports() {}

  /**
   * The page of the run or sweep in a folder, whether it is finished or not.
   *
   * @throws DataException if there is neither
   */
  public static byte[] of(FileStore files, String folder) {
    String path = files.paths().absolute(folder);
    boolean isSweep = StoredSweep.MARKS.stream().allMatch(mark -> files.exists(path + "/" + mark));
    Page page =
        isSweep
            ? SweepPage.of(ReportedSweep.of(StoredSweep.open(files, path)))
            : RunPage.of(ReportedRun.read(files, path));
    return page.html().getBytes(UTF_8);
  }

  /**
   * Leaves the page of a run or sweep in its folder, and returns the line that says where. That it
   * cannot be made or written is said by that line, too: what it shows is there all the same.
   */
  public static String leave(FileStore files, String folder) {
    try {
      String path = files.paths().absolute(folder) + "/" + ReportFile.NAME;
      return "page           " + ReportFile.write(files, path, of(files, folder));
    } catch (QsnnException e) {
      return "no page        " + e.getMessage();
    }
  }

  /**
   * Runs side by side; what is no run, or damaged, is named and left out.
   *
   * @throws DataException if none is left
   */
  public static byte[] of(FileStore files, List<String> folders) {
    List<ReportedRun> runs = new ArrayList<>();
    List<String> problems = new ArrayList<>();
    for (String folder : folders) {
      try {
        runs.add(ReportedRun.read(files, folder));
      } catch (StorageException e) {
        throw e; // it may be intact
      } catch (DataException e) {
        problems.add(e.getMessage());
      }
    }
    if (runs.isEmpty()) {
      throw new DataException(String.join("; ", problems));
    }
    return ComparisonPage.of(runs, problems).html().getBytes(UTF_8);
  }
}
