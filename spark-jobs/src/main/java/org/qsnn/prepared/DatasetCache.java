package org.qsnn.prepared;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.util.Locale;
import java.util.Optional;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.qsnn.DataException;
import org.qsnn.Hashes;
import org.qsnn.dataset.Dataset;
import org.qsnn.dataset.DatasetSource;
import org.qsnn.dataset.PayloadFormat;
import org.qsnn.storage.FileStore;
import org.qsnn.storage.StorageException;

/** Lets a training name raw data: it is prepared once, away from its source, and found again. */
public final class DatasetCache {
  private static final Logger LOG = LogManager.getLogger(DatasetCache.class);
  private static final int KEY_LENGTH = 16;

  private final FileStore files;
  private final String root;

  /**
   * @param root folder of the prepared sets, for example {@code <parent of run.dir>/.dataset-cache}
   */
  public DatasetCache(FileStore files, String root) {
    this.files = files;
    this.root = root;
  }

  /**
   * The prepared data set that a source means: the one at its place, or the cached form of the raw
   * data, made now if need be.
   *
   * @throws DataException if the data is missing, damaged, or of another kind
   */
  public PreparedDataset resolve(DatasetSource source) {
    return source
        .place()
        .filter(path -> PreparedDataset.isAt(files, path))
        .map(path -> told(prepared(source, path)))
        .orElseGet(() -> cached(source));
  }

  /**
   * The same if it is there already; nothing is made.
   *
   * @throws DataException if the data is missing, damaged, or of another kind
   */
  public Optional<PreparedDataset> find(DatasetSource source) {
    Optional<String> place = source.place().filter(path -> PreparedDataset.isAt(files, path));
    if (place.isPresent()) {
      return Optional.of(prepared(source, place.get()));
    }
    String target = target(source);
    return PreparedDataset.isAt(files, target)
        ? Optional.of(PreparedDataset.open(files, target))
        : Optional.empty();
  }

  private String target(DatasetSource source) {
    return root + "/" + source.dataset().key() + "-" + key(source);
  }

  /** What is left out was told when the set was prepared, which may be long ago. */
  private static PreparedDataset told(PreparedDataset dataset) {
    String omissions = dataset.manifest().omissions();
    if (!omissions.isEmpty()) {
      LOG.warn("Not in {}: {}", dataset.path(), omissions);
    }
    return dataset;
  }

  private PreparedDataset prepared(DatasetSource source, String path) {
    PreparedDataset dataset = PreparedDataset.open(files, path);
    Manifest manifest = dataset.manifest();
    if (!manifest.kind().equals(source.dataset().key())) {
      throw new DataException(
          String.format(
              Locale.ROOT,
              "%s: expected a data set of the kind %s (dataset.kind), found %s",
              path,
              source.dataset().key(),
              manifest.kind()));
    }
    if (!manifest.sampling().equals(source.sampling())) {
      throw new DataException(
          String.format(
              Locale.ROOT,
              "%s: expected a data set of %s, as the configuration says, found one of %s; prepare it again or change the configuration",
              path,
              source.sampling(),
              manifest.sampling()));
    }
    requireImages(source.dataset(), path, manifest.payload());
    return dataset;
  }

  private static void requireImages(Dataset dataset, String path, PayloadFormat found) {
    Optional<PayloadFormat> expected = dataset.images().map(Dataset.Images::payload);
    if (expected.isPresent() && !expected.get().equals(found)) {
      throw new DataException(
          String.format(
              Locale.ROOT,
              "%s: expected %s of %s, as %s has, found %s of %s; prepare it again",
              path,
              expected.get().encoding(),
              expected.get().shape(),
              dataset.key(),
              found.encoding(),
              found.shape()));
    }
  }

  private PreparedDataset cached(DatasetSource source) {
    String target = target(source);
    if (PreparedDataset.isAt(files, target)) {
      try {
        return told(PreparedDataset.open(files, target));
      } catch (StorageException e) {
        // Whether it is damaged is not known.
        throw e;
      } catch (DataException e) {
        LOG.warn(
            "Damaged in the cache: {}; set aside as {}, which may be deleted, and prepared again",
            e.getMessage(),
            files.setAside(target));
      }
    }
    LOG.info("Preparing {} into {}", source.dataset().key(), target);
    return Preparation.prepare(files, source, target);
  }

  /** Of the source's paths, lengths and modification times, and of the format's version. */
  private String key(DatasetSource source) {
    MessageDigest digest = Hashes.sha256();
    String state = Manifest.VERSION + "\n" + source.open(files).state();
    digest.update(state.getBytes(UTF_8));
    return Hashes.hex(digest).substring(0, KEY_LENGTH);
  }
}
