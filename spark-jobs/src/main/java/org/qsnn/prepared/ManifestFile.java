package org.qsnn.prepared;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.qsnn.DataException;
import org.qsnn.dataset.SourceFile;
import org.qsnn.dataset.Split;
import org.qsnn.json.Json;
import org.qsnn.json.JsonRecords;
import org.qsnn.prepared.Manifest.SplitContent;
import org.qsnn.prepared.Manifest.StoredFile;
import org.qsnn.storage.FileStore;

/** A manifest as JSON: written last, checked when read. */
final class ManifestFile {
  static final String NAME = "manifest.json";

  /** Of the manifest of half a million pictures. */
  private static final int MAX_BYTES = 128 << 20;

  /** Of a sample: no sensor is larger. */
  private static final int MAX_EXTENT = 1 << 15;

  private static final Pattern STORED_PATH = Pattern.compile("(train|test)/[\\w-]+\\.parquet");

  private ManifestFile() {}

  static String path(String folder) {
    return folder + "/" + NAME;
  }

  static void write(FileStore files, String folder, Manifest manifest) {
    files.commit(path(folder), out -> out.write(JsonRecords.indented(manifest)));
  }

  /**
   * @throws DataException if there is none, or it is not a consistent manifest of this version
   */
  static Manifest read(FileStore files, String folder) {
    String path = path(folder);
    byte[] bytes = files.readBytes(path, MAX_BYTES);
    Manifest manifest = parse(path, bytes);
    requireShape(path, manifest.payload().shape());
    requireStatistics(path, manifest);
    for (Split split : Split.values()) {
      check(path, manifest, manifest.split(split));
      checkSources(path, manifest, split);
    }
    return manifest;
  }

  private static Manifest parse(String path, byte[] bytes) {
    try {
      JsonNode json = Json.parse(new String(bytes, UTF_8));
      require(path, "format", Manifest.FORMAT, json.path("format").asText("none"));
      requireVersion(path, json.path("version").asInt(-1));
      return JsonRecords.read(bytes, Manifest.class);
    } catch (JsonProcessingException e) {
      throw new DataException(path + ": damaged manifest: " + e.getOriginalMessage(), e);
    }
  }

  private static void requireVersion(String path, int found) {
    if (found != Manifest.VERSION) {
      throw new DataException(
          String.format(
              Locale.ROOT,
              "%s: version: expected %d, found %d; prepare the data set again",
              path,
              Manifest.VERSION,
              found));
    }
  }

  private static void requireShape(String path, List<Integer> shape) {
    boolean isShape =
        shape.size() == 3 && shape.stream().allMatch(extent -> extent > 0 && extent <= MAX_EXTENT);
    if (!isShape) {
      throw new DataException(
          String.format(
              Locale.ROOT,
              "%s: payload.shape: expected three numbers from 1 to %d, found %s",
              path,
              MAX_EXTENT,
              shape));
    }
  }

  private static void requireStatistics(String path, Manifest manifest) {
    PixelStatistics found = manifest.statistics();
    try {
      require(
          path,
          "statistics of",
          manifest.payload().holdsImages() ? "images" : "events",
          found.normalization().isPresent() ? "images" : "events");
    } catch (IllegalArgumentException e) {
      throw new DataException(path + ": statistics: " + e.getMessage(), e);
    }
  }

  private static void check(String path, Manifest manifest, SplitContent split) {
    split.perClass().forEach(count -> requireCount(path, "per_class", count, split.samples()));
    require(path, "classes in per_class", manifest.classNames().size(), split.perClass().size());
    long labeled = split.perClass().stream().mapToLong(Long::longValue).sum();
    require(path, "sum of per_class", split.samples(), labeled);
    long nextId = 0;
    for (StoredFile file : split.files()) {
      if (!STORED_PATH.matcher(file.path()).matches()) {
        throw new DataException(
            path + ": expected paths like train/name.parquet, found " + file.path());
      }
      require(path, "first_id of " + file.path(), nextId, file.firstId());
      // Ids are listed in memory: no more of them than there can be samples.
      requireCount(path, "samples of " + file.path(), file.samples(), file.bytes());
      nextId += file.samples();
    }
    require(path, "samples of all files", split.samples(), nextId);
  }

  private static void checkSources(String path, Manifest manifest, Split split) {
    long nextId = 0;
    for (SourceFile file : manifest.sources(split)) {
      require(path, "first_id of " + file.name(), nextId, file.firstId());
      requireCount(
          path, "samples of " + file.name(), file.samples(), manifest.split(split).samples());
      nextId += file.samples();
    }
    require(path, "samples of all sources", manifest.split(split).samples(), nextId);
  }

  private static void requireCount(String path, String what, long found, long most) {
    if (found < 0 || found > most) {
      throw new DataException(
          String.format(
              Locale.ROOT, "%s: %s: expected 0 to %d, found %d", path, what, most, found));
    }
  }

  private static void require(String path, String what, Object expected, Object found) {
    if (!expected.equals(found)) {
      throw new DataException(
          String.format(Locale.ROOT, "%s: %s: expected %s, found %s", path, what, expected, found));
    }
  }
}
