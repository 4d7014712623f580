package org.qsnn.prepared;

import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.Row;
import org.qsnn.dataset.Split;

/** Adds up the samples of a partition. */
final class HashRows implements FlatMapFunction<Iterator<Row>, DataHash> {
  private static final long serialVersionUID = 1L;

  private final Split split;

  HashRows(Split split) {
    this.split = split;
  }

  @Override
  public Iterator<DataHash> call(Iterator<Row> rows) {
    DataHash hash = new DataHash();
    rows.forEachRemaining(
        row -> hash.add(split, row.getLong(0), row.getInt(1), row.<byte[]>getAs(2)));
    return List.of(hash).iterator();
  }
}
