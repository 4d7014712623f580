package org.qsnn.source;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.qsnn.storage.FileEntry;
import org.qsnn.storage.FileStore;

/**
 * A folder with recordings of classes: a folder for each class with its files, or a file that bears
 * the class's name.
 */
final class ClassFolders {
  /** Numbers of different length count up as they should. */
  private static final Comparator<FileEntry> BY_NUMBER =
      Comparator.comparing((FileEntry file) -> file.name().length()).thenComparing(FileEntry::name);

  private ClassFolders() {}

  /**
   * The recordings of each class that has any.
   *
   * @param ending of a recording's name, a regular expression; other files do not matter
   */
  static SortedMap<String, List<FileEntry>> in(FileStore files, String folder, String ending) {
    Pattern recording = Pattern.compile("(.+)" + ending);
    SortedMap<String, List<FileEntry>> classes = new TreeMap<>();
    for (FileEntry entry : files.list(folder)) {
      Matcher file = recording.matcher(entry.name());
      if (entry.isFolder()) {
        files.list(entry.path()).stream()
            .filter(child -> !child.isFolder() && recording.matcher(child.name()).matches())
            .sorted(BY_NUMBER)
            .forEach(child -> add(classes, entry.name(), child));
      } else if (file.matches()) {
        add(classes, file.group(1), entry);
      }
    }
    return classes;
  }

  private static void add(
      SortedMap<String, List<FileEntry>> classes, String name, FileEntry recording) {
    classes.computeIfAbsent(name, key -> new ArrayList<>()).add(recording);
  }
}
