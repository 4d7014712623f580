package org.qsnn.prepared;

import java.util.List;
import java.util.Locale;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.qsnn.DataException;
import org.qsnn.Hashes;
import org.qsnn.dataset.Split;
import org.qsnn.prepared.Manifest.StoredFile;
import org.qsnn.storage.FileStore;

/** A prepared data set: a folder with a manifest and the Parquet files that it names. */
public final class PreparedDataset {
  private static final StructType SCHEMA =
      new StructType()
          .add(ParquetSamples.ID, "long")
          .add(ParquetSamples.LABEL, "int")
          .add(ParquetSamples.PAYLOAD, "binary");

  private final FileStore files;
  private final String path;
  private final Manifest manifest;

  private PreparedDataset(FileStore files, String path, Manifest manifest) {
    this.files = files;
    this.path = path;
    this.manifest = manifest;
  }

  /** Whether a folder claims to be a prepared data set; opening it tells whether it is one. */
  public static boolean isAt(FileStore files, String path) {
    // Some stores cannot say that nothing is below a file.
    return files.isFolder(path) && files.exists(ManifestFile.path(path));
  }

  /**
   * Opens a data set after checking its manifest, and that all of its files have their lengths and
   * claim no more than they hold.
   *
   * @throws DataException if it is incomplete or damaged: names the file, expected and found
   */
  public static PreparedDataset open(FileStore files, String path) {
    String absolute = files.paths().absolute(path);
    PreparedDataset dataset =
        new PreparedDataset(files, absolute, ManifestFile.read(files, absolute));
    for (Split split : Split.values()) {
      for (StoredFile file : dataset.manifest.split(split).files()) {
        dataset.checkLength(file);
        ParquetCheck.check(files, dataset.path(file), file);
      }
    }
    return dataset;
  }

  /** Absolute path of the folder. */
  public String path() {
    return path;
  }

  public Manifest manifest() {
    return manifest;
  }

  /**
   * Reads every byte and compares hashes.
   *
   * @throws DataException if a file is not what was prepared
   */
  public void verify() {
    for (Split split : Split.values()) {
      manifest.split(split).files().forEach(this::checkHash);
    }
  }

  /**
   * The hash of all samples, computed from them: whatever of a sample changes changes it.
   *
   * @throws DataException if the manifest says otherwise, or a sample cannot be read
   */
  public String dataSha256(SparkSession spark) {
    String found = files.patiently(path, () -> hash(spark)).hex();
    if (!found.equals(manifest.dataSha256())) {
      throw new DataException(
          String.format(
              Locale.ROOT,
              "%s: expected the samples with data_sha256 %s, as the manifest says, found %s; prepare the data set again",
              path,
              manifest.dataSha256(),
              found));
    }
    return found;
  }

  private DataHash hash(SparkSession spark) {
    DataHash hash = new DataHash();
    for (Split split : Split.values()) {
      samples(spark, split).mapPartitions(new HashRows(split)).collect().forEach(hash::add);
    }
    return hash;
  }

  /** The samples of a split as (id long, label int, payload binary), in no particular order. */
  JavaRDD<Row> samples(SparkSession spark, Split split) {
    return rows(spark, split)
        .select(ParquetSamples.ID, ParquetSamples.LABEL, ParquetSamples.PAYLOAD)
        .javaRDD()
        .mapPartitions(new ReadRows(path, manifest.classNames().size()));
  }

  private Dataset<Row> rows(SparkSession spark, Split split) {
    String[] paths = manifest.split(split).files().stream().map(this::path).toArray(String[]::new);
    return paths.length == 0
        ? spark.createDataFrame(List.of(), SCHEMA)
        : spark
            .read()
            .schema(SCHEMA)
            .option("parquet.page.verify-checksum.enabled", true)
            // These files, whatever characters are in their names.
            .option("__globPaths__", false)
            .parquet(paths);
  }

  private void checkLength(StoredFile file) {
    long found = files.entry(path(file)).bytes();
    if (found != file.bytes()) {
      throw new DataException(
          String.format(
              Locale.ROOT,
              "%s: expected %d bytes, found %d; prepare the data set again",
              path(file),
              file.bytes(),
              found));
    }
  }

  private void checkHash(StoredFile file) {
    String found = files.read(path(file), in -> Hashes.of(Hashes.sha256(), in));
    if (!found.equals(file.sha256())) {
      throw new DataException(
          String.format(
              Locale.ROOT,
              "%s: expected SHA-256 %s, found %s; prepare the data set again",
              path(file),
              file.sha256(),
              found));
    }
  }

  private String path(StoredFile file) {
    return path + "/" + file.path();
  }
}
