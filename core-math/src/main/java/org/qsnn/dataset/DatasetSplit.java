package org.qsnn.dataset;

import java.util.Arrays;
import java.util.OptionalLong;
import java.util.stream.LongStream;
import org.qsnn.ConfigurationException;
import org.qsnn.tensor.RandomStream;

/**
 * Which records are trained, validated and tested. Train ids number the official training records
 * from 0, test ids the official test records from 0.
 *
 * <p>With {@code L} records to train on, {@code round(fraction · L)} records validate. They are
 * taken from the records behind the first {@code L} if there are enough of them; else from the
 * first {@code L}, and training has the rest. A hash of the id chooses them, which does not depend
 * on the run's seed: runs with different seeds validate on the same records and can be compared.
 */
public final class DatasetSplit {
  private static final long PURPOSE = 0x76616C6964617465L;

  private final long[] train;
  private final long[] validation;
  private final long[] test;

  private DatasetSplit(long[] train, long[] validation, long[] test) {
    this.train = train;
    this.validation = validation;
    this.test = test;
  }

  /**
   * Splits a data set of so many training and test records.
   *
   * @throws ConfigurationException if a limit exceeds the records there are, or nothing would be
   *     left to train on
   */
  public static DatasetSplit of(long trainRecords, long testRecords, SplitOptions options) {
    long limit = limit("dataset.limit-train", options.limitTrain(), trainRecords, "training");
    long tested = limit("dataset.limit-test", options.limitTest(), testRecords, "test");
    long validated = Math.round(options.validationFraction() * limit);
    long[] test = LongStream.range(0, tested).toArray();
    if (trainRecords - limit >= validated) {
      long[] train = LongStream.range(0, limit).toArray();
      return new DatasetSplit(train, chosen(limit, trainRecords, validated), test);
    }
    if (validated == limit) {
      throw new ConfigurationException(
          "dataset.validation-fraction: %s of %d training records leaves none to train on"
              .formatted(options.validationFraction(), limit));
    }
    long[] validation = chosen(0, limit, validated);
    return new DatasetSplit(without(limit, validation), validation, test);
  }

  private static long limit(String key, OptionalLong limit, long records, String kind) {
    if (limit.orElse(0) > records) {
      throw new ConfigurationException(
          "%s: expected at most the %d %s records that the data set has, found %d"
              .formatted(key, records, kind, limit.getAsLong()));
    }
    return limit.orElse(records);
  }

  /** The ids of {@code from … to-1} with the smallest hashes; no two ids have the same hash. */
  private static long[] chosen(long from, long to, long count) {
    if (count == 0) {
      return new long[0];
    }
    long[] hashes = LongStream.range(from, to).map(DatasetSplit::hash).toArray();
    Arrays.sort(hashes);
    long largest = hashes[Math.toIntExact(count - 1)];
    return LongStream.range(from, to).filter(id -> hash(id) <= largest).toArray();
  }

  private static long hash(long id) {
    return RandomStream.of(PURPOSE, id).nextLong();
  }

  private static long[] without(long limit, long[] ascending) {
    return LongStream.range(0, limit)
        .filter(id -> Arrays.binarySearch(ascending, id) < 0)
        .toArray();
  }

  /** Ascending; a copy, as of the others. */
  public long[] train() {
    return train.clone();
  }

  public long[] validation() {
    return validation.clone();
  }

  public long[] test() {
    return test.clone();
  }
}
