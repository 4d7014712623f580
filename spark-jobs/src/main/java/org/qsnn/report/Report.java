package org.qsnn.report;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.qsnn.DataException;
import org.qsnn.QsnnException;
import org.qsnn.run.RunDirectory;
import org.qsnn.storage.FileEntry;
import org.qsnn.storage.FileStore;
import org.qsnn.storage.NewFolder;
import org.qsnn.storage.StorageException;
import org.qsnn.sweep.StoredSweep;

/**
 * A page about runs or a sweep, and figures: the same bytes whenever nothing of what they show has
 * changed.
 */
public final class Report {
  /** The page's file in the folder of a run or sweep. */
  public static final String FILE = "report.html";

  private final Page page;
  private final Supplier<List<Figures.Figure>> figures;

  private Report(Page page, Supplier<List<Figures.Figure>> figures) {
    this.page = page;
    this.figures = figures;
  }

  /**
   * Of the run or sweep in a folder, whether it is finished or not; of several folders, of the runs
   * in them side by side: what is no run, or damaged, is named and left out. A folder that is
   * neither stands for the runs right in it.
   *
   * @throws DataException if there is nothing to report
   */
  public static Report of(FileStore files, List<String> folders) {
    if (folders.size() > 1) {
      return ofRuns(files, folders);
    }
    String path = files.paths().absolute(folders.get(0));
    if (StoredSweep.MARKS.stream().allMatch(mark -> files.exists(path + "/" + mark))) {
      ReportedSweep sweep = ReportedSweep.of(StoredSweep.open(files, path));
      return new Report(SweepPage.of(sweep), () -> Figures.ofSweep(sweep));
    }
    List<String> inside = runsIn(files, path);
    if (!inside.isEmpty()) {
      return ofRuns(files, inside);
    }
    ReportedRun run = ReportedRun.read(files, path);
    return new Report(RunPage.of(run), () -> Figures.ofRuns(List.of(run)));
  }

  private static List<String> runsIn(FileStore files, String path) {
    if (!files.exists(path)
        || !files.entry(path).isFolder()
        || files.exists(path + "/" + RunDirectory.CONFIGURATION)) {
      return List.of();
    }
    return files.list(path).stream()
        .filter(entry -> entry.isFolder())
        .map(FileEntry::path)
        .filter(folder -> files.exists(folder + "/" + RunDirectory.CONFIGURATION))
        .toList();
  }

  private static Report ofRuns(FileStore files, List<String> folders) {
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
    return new Report(ComparisonPage.of(runs, problems), () -> Figures.ofRuns(runs));
  }

  /**
   * Leaves the page of a run or sweep in its folder, and returns the line that says where. That it
   * cannot be made or written is said by that line, too: what it shows is there all the same.
   */
  public static String leave(FileStore files, String folder) {
    try {
      String path = files.paths().absolute(folder) + "/" + FILE;
      return "page           " + of(files, List.of(folder)).write(files, path);
    } catch (QsnnException e) {
      return "no page        " + e.getMessage();
    }
  }

  /**
   * Writes the page to a new file, or in place of one that was written so. Returns where it is.
   *
   * @throws DataException if something else is there, which stays
   */
  public String write(FileStore files, String path) {
    return ReportFile.write(files, path, page.html().getBytes(UTF_8));
  }

  /**
   * Writes the figures as SVG and PNG, with their numbers as CSV, to a new folder. Returns where it
   * is.
   *
   * @throws DataException if something is there, which stays, or there is nothing to draw yet
   */
  public String writeFigures(FileStore files, String path) {
    List<Figures.Figure> drawn = figures.get();
    if (drawn.isEmpty()) {
      throw new DataException("figures: must have a trial with a result; found none yet");
    }
    try (NewFolder folder = NewFolder.at(files, path)) {
      for (Figures.Figure figure : drawn) {
        write(files, folder, figure.name() + ".svg", figure.svgBytes());
        write(files, folder, figure.name() + ".png", figure.pngBytes());
        write(files, folder, figure.name() + ".csv", figure.csvBytes());
      }
      if (!folder.publish()) {
        throw folder.refusal();
      }
      return folder.target();
    }
  }

  private static void write(FileStore files, NewFolder folder, String name, byte[] bytes) {
    files.commit(folder.path() + "/" + name, out -> out.write(bytes));
  }
}
