package org.qsnn.dataset;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.qsnn.DataException;
import org.qsnn.sample.CifarFormat;

/**
 * Checks by names and lengths that a source holds a whole set, before any of it is read.
 *
 * <p>A set is the official one if one of its files has the official length: then all must have.
 * Else it is a cut-down set in the same layout; its files may have any number of records below the
 * official one, and ids run on from file to file.
 */
final class CifarInventory {
  private final CifarFormat format;
  private final String origin;
  private final Map<String, Long> lengths = new TreeMap<>();

  /**
   * @param origin the folder or archive, for messages
   */
  CifarInventory(CifarFormat format, String origin) {
    this.format = format;
    this.origin = origin;
  }

  /** Takes note of a file; hidden files and those that are no .bin files do not matter. */
  void add(String name, long bytes) {
    if (!name.endsWith(CifarPart.ENDING) || name.startsWith(".")) {
      return;
    }
    if (!CifarLocator.official(format).contains(name)) {
      throw new DataException(
          String.format(
              Locale.ROOT,
              "%s: expected no .bin files but those of %s (%s), found %s",
              origin,
              format,
              names(),
              name));
    }
    if (lengths.put(name, bytes) != null) {
      throw new DataException(
          String.format(Locale.ROOT, "%s: expected each file once, found %s twice", origin, name));
    }
  }

  /** The set's files in official order. */
  List<CifarPart> parts() {
    List<String> missing = names().stream().filter(name -> !lengths.containsKey(name)).toList();
    if (!missing.isEmpty()) {
      throw new DataException(
          String.format(
              Locale.ROOT,
              "%s: expected the files of %s (%s); missing: %s",
              origin,
              format,
              String.join(", ", names()),
              String.join(", ", missing)));
    }
    boolean isOfficial = names().stream().anyMatch(name -> lengths.get(name) == official(name));
    names().forEach(name -> checkLength(name, lengths.get(name), isOfficial));
    List<CifarPart> parts = new ArrayList<>();
    addParts(parts, Split.TRAIN, format.trainFiles());
    addParts(parts, Split.TEST, format.testFiles());
    return parts;
  }

  private void addParts(List<CifarPart> parts, Split split, List<String> names) {
    long firstId = 0;
    for (String name : names) {
      long records = lengths.get(name) / format.recordBytes();
      parts.add(new CifarPart(format, name, split, firstId, records));
      firstId += records;
    }
  }

  private void checkLength(String name, long found, boolean isOfficial) {
    long official = official(name);
    long record = format.recordBytes();
    boolean isGood =
        isOfficial ? found == official : found > 0 && found < official && found % record == 0;
    if (!isGood) {
      throw new DataException(
          String.format(
              Locale.ROOT,
              "%s/%s: %s: expected %d bytes (%d records of %d bytes, %s), found %d;"
                  + " the last whole record ends at offset %d",
              origin,
              name,
              found < official ? "truncated" : "oversized",
              official,
              official / record,
              record,
              format,
              found,
              found / record * record));
    }
  }

  private long official(String name) {
    return (long) format.officialRecords(name) * format.recordBytes();
  }

  private List<String> names() {
    List<String> names = new ArrayList<>(format.trainFiles());
    names.addAll(format.testFiles());
    return names;
  }
}
