package org.qsnn.dataset;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.qsnn.storage.FileEntry;
import org.qsnn.storage.FileStore;

/**
 * A folder with recordings of classes: a folder for each class with its files, or a file that bears
 * the class's name.
 *
 * @param classes the recordings of each class that has any
 * @param passedOver what else lies there, and why it is none; for a note
 */
record ClassFolders(SortedMap<String, List<FileEntry>> classes, List<String> passedOver) {
  /** A packed recording is not skipped: reading it says what to do. */
  private static final String PACKED = "([.](gz|zip|zst|xz|bz2))?";

  /** Numbers of different length count up as they should. */
  static final Comparator<FileEntry> BY_NUMBER =
      Comparator.comparing((FileEntry file) -> file.name().length()).thenComparing(FileEntry::name);

  /**
   * @param ending of a recording's name in either case, a regular expression
   */
  static ClassFolders in(FileStore files, String folder, String ending) {
    Pattern recording =
        Pattern.compile("(.+)" + ending + PACKED, Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
    ClassFolders found = new ClassFolders(new TreeMap<>(), new ArrayList<>());
    for (FileEntry entry : files.list(folder)) {
      Matcher file = recording.matcher(entry.name());
      if (entry.isFolder()) {
        found.addClass(files, entry, recording);
      } else if (file.matches()) {
        found.add(file.group(1), entry);
      } else {
        found.passedOver.add(entry.path());
      }
    }
    return found;
  }

  private void addClass(FileStore files, FileEntry folder, Pattern recording) {
    for (FileEntry child : files.list(folder.path()).stream().sorted(BY_NUMBER).toList()) {
      if (child.isFolder()) {
        passedOver.add(
            String.format(
                Locale.ROOT,
                "%s (a folder with %d files and folders, below a class's folder)",
                child.path(),
                files.list(child.path()).size()));
      } else if (recording.matcher(child.name()).matches()) {
        add(folder.name(), child);
      } else {
        passedOver.add(child.path());
      }
    }
    if (!classes.containsKey(folder.name())) {
      passedOver.add(folder.path() + " (a folder without recordings)");
    }
  }

  private void add(String name, FileEntry recording) {
    classes.computeIfAbsent(name, key -> new ArrayList<>()).add(recording);
  }
}
