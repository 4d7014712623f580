package org.qsnn.sample;

import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
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
 *
 * <p>Windows of recordings are split otherwise: see {@link #ofWindows}.
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
      throw nothingToTrainOn(options, limit);
    }
    long[] validation = chosen(0, limit, validated);
    return new DatasetSplit(without(limit, validation), validation, test);
  }

  /**
   * Splits windows that were cut from longer recordings: neighbors overlap and look alike, so a
   * random share of them would be validated on what was trained on. The last {@code round(fraction
   * · n)} of a recording's {@code n} windows validate, rounded so that the sum over the recordings
   * comes out right too; those in front of them that share events with them are left out. A limit
   * takes the first windows of every recording, in proportion.
   *
   * <p>Recordings of several groups are split group by group: none is left without training
   * windows.
   *
   * @param train windows of each training recording, in the order of their ids
   * @param groups a name for each training recording; empty if all are one group
   * @param test windows of each test recording
   * @param overlapping windows behind any window that share events with it
   * @throws ConfigurationException as {@link #of} does
   */
  public static DatasetSplit ofWindows(
      long[] train, List<String> groups, long[] test, long overlapping, SplitOptions options) {
    long count = LongStream.of(train).sum();
    long limit = limit("dataset.limit-train", options.limitTrain(), count, "training");
    long tested =
        limit("dataset.limit-test", options.limitTest(), LongStream.of(test).sum(), "test");
    LongStream.Builder trained = LongStream.builder();
    LongStream.Builder validated = LongStream.builder();
    double fraction = options.validationFraction();
    long first = 0;
    long[] heads = heads(train, limit);
    Map<String, Long> before = new HashMap<>();
    Map<String, Long> left = new TreeMap<>();
    for (int i = 0; i < train.length; i++) {
      long end = first + heads[i];
      long seen = before.getOrDefault(groups.get(i), 0L);
      long tail = Math.round(fraction * (seen + heads[i])) - Math.round(fraction * seen);
      long gap = tail == 0 ? 0 : overlapping;
      long last = Math.max(first, end - tail - gap);
      LongStream.range(first, last).forEach(trained::add);
      LongStream.range(end - tail, end).forEach(validated::add);
      before.merge(groups.get(i), heads[i], Long::sum);
      left.merge(groups.get(i), last - first, Long::sum);
      first += train[i];
    }
    requireNoneEmpty(left, options, limit);
    long[] ids = trained.build().toArray();
    if (ids.length == 0) {
      throw nothingToTrainOn(options, limit);
    }
    return new DatasetSplit(ids, validated.build().toArray(), starts(test, heads(test, tested)));
  }

  private static void requireNoneEmpty(Map<String, Long> left, SplitOptions options, long limit) {
    List<String> empty =
        left.keySet().stream().filter(name -> !name.isEmpty() && left.get(name) == 0).toList();
    if (!empty.isEmpty()) {
      throw new ConfigurationException(
          String.format(
              Locale.ROOT,
              "dataset.validation-fraction: %s of %d training records leaves none to train on of %s;"
                  + " validate on less, or record more",
              options.validationFraction(),
              limit,
              String.join(", ", empty)));
    }
  }

  /** The same, of recordings that are one group. */
  static DatasetSplit ofWindows(long[] train, long[] test, long overlapping, SplitOptions options) {
    return ofWindows(train, Collections.nCopies(train.length, ""), test, overlapping, options);
  }

  /** So many windows of each recording that their sum is the limit. */
  private static long[] heads(long[] windows, long limit) {
    long all = LongStream.of(windows).sum();
    long[] heads = new long[windows.length];
    long before = 0;
    for (int i = 0; i < heads.length; i++) {
      long after = before + windows[i];
      heads[i] = share(after, limit, all) - share(before, limit, all);
      before = after;
    }
    return heads;
  }

  private static long share(long windows, long limit, long all) {
    return all == 0 ? 0 : Math.multiplyExact(windows, limit) / all;
  }

  /** The ids of the first windows of each recording. */
  private static long[] starts(long[] windows, long[] heads) {
    LongStream.Builder ids = LongStream.builder();
    long first = 0;
    for (int i = 0; i < windows.length; i++) {
      LongStream.range(first, first + heads[i]).forEach(ids::add);
      first += windows[i];
    }
    return ids.build().toArray();
  }

  private static ConfigurationException nothingToTrainOn(SplitOptions options, long limit) {
    return new ConfigurationException(
        String.format(
            Locale.ROOT,
            "dataset.validation-fraction: %s of %d training records leaves none to train on",
            options.validationFraction(),
            limit));
  }

  private static long limit(String key, OptionalLong limit, long records, String kind) {
    if (limit.orElse(0) > records) {
      throw new ConfigurationException(
          String.format(
              Locale.ROOT,
              "%s: must be at most the data set's %d %s records; found %d",
              key,
              records,
              kind,
              limit.getAsLong()));
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
