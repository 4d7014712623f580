package org.qsnn.prepared;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Iterator;
import java.util.Locale;
import java.util.function.Supplier;
import org.apache.spark.SparkThrowable;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.Row;
import org.qsnn.DataException;
import org.qsnn.storage.StorageException;

/**
 * Reads rows (id, label, payload) and checks them; a file that cannot be read is the data's
 * failure, not Spark's.
 */
final class ReadRows implements FlatMapFunction<Iterator<Row>, Row> {
  private static final long serialVersionUID = 1L;

  private final String dataset;
  private final int classes;

  ReadRows(String dataset, int classes) {
    this.dataset = dataset;
    this.classes = classes;
  }

  @Override
  public Iterator<Row> call(Iterator<Row> rows) {
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return attempt(rows::hasNext);
      }

      @Override
      public Row next() {
        return checked(attempt(rows::next));
      }
    };
  }

  private Row checked(Row row) {
    if (row.anyNull()) {
      throw invalid("id, label and payload", "a row without one of them");
    }
    int label = row.getInt(1);
    if (label < 0 || label >= classes) {
      throw invalid(
          "labels from 0 to " + (classes - 1), "sample " + row.getLong(0) + " with " + label);
    }
    return row;
  }

  private DataException invalid(String expected, String found) {
    return new DataException(
        String.format(
            Locale.ROOT,
            "%s: expected %s, found %s; prepare the data set again",
            dataset,
            expected,
            found));
  }

  private <T> T attempt(Supplier<T> reading) {
    try {
      return reading.get();
    } catch (Exception e) {
      // Spark is written in Scala: this may well be a checked exception.
      if (e instanceof SparkThrowable failed && isOfAFile(failed)) {
        throw unreadable(failed.getMessageParameters().get("path"), e);
      }
      throw e;
    }
  }

  private static boolean isOfAFile(SparkThrowable failed) {
    return String.valueOf(failed.getCondition()).startsWith("FAILED_READ_FILE");
  }

  private DataException unreadable(String address, Exception e) {
    String path = decoded(address);
    return StorageException.ofPermission(path, e).orElseGet(() -> unreadableOrDamaged(path, e));
  }

  private DataException unreadableOrDamaged(String path, Exception e) {
    Throwable reason = e;
    while (reason.getCause() != null) {
      reason = reason.getCause();
    }
    return new DataException(
        String.format(
            Locale.ROOT,
            "%s: cannot be read: %s; if it is damaged, delete %s and prepare the data set again",
            path,
            reason.getMessage(),
            dataset),
        e);
  }

  /** Spark tells addresses, in which most unusual characters are numbers. */
  private static String decoded(String address) {
    try {
      URI uri = new URI(address);
      return uri.getScheme() + ":" + uri.getSchemeSpecificPart();
    } catch (URISyntaxException e) {
      return address;
    }
  }
}
