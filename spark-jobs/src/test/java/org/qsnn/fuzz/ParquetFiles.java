package org.qsnn.fuzz;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.execution.datasources.parquet.VectorizedParquetRecordReader;
import org.apache.spark.sql.vectorized.ColumnarBatch;
import org.qsnn.DataException;
import org.qsnn.dataset.Places;
import org.qsnn.prepared.CifarFiles;
import org.qsnn.prepared.Preparation;
import org.qsnn.prepared.PreparedDataset;
import org.qsnn.sample.CifarFormat;
import org.qsnn.storage.FileStore;

/** A Parquet file of a prepared data set whose manifest agrees with it, whatever is in it. */
final class ParquetFiles {
  private static final int BATCH = 4096;

  private final FileStore files = FileStore.of(new Configuration());
  private final Path set;

  /**
   * @param root for a prepared data set
   */
  ParquetFiles(Path root) {
    this.set = root.resolve("parquet");
  }

  FuzzedReader reader() throws IOException {
    Path raw = CifarFiles.write(set.resolveSibling("raw"), CifarFormat.CIFAR10, 2);
    Preparation.prepare(files, Places.cifar(CifarFormat.CIFAR10, raw.toString()), set.toString());
    Path file = set.resolve("train/data_batch_1.parquet");
    Path manifest = set.resolve("manifest.json");
    byte[] intact = Files.readAllBytes(file);
    String honest = Files.readString(manifest);
    return FuzzedReader.of(
        "Parquet file",
        List.of(intact),
        bytes -> {
          Files.write(file, bytes);
          // All five files are equally long.
          Files.writeString(
              manifest,
              honest.replaceFirst(
                  "\"bytes\" : " + intact.length + ",", "\"bytes\" : " + bytes.length + ","));
          PreparedDataset.open(files, set.toString());
          readAll(file);
        });
  }

  /** As Spark reads what was not refused; its exceptions are made the data's failure by tasks. */
  private static void readAll(Path file) {
    try (VectorizedParquetRecordReader reader = new VectorizedParquetRecordReader(false, BATCH)) {
      reader.initialize(file.toString(), List.of("id", "label", "payload"));
      ColumnarBatch batch = reader.resultBatch();
      while (reader.nextBatch()) {
        for (int row = 0; row < batch.numRows(); row++) {
          batch.getRow(row).getBinary(2);
        }
      }
    } catch (Exception e) {
      throw new DataException("unreadable", e);
    }
  }
}
