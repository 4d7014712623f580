package org.qsnn.dataset;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.qsnn.storage.FileEntry;
import org.qsnn.storage.FileStore;

/**
 * A folder with recordings or pictures of classes: a folder for each class with its files, or, of
 * recordings, a file that bears the class's name.
 *
 * @param classes the files of each class that has any
 * @param passedOver what else lies there, and why it is none; for a note
 */
record ClassFolders(SortedMap<String, List<FileEntry>> classes, List<String> passedOver) {
  /** A packed recording is not skipped: reading it says what to do. */
  private static final String PACKED = "([.](gz|zip|zst|xz|bz2))?";

  /** Numbers of different length count up as they should. */
  static final Comparator<FileEntry> BY_NUMBER =
      Comparator.comparing((FileEntry file) -> file.name().length()).thenComparing(FileEntry::name);

  /**
   * Folders of recordings.
   *
   * @param ending of a recording's name in either case, a regular expression
   */
  static ClassFolders in(FileStore files, String folder, String ending) {
    return new Search(files::list, "recordings", ending + PACKED, true).in(folder);
  }

  /** Folders of PNG and JPEG files. */
  static ClassFolders ofPictures(FileTree files, String folder) {
    return new Search(files::list, "pictures", "[.](png|jpe?g)", false).in(folder);
  }

  private void add(String name, FileEntry file) {
    classes.computeIfAbsent(name, key -> new ArrayList<>()).add(file);
  }

  /**
   * What is looked for.
   *
   * @param what in the plural, for notes
   * @param isClass whether a file beside the folders may be a class
   */
  private record Search(
      Function<String, List<FileEntry>> list, String what, Pattern file, boolean isClass) {
    Search(Function<String, List<FileEntry>> list, String what, String ending, boolean isClass) {
      this(
          list,
          what,
          Pattern.compile("(.+)" + ending, Pattern.CASE_INSENSITIVE | Pattern.DOTALL),
          isClass);
    }

    ClassFolders in(String folder) {
      ClassFolders found = new ClassFolders(new TreeMap<>(), new ArrayList<>());
      for (FileEntry entry : list.apply(folder)) {
        Matcher name = file.matcher(entry.name());
        if (entry.isFolder() && !FileTree.isHidden(entry.name())) {
          addClass(found, entry);
        } else if (isClass && !entry.isFolder() && name.matches()) {
          found.add(name.group(1), entry);
        } else {
          found.passedOver.add(entry.path());
        }
      }
      return found;
    }

    private void addClass(ClassFolders found, FileEntry folder) {
      for (FileEntry child : list.apply(folder.path()).stream().sorted(BY_NUMBER).toList()) {
        if (child.isFolder()) {
          found.passedOver.add(
              String.format(
                  Locale.ROOT,
                  "%s (a folder with %d files and folders, below a class's folder)",
                  child.path(),
                  list.apply(child.path()).size()));
        } else if (!FileTree.isHidden(child.name()) && file.matcher(child.name()).matches()) {
          found.add(folder.name(), child);
        } else {
          found.passedOver.add(child.path());
        }
      }
      if (!found.classes.containsKey(folder.name())) {
        found.passedOver.add(folder.path() + " (a folder without " + what + ")");
      }
    }
  }
}
