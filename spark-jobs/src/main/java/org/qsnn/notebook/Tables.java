package org.qsnn.notebook;

import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/** Data frames of a few rows. */
final class Tables {
  private Tables() {}

  /**
   * @param schema as in SQL: {@code layer STRING, bits INT}
   */
  static Dataset<Row> of(String schema, List<Row> rows) {
    return SparkSession.active().createDataFrame(rows, StructType.fromDDL(schema));
  }
}
