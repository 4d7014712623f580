package org.qsnn.report;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.Arrays;
import java.util.Locale;
import org.qsnn.DataException;
import org.qsnn.storage.FileEntry;
import org.qsnn.storage.FileStore;
import org.qsnn.storage.NewFolder;

/** Pages as files that say by which program they were made. */
final class ReportFile {
  /** What every page begins with. */
  static final String START = "<!DOCTYPE html>\n<!-- made by qsnn report -->\n";

  private ReportFile() {}

  /**
   * Writes a page to a new file, or in place of one that was written so. Returns where it is.
   *
   * @throws DataException if something else is there, which stays
   */
  static String write(FileStore files, String path, byte[] page) {
    return files.overwrite(path, out -> out.write(page), there -> requireOurs(files, there)).path();
  }

  private static void requireOurs(FileStore files, FileEntry there) {
    if (there.isFolder()) {
      throw refusal(there, "a folder with " + NewFolder.shown(files.names(there.path())));
    }
    byte[] start = START.getBytes(US_ASCII);
    // What is shorter may be a pipe or a device, too, which nobody reads without waiting.
    if (there.bytes() < start.length
        || !Arrays.equals(files.read(there.path(), in -> in.readNBytes(start.length)), start)) {
      throw refusal(there, "another file");
    }
  }

  private static DataException refusal(FileEntry there, String found) {
    return new DataException(
        String.format(
            Locale.ROOT,
            "%s: must be a new file or a page that qsnn report made; found %s; choose another name",
            there.path(),
            found));
  }
}
