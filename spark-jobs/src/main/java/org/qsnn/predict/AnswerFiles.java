package org.qsnn.predict;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.qsnn.EnumKey;
import org.qsnn.storage.FileStore;
import org.qsnn.storage.NewFolder;

/** Answers as a folder of files, in the order of their ids: there whole, or not at all. */
public final class AnswerFiles {
  private static final long ROWS_PER_FILE = 1_000_000;

  private AnswerFiles() {}

  /** Formats of files. */
  public enum Format {
    PARQUET,
    JSON,
    /** With a header, and a column for each class's score: {@code score_0} and so on. */
    CSV;

    /** The word on the command line. */
    @Override
    public String toString() {
      return EnumKey.of(this);
    }
  }

  /**
   * Computes and writes answers.
   *
   * @param folder filled and published
   * @param rows number of answers
   * @param classes of the model
   * @throws org.qsnn.DataException if something else has the folder's name by now
   */
  public static void write(
      FileStore files,
      NewFolder folder,
      Dataset<Row> answers,
      long rows,
      int classes,
      Format format) {
    int parts = Math.toIntExact(1 + rows / ROWS_PER_FILE);
    Dataset<Row> ordered =
        answers
            .repartitionByRange(parts, functions.col("id"))
            .sortWithinPartitions(functions.col("id"));
    files.patiently(
        "answers",
        () -> {
          switch (format) {
            case PARQUET -> ordered.write().mode("overwrite").parquet(folder.path());
            case JSON ->
                ordered
                    .write()
                    .mode("overwrite")
                    .option("ignoreNullFields", false)
                    .json(folder.path());
            case CSV ->
                flat(ordered, classes)
                    .write()
                    .mode("overwrite")
                    .option("header", true)
                    .csv(folder.path());
          }
          return null;
        });
    if (!folder.publish()) {
      throw folder.refusal();
    }
  }

  private static Dataset<Row> flat(Dataset<Row> answers, int classes) {
    List<Column> columns =
        new ArrayList<>(
            List.of(functions.col("id"), functions.col("class"), functions.col("class_name")));
    IntStream.range(0, classes)
        .mapToObj(k -> functions.col("scores").getItem(k).as("score_" + k))
        .forEach(columns::add);
    columns.add(functions.col("decided_after"));
    columns.add(functions.col("label"));
    return answers.select(columns.toArray(Column[]::new));
  }
}
