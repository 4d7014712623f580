package org.qsnn.dataset;

import java.util.List;
import java.util.Locale;
import org.qsnn.ControlCharacters;

/**
 * A note on files in a data set's folder that are no part of it: how many, and the first by name.
 */
final class SkippedFiles {
  private static final int NAMED = 10;

  private SkippedFiles() {}

  /** Such as {@code 2 files or folders skipped: a.txt, b}; empty if there is nothing. */
  static String note(List<String> names) {
    if (names.isEmpty()) {
      return "";
    }
    return String.format(
        Locale.ROOT,
        "%d %s skipped: %s%s",
        names.size(),
        names.size() == 1 ? "file or folder" : "files or folders",
        ControlCharacters.shownOnOneLine(
            String.join(", ", names.subList(0, Math.min(NAMED, names.size())))),
        names.size() > NAMED ? " and others" : "");
  }
}
