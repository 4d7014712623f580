package org.qsnn.storage;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.qsnn.DataException;

/**
 * The newest file of a folder that can be read.
 *
 * @param path where it lies
 * @param value what was read
 * @param skipped newer files that could not be read, newest first; their owner should be told
 */
public record NewestIntact<T>(String path, T value, List<Skipped> skipped) {

  private static final Pattern NUMBER = Pattern.compile("\\d+");

  /** Makes a value of one file's bytes. */
  @FunctionalInterface
  public interface Reader<T> {
    T read(InputStream in, FileEntry entry) throws IOException;
  }

  /** A file that was skipped, and why. */
  public record Skipped(String path, String reason) {}

  /**
   * Tries the files whose name passes {@code candidate}, newest first, until {@code reader} accepts
   * one; it rejects a damaged file by a {@link DataException} or an I/O error. Newest is the last
   * by name, numbers in names compared as numbers: clocks do not matter. Empty if there is no
   * candidate or no folder.
   *
   * @throws DataException if there are candidates and none is intact; names each
   */
  public static <T> Optional<NewestIntact<T>> find(
      FileStore files, String folder, Predicate<String> candidate, Reader<T> reader) {
    List<Skipped> skipped = new ArrayList<>();
    for (FileEntry entry : newestFirst(files, folder, candidate)) {
      try {
        T value = files.read(entry.path(), in -> reader.read(in, entry));
        return Optional.of(new NewestIntact<>(entry.path(), value, List.copyOf(skipped)));
      } catch (DataException e) {
        if (e instanceof StorageException storage && storage.isAway()) {
          throw e; // it may be intact
        }
        skipped.add(new Skipped(entry.path(), e.getMessage()));
      }
    }
    if (!skipped.isEmpty()) {
      throw new DataException(
          folder
              + ": expected an intact file, found none (to start over, delete this folder): "
              + list(skipped));
    }
    return Optional.empty();
  }

  private static List<FileEntry> newestFirst(
      FileStore files, String folder, Predicate<String> candidate) {
    if (!files.exists(folder)) {
      return List.of();
    }
    return files.list(folder).stream()
        .filter(entry -> !entry.isFolder() && candidate.test(entry.name()))
        .sorted(Comparator.comparing(entry -> sortKey(entry.name()), Comparator.reverseOrder()))
        .toList();
  }

  /** Pads every number to 19 digits, so that step-900 comes before step-1000. */
  private static String sortKey(String name) {
    return NUMBER
        .matcher(name)
        .replaceAll(number -> String.format(Locale.ROOT, "%19s", number.group()));
  }

  private static String list(List<Skipped> skipped) {
    return skipped.stream().map(Skipped::reason).collect(Collectors.joining("; "));
  }
}
