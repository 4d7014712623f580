package org.qsnn.data;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.qsnn.DataException;
import org.qsnn.data.Manifest.Payload;
import org.qsnn.data.Manifest.SourceFile;
import org.qsnn.data.Manifest.SplitContent;
import org.qsnn.data.Manifest.StoredFile;
import org.qsnn.dataset.CifarFormat;
import org.qsnn.storage.CommittedFile;
import org.qsnn.storage.FileStore;
import org.qsnn.storage.Hashes;

/**
 * Turns a source into a prepared data set: one pass over the source's bytes on the driver, one
 * Parquet file for each binary file, the manifest last, all in a hidden folder that gets its name
 * at the end. A crash leaves nothing under the name; of two that prepare the same at once, one wins
 * and the other finds it done.
 */
public final class Preparation {
  private static final long ABANDONED_MILLIS = Duration.ofDays(1).toMillis();

  private final FileStore files;
  private final DatasetSource source;
  private final String folder;
  private final Map<String, Written> written = new LinkedHashMap<>();

  private Preparation(FileStore files, DatasetSource source, String folder) {
    this.files = files;
    this.source = source;
    this.folder = folder;
  }

  /** What became of one binary file. */
  private record Written(StoredFile stored, SourceFile source, long[] perClass) {}

  /**
   * Prepares {@code source} at {@code target}. If the same data is there already, nothing changes.
   *
   * @throws DataException if the source is not a whole and valid set, or something else is at the
   *     target: names the file, offset, expected and found
   */
  public static PreparedDataset prepare(FileStore files, DatasetSource source, String target) {
    String absolute = files.absolute(target);
    makeRoom(files, absolute);
    RawSource raw = RawSource.open(files, source);
    String temporary = files.temporary(absolute);
    try {
      Manifest manifest = new Preparation(files, source, temporary).write(raw);
      if (!files.publish(temporary, absolute)) {
        requireSame(files, absolute, manifest);
        files.delete(temporary);
      }
    } catch (RuntimeException e) {
      discard(files, temporary, e);
      throw e;
    }
    return PreparedDataset.open(files, absolute);
  }

  /** Says before the work what would make it void; an empty folder may be replaced. */
  private static void makeRoom(FileStore files, String target) {
    files.deleteLeftovers(files.parent(target), ABANDONED_MILLIS);
    if (!files.exists(target) || PreparedDataset.isAt(files, target)) {
      return;
    }
    if (!files.entry(target).isFolder() || !files.list(target).isEmpty()) {
      throw new DataException(
          target + ": expected no or an empty folder to prepare into, found something else there");
    }
    files.delete(target);
  }

  private static void requireSame(FileStore files, String target, Manifest manifest) {
    Manifest found = PreparedDataset.open(files, target).manifest();
    // Not the Parquet files' hashes: row groups end where memory or the library's version says.
    boolean isSame =
        found.kind().equals(manifest.kind()) && found.splitSha256().equals(manifest.splitSha256());
    if (!isSame) {
      throw new DataException(
          ("%s: holds another prepared data set: expected %s with split hash %s,"
                  + " found %s with %s; choose another folder or delete it")
              .formatted(
                  target,
                  manifest.kind(),
                  manifest.splitSha256(),
                  found.kind(),
                  found.splitSha256()));
    }
  }

  private static void discard(FileStore files, String temporary, RuntimeException reason) {
    try {
      files.delete(temporary);
    } catch (RuntimeException e) {
      reason.addSuppressed(e);
    }
  }

  private Manifest write(RawSource raw) {
    List<RawPart> parts = raw.parts();
    files.createFolder(folder);
    raw.read(parts, (part, where, in) -> written.put(part.name(), write(part, where, in)));
    Manifest manifest = manifest(parts);
    ManifestFile.write(files, folder, manifest);
    return manifest;
  }

  private Written write(RawPart part, String where, InputStream in) {
    MessageDigest digest = Hashes.sha256();
    long[] perClass = new long[source.kind().classNames().size()];
    String path = part.split().folder() + "/" + part.name().replace(".bin", ".parquet");
    CommittedFile file =
        files.commit(
            folder + "/" + path,
            out -> {
              try (ParquetSamples parquet = new ParquetSamples(out)) {
                copy(part, where, new DigestInputStream(in, digest), parquet, perClass);
              }
            });
    return new Written(
        new StoredFile(path, part.firstId(), part.records(), file.bytes(), file.sha256()),
        new SourceFile(
            part.name(), part.records() * source.kind().format().recordBytes(), Hashes.hex(digest)),
        perClass);
  }

  private void copy(
      RawPart part, String where, InputStream in, ParquetSamples parquet, long[] perClass)
      throws IOException {
    long records =
        source
            .kind()
            .format()
            .read(
                in,
                where,
                part.firstId(),
                (id, label, payload) -> {
                  parquet.write(id, label, payload);
                  perClass[label]++;
                });
    if (records != part.records()) {
      throw new DataException(
          "%s: changed while it was read: expected %d records, found %d"
              .formatted(where, part.records(), records));
    }
  }

  private Manifest manifest(List<RawPart> parts) {
    List<SourceFile> sources =
        parts.stream().map(part -> written.get(part.name()).source()).toList();
    return new Manifest(
        Manifest.FORMAT,
        Manifest.VERSION,
        source.kind().key(),
        source.kind().classNames(),
        new Payload("rgb-planar-uint8", List.of(3, CifarFormat.SIZE, CifarFormat.SIZE)),
        content(parts, Split.TRAIN),
        content(parts, Split.TEST),
        sources,
        splitHash(parts));
  }

  private SplitContent content(List<RawPart> parts, Split split) {
    List<StoredFile> stored = new ArrayList<>();
    long[] perClass = new long[source.kind().classNames().size()];
    for (RawPart part : parts) {
      if (part.split() == split) {
        Written file = written.get(part.name());
        stored.add(file.stored());
        Arrays.setAll(perClass, label -> perClass[label] + file.perClass()[label]);
      }
    }
    return new SplitContent(
        Arrays.stream(perClass).sum(), Arrays.stream(perClass).boxed().toList(), stored);
  }

  private String splitHash(List<RawPart> parts) {
    MessageDigest digest = Hashes.sha256();
    for (RawPart part : parts) {
      SourceFile file = written.get(part.name()).source();
      String line = part.split().folder() + " " + file.name() + " " + file.sha256() + "\n";
      digest.update(line.getBytes(UTF_8));
    }
    return Hashes.hex(digest);
  }
}
