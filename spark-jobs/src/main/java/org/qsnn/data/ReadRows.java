package org.qsnn.data;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Iterator;
import java.util.function.Supplier;
import org.apache.spark.SparkThrowable;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.Row;
import org.qsnn.DataException;

/** Reads rows; a file that cannot be read is the data's failure, not Spark's. */
final class ReadRows implements FlatMapFunction<Iterator<Row>, Row> {
  private static final long serialVersionUID = 1L;

  private final String dataset;

  ReadRows(String dataset) {
    this.dataset = dataset;
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
        return attempt(rows::next);
      }
    };
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

  private DataException unreadable(String path, Exception e) {
    Throwable reason = e;
    while (reason.getCause() != null) {
      reason = reason.getCause();
    }
    return new DataException(
        "%s: cannot be read: %s; if it is damaged, delete %s and prepare the data set again"
            .formatted(decoded(path), reason.getMessage(), dataset),
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
