package org.qsnn.storage;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * Hidden names for what is being written; Spark's readers leave them out as well. What was made
 * under one is deleted by whoever made the name, with all that is in it; nothing else ever is.
 */
final class Temporaries {
  private static final String FORM = "\\.(%s)\\.[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\\.tmp";

  private static final Pattern NAME = Pattern.compile(String.format(Locale.ROOT, FORM, ".+"));

  private static final Pattern IN_A_PATH =
      Pattern.compile("(?<=/)" + String.format(Locale.ROOT, FORM, "[^/]+") + "(?=/|$)");

  private final Set<Path> made = ConcurrentHashMap.newKeySet();

  static boolean isName(String name) {
    return NAME.matcher(name).matches();
  }

  /**
   * The path that something below a temporary will have in the end: what its maker has asked for.
   */
  static String finalPath(String path) {
    return IN_A_PATH.matcher(path).replaceAll("$1");
  }

  /**
   * A new name beside an absolute path, which is to get that path's name by a rename.
   *
   * @throws org.qsnn.ConfigurationException if it is the root, or a rename is no single step there
   */
  Path beside(Path path) {
    PathText.requireBelowRoot(path);
    ObjectStores.refuse(path);
    String name = "." + path.getName() + "." + UUID.randomUUID() + ".tmp";
    // Which may have a colon, and has no scheme all the same.
    Path temporary = new Path(path.getParent(), new Path(null, null, name));
    made.add(temporary);
    return temporary;
  }

  /** What was made under the name has another by now: it is no temporary any more. */
  void forget(Path temporary) {
    made.remove(temporary);
  }

  /** Deletes what was made under a name of ours, a file or a folder; it is fine if nothing was. */
  void discard(FileSystem system, Path temporary) throws IOException {
    if (!made.contains(temporary)) {
      throw new IllegalArgumentException(temporary + " is not a temporary that was made here");
    }
    Deletion.ofTemporary(system, temporary);
    made.remove(temporary);
  }

  /**
   * Deletes the files that crashed writers left in a folder in which nobody but leases' holders
   * write, if they were written at {@code latest} or before, or were to get such a name. Returns
   * their paths.
   */
  static List<String> deleteLeftovers(
      FileSystem system, Path folder, long latest, Predicate<String> names) throws IOException {
    List<String> deleted = new ArrayList<>();
    for (FileStatus status : statuses(system, folder)) {
      Matcher name = NAME.matcher(status.getPath().getName());
      boolean isLeftover = status.isFile() && name.matches();
      if (isLeftover && (status.getModificationTime() <= latest || names.test(name.group(1)))) {
        Deletion.ofFile(system, status);
        deleted.add(status.getPath().toString());
      }
    }
    return deleted;
  }

  private static FileStatus[] statuses(FileSystem system, Path folder) throws IOException {
    try {
      return system.listStatus(folder);
    } catch (FileNotFoundException e) {
      return new FileStatus[0];
    }
  }
}
