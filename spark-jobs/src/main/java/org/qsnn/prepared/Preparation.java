package org.qsnn.prepared;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.qsnn.DataException;
import org.qsnn.Hashes;
import org.qsnn.dataset.DatasetSource;
import org.qsnn.dataset.PayloadFormat;
import org.qsnn.dataset.RawPart;
import org.qsnn.dataset.RawSource;
import org.qsnn.dataset.SourceFile;
import org.qsnn.dataset.Split;
import org.qsnn.prepared.Manifest.SplitContent;
import org.qsnn.prepared.Manifest.StoredFile;
import org.qsnn.sample.SampleSink;
import org.qsnn.storage.FileStore;
import org.qsnn.storage.NewFolder;
import org.qsnn.storage.WrittenFile;

/**
 * Turns a source into a prepared data set: one pass over the source's bytes on the driver, one
 * Parquet file for each of its parts, the manifest last, all in a hidden folder that gets its name
 * at the end. A crash leaves nothing under the name; of two that prepare the same at once, one wins
 * and the other finds it done.
 */
public final class Preparation {
  private final FileStore files;
  private final DatasetSource source;
  private final String folder;
  private final List<Written> written = new ArrayList<>();
  private final PixelStatistics.Sums sums = new PixelStatistics.Sums();

  private Preparation(FileStore files, DatasetSource source, String folder) {
    this.files = files;
    this.source = source;
    this.folder = folder;
  }

  /** What became of one part. */
  private record Written(
      Split split, StoredFile stored, List<SourceFile> sources, long[] perClass, DataHash hash) {}

  /**
   * Prepares {@code source} at {@code target}. If the same data is there already, nothing changes.
   * It begins again where files could not be reached for a time: what it reads in one pass cannot
   * be read again in its middle.
   *
   * @throws DataException if the source is not a whole and valid set, or something else is at the
   *     target: names the file, offset, expected and found
   */
  public static PreparedDataset prepare(FileStore files, DatasetSource source, String target) {
    return files.patiently("preparing " + target, () -> prepareOnce(files, source, target));
  }

  private static PreparedDataset prepareOnce(FileStore files, DatasetSource source, String target) {
    try (NewFolder folder = folder(files, target)) {
      RawSource raw = source.open(files);
      Manifest manifest = new Preparation(files, source, folder.path()).write(raw);
      if (!folder.publish()) {
        requireSame(files, folder, manifest);
      }
      return PreparedDataset.open(files, folder.target());
    }
  }

  private static NewFolder folder(FileStore files, String target) {
    files.paths().requireWritable(target);
    return PreparedDataset.isAt(files, target)
        ? NewFolder.instead(files, target)
        : NewFolder.at(files, target);
  }

  private static void requireSame(FileStore files, NewFolder folder, Manifest manifest) {
    if (!PreparedDataset.isAt(files, folder.target())) {
      throw folder.refusal();
    }
    Manifest found = PreparedDataset.open(files, folder.target()).manifest();
    // Not the Parquet files' hashes: row groups end where memory or the library's version says.
    boolean isSame =
        found.kind().equals(manifest.kind()) && found.dataSha256().equals(manifest.dataSha256());
    if (!isSame) {
      throw new DataException(
          String.format(
              Locale.ROOT,
              "%s: holds another prepared data set: expected %s with data_sha256 %s,"
                  + " found %s with %s; choose another folder or delete it",
              folder.target(),
              manifest.kind(),
              manifest.dataSha256(),
              found.kind(),
              found.dataSha256()));
    }
  }

  private Manifest write(RawSource raw) {
    files.createFolder(folder);
    PayloadFormat payload = raw.read(part -> written.add(write(part, raw.classNames().size())));
    written.sort(Comparator.comparing(Written::split).thenComparing(file -> file.stored.firstId()));
    Manifest manifest = manifest(raw, payload);
    ManifestFile.write(files, folder, manifest);
    return manifest;
  }

  private Written write(RawPart part, int classes) {
    String path = part.split().key() + "/" + part.name() + ".parquet";
    long[] perClass = new long[classes];
    boolean isOfImages = source.dataset().images().isPresent();
    DataHash hash = new DataHash();
    List<SourceFile> sources = new ArrayList<>();
    WrittenFile file =
        files.commit(
            folder + "/" + path,
            out -> {
              try (ParquetSamples parquet = new ParquetSamples(out)) {
                SampleSink sink =
                    (id, label, payload) -> {
                      parquet.write(id, label, payload);
                      perClass[label]++;
                      hash.add(part.split(), id, label, payload);
                      if (part.split() == Split.TRAIN && isOfImages) {
                        sums.add(payload);
                      }
                    };
                sources.addAll(part.pour(sink));
              }
            });
    long samples = Arrays.stream(perClass).sum();
    StoredFile stored = new StoredFile(path, part.firstId(), samples, file.bytes(), file.sha256());
    return new Written(part.split(), stored, List.copyOf(sources), perClass, hash);
  }

  private Manifest manifest(RawSource raw, PayloadFormat payload) {
    List<SourceFile> sources = written.stream().flatMap(file -> file.sources.stream()).toList();
    DataHash hash = new DataHash();
    written.forEach(file -> hash.add(file.hash));
    return new Manifest(
        Manifest.FORMAT,
        Manifest.VERSION,
        source.dataset().key(),
        raw.classNames(),
        payload,
        source.sampling(),
        raw.splitName(),
        content(Split.TRAIN, raw.classNames().size()),
        content(Split.TEST, raw.classNames().size()),
        payload.holdsImages() ? sums.statistics() : PixelStatistics.none(),
        raw.passedOver(),
        sources,
        splitHash(sources, source.sampling()),
        hash.hex());
  }

  private SplitContent content(Split split, int classes) {
    List<StoredFile> stored = new ArrayList<>();
    long[] perClass = new long[classes];
    for (Written file : written) {
      if (file.split == split) {
        stored.add(file.stored);
        Arrays.setAll(perClass, label -> perClass[label] + file.perClass[label]);
      }
    }
    return new SplitContent(
        Arrays.stream(perClass).sum(), Arrays.stream(perClass).boxed().toList(), stored);
  }

  private static String splitHash(List<SourceFile> sources, String sampling) {
    MessageDigest digest = Hashes.sha256();
    digest.update((sampling + "\n").getBytes(UTF_8));
    for (SourceFile file : sources) {
      String line = file.split().key() + " " + file.name() + " " + file.sha256() + "\n";
      digest.update(line.getBytes(UTF_8));
    }
    return Hashes.hex(digest);
  }
}
