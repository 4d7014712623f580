package org.qsnn.storage;

import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.qsnn.DataException;

/**
 * The files of one folder's leases. Their numbers only grow, and each is given out once: the file
 * with the largest is the lease that counts.
 */
final class LeaseFiles {
  private static final Pattern NAME = Pattern.compile("(\\d{6,9})(-released)?\\.json");
  private static final int LIMIT = 1 << 16;
  private static final long PROBE_AGE_MILLIS = 3_600_000;

  private final FileStore files;
  private final String folder;

  LeaseFiles(FileStore files, String leased) {
    this.files = files;
    this.folder = leased + "/" + Lease.FOLDER;
  }

  /**
   * A lease as its file shows it.
   *
   * @param beat when the file was last written, by the clock of the file system
   */
  record Entry(int number, boolean isReleased, String path, long beat) {}

  /** The lease that counts; empty if there never was one. */
  Optional<Entry> newest() {
    return entries().max(Comparator.comparing(Entry::number).thenComparing(Entry::isReleased));
  }

  /** Who holds a lease; empty if its file says nothing yet, or is gone by now. */
  Optional<LeaseHolder> holder(Entry lease) {
    try {
      return LeaseHolder.of(files.readBytes(lease.path(), LIMIT));
    } catch (DataException e) {
      if (files.exists(lease.path())) {
        throw e;
      }
      return Optional.empty();
    }
  }

  /** Creates the file of a number; false if somebody was faster. */
  boolean create(int number, LeaseHolder holder) {
    return files.createNew(path(number), out -> out.write(holder.bytes()));
  }

  String path(int number) {
    return folder + "/" + String.format(Locale.ROOT, "%06d.json", number);
  }

  /** Marks a lease as ended by its holder. */
  void release(int number) {
    String path = path(number);
    files.publish(path, path.replace(".json", "-released.json"));
  }

  /** Deletes what came before a lease. */
  void deleteBefore(int number) {
    entries().filter(entry -> entry.number() < number).forEach(old -> files.delete(old.path()));
    files.deleteLeftovers(folder, PROBE_AGE_MILLIS);
  }

  /** The time now by the clock that dates the leases' files: that of the file system. */
  long now() {
    String probe = files.temporary(path(0));
    files.createNew(probe, out -> out.write(0));
    long now = files.entry(probe).modified();
    files.discard(probe);
    return now;
  }

  private Stream<Entry> entries() {
    return files.exists(folder)
        ? files.list(folder).stream().flatMap(entry -> entry(entry).stream())
        : Stream.empty();
  }

  private static Optional<Entry> entry(FileEntry file) {
    Matcher name = NAME.matcher(file.name());
    return name.matches()
        ? Optional.of(
            new Entry(
                Integer.parseInt(name.group(1)),
                name.group(2) != null,
                file.path(),
                file.modified()))
        : Optional.empty();
  }
}
