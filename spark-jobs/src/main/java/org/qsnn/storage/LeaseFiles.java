package org.qsnn.storage;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
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
  private static final long LEFTOVER_AGE_MILLIS = 3_600_000;

  private final FileStore files;
  private final String folder;

  LeaseFiles(FileStore files, String leased) {
    this.files = files;
    this.folder = leased + "/" + Lease.FOLDER;
  }

  /**
   * A lease as its folder shows it.
   *
   * @param file its date is by some clock: good for nothing but to see that it changed
   */
  record Entry(int number, boolean isReleased, FileEntry file) {}

  /**
   * A lease as it was at one moment: any difference to another moment is a sign of life.
   *
   * @param content of its file, a character a byte
   */
  record Sighting(Entry entry, String content) {
    /** Empty if the file does not say; whoever wrote it is a holder all the same. */
    Optional<LeaseHolder> holder() {
      return LeaseHolder.of(content.getBytes(ISO_8859_1));
    }

    String name() {
      return holder().map(LeaseHolder::toString).orElse("its lease does not name it");
    }
  }

  /** The lease that counts; empty if there never was one. */
  Optional<Entry> newest() {
    return entries().max(Comparator.comparing(Entry::number).thenComparing(Entry::isReleased));
  }

  /** Looks at the lease that counts. */
  Optional<Sighting> look() {
    return newest().map(entry -> new Sighting(entry, content(entry)));
  }

  /** Empty of a file that is gone by now or cannot be read: its date still shows heartbeats. */
  private String content(Entry lease) {
    try {
      return contentOrNothing(lease);
    } catch (StorageException e) {
      if (e.isAway()) {
        throw e;
      }
      return "";
    }
  }

  /** Empty of a file that is gone by now. */
  private String contentOrNothing(Entry lease) {
    try {
      byte[] start = files.read(lease.file().path(), in -> in.readNBytes(LIMIT));
      return new String(start, ISO_8859_1);
    } catch (StorageException e) {
      throw e;
    } catch (DataException e) {
      return "";
    }
  }

  /**
   * Whether a lease counts and is a holder's.
   *
   * @throws StorageException if that cannot be found out
   */
  boolean isHeld(int number, LeaseHolder holder) {
    return newest()
        .filter(entry -> entry.number() == number)
        .map(entry -> new Sighting(entry, contentOrNothing(entry)))
        .flatMap(Sighting::holder)
        .filter(found -> found.token().equals(holder.token()))
        .isPresent();
  }

  /** Creates the file of a number; false if another process was faster. */
  boolean create(int number, LeaseHolder holder) {
    try {
      files.own().createNew(path(number), out -> out.write(holder.bytes()));
    } catch (DataException e) {
      // A later holder has cleared it away.
      if (newest().filter(entry -> entry.number() > number).isEmpty()) {
        throw e;
      }
    }
    // An answer that was lost says less than the file.
    return isHeld(number, holder);
  }

  String path(int number) {
    return path(number, "");
  }

  private String path(int number, String state) {
    return folder + "/" + String.format(Locale.ROOT, "%06d%s.json", number, state);
  }

  /** Marks a lease as ended by its holder. */
  void release(int number) {
    files.publish(path(number), path(number, "-released"));
  }

  /**
   * Deletes what came before a lease. Of what is being written for its own number or a later one
   * only what is old: another process may just find out that it came too late.
   */
  void deleteBefore(int number) {
    entries()
        .filter(entry -> entry.number() < number && !entry.file().isFolder())
        .forEach(old -> files.own().delete(old.file().path()));
    files
        .own()
        .deleteLeftovers(
            folder,
            LEFTOVER_AGE_MILLIS,
            name -> number(name).stream().anyMatch(old -> old < number));
  }

  private Stream<Entry> entries() {
    return files.exists(folder)
        ? files.list(folder).stream().flatMap(entry -> entry(entry).stream())
        : Stream.empty();
  }

  private static Optional<Entry> entry(FileEntry file) {
    Matcher name = NAME.matcher(file.name());
    return name.matches()
        ? Optional.of(new Entry(Integer.parseInt(name.group(1)), name.group(2) != null, file))
        : Optional.empty();
  }

  private static OptionalInt number(String name) {
    Matcher matcher = NAME.matcher(name);
    return matcher.matches()
        ? OptionalInt.of(Integer.parseInt(matcher.group(1)))
        : OptionalInt.empty();
  }
}
