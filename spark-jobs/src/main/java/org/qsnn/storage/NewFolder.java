package org.qsnn.storage;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.qsnn.DataException;

/**
 * A folder that is filled under a hidden name beside its own, and gets its own in one step when it
 * is complete. What is under that name already stays, unless it is an empty folder.
 */
public final class NewFolder implements AutoCloseable {
  private static final Logger LOG = LogManager.getLogger();
  private static final long ABANDONED_MILLIS = Duration.ofDays(1).toMillis();
  private static final int SHOWN = 5;

  private final FileStore files;
  private final String target;
  private final String temporary;
  private boolean isPublished;

  private NewFolder(FileStore files, String target) {
    this.files = files;
    this.target = target;
    this.temporary = files.temporary(target);
  }

  /**
   * Nothing is made yet.
   *
   * @throws DataException if there is anything but an empty folder: names what is in it
   */
  public static NewFolder at(FileStore files, String target) {
    NewFolder folder = instead(files, target);
    if (files.exists(folder.target) && !folder.isEmpty()) {
      throw folder.refusal();
    }
    return folder;
  }

  /** The same where the name may be taken; then {@link #publish} says so in the end. */
  public static NewFolder instead(FileStore files, String target) {
    files.paths().requireWritable(target);
    NewFolder folder = new NewFolder(files, files.paths().real(target));
    folder.tellLeftovers();
    return folder;
  }

  /** They are not deleted: who made them is not known, nor whether they are still being filled. */
  private void tellLeftovers() {
    String parent = files.paths().parent(target);
    if (!files.exists(parent)) {
      return;
    }
    String start = "." + files.paths().name(target) + ".";
    long latest = System.currentTimeMillis() - ABANDONED_MILLIS;
    for (String name : files.names(parent)) {
      if (name.startsWith(start) && Temporaries.isName(name)) {
        FileEntry left = files.entry(parent + "/" + name);
        if (left.modified() <= latest) {
          LOG.warn("{}: left by a writer that was killed; it may be deleted", left.path());
        }
      }
    }
  }

  private boolean isEmpty() {
    return files.entry(target).isFolder() && files.names(target).isEmpty();
  }

  /** Says what is under the name. */
  public DataException refusal() {
    String found =
        files.entry(target).isFolder() ? "one with " + shown(files.names(target)) : "a file";
    return new DataException(
        String.format(
            Locale.ROOT,
            "%s: must be a new or empty folder; found %s; choose another folder",
            target,
            found));
  }

  /** The first names, and how many more there are. */
  public static String shown(List<String> names) {
    if (names.isEmpty()) {
      return "nothing in it";
    }
    String first = names.stream().limit(SHOWN).collect(Collectors.joining(", "));
    int more = names.size() - SHOWN;
    return more > 0 ? String.format(Locale.ROOT, "%s and %d more", first, more) : first;
  }

  /** Absolute, with links followed. */
  public String target() {
    return target;
  }

  /** Where it is to be filled. */
  public String path() {
    return temporary;
  }

  /** Gives it its name; false if something has that name by now, which stays. */
  public boolean publish() {
    isPublished = files.publish(temporary, target);
    return isPublished;
  }

  /** Deletes what was written, if it has not got its name. */
  @Override
  public void close() {
    if (!isPublished) {
      files.discard(temporary);
    }
  }
}
