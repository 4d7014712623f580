package org.qsnn.dataset;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.qsnn.storage.FileEntry;

/**
 * Class folders with recordings in archives, as {@link ClassFolders} are on a file system.
 *
 * @param classes by the name of the folder that the class's folder lies in, or of its archive, in
 *     lower case: the recordings of each class by number
 * @param passedOver what else is in the archives; for a note
 */
record ZippedFolders(
    SortedMap<String, SortedMap<String, List<FileEntry>>> classes, List<String> passedOver) {
  private static final Pattern RECORDING =
      Pattern.compile(".+[.](bin|bs2)", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

  /** Outlines of objects, which are .bin files as well; and what a Mac's own program adds. */
  private static final Pattern NO_CLASS =
      Pattern.compile(".*annotation.*|__MACOSX|[.].*", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

  static ZippedFolders in(List<ZipArchive> archives) {
    ZippedFolders found = new ZippedFolders(new TreeMap<>(), new ArrayList<>());
    for (ZipArchive archive : archives) {
      archive.entries().forEach(file -> found.add(archive, file));
    }
    found
        .classes
        .values()
        .forEach(folder -> folder.values().forEach(files -> files.sort(ClassFolders.BY_NUMBER)));
    return found;
  }

  private void add(ZipArchive archive, FileEntry file) {
    String name = archive.archive().name();
    String stem = name.contains(".") ? name.substring(0, name.lastIndexOf('.')) : name;
    String[] path = (stem + "/" + archive.inside(file)).split("/+");
    boolean isRecording =
        path.length > 2
            && RECORDING.matcher(file.name()).matches()
            && Arrays.stream(path).skip(1).noneMatch(part -> NO_CLASS.matcher(part).matches());
    if (!isRecording) {
      passedOver.add(file.path());
      return;
    }
    classes
        .computeIfAbsent(path[path.length - 3].toLowerCase(Locale.ROOT), key -> new TreeMap<>())
        .computeIfAbsent(path[path.length - 2], key -> new ArrayList<>())
        .add(file);
  }
}
