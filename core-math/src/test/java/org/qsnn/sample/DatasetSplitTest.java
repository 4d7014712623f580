package org.qsnn.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.qsnn.ConfigurationException;

class DatasetSplitTest {
  private static final long ALL = -1;

  @Test
  void validatesOnRecordsThatTheLimitLeavesOut() {
    DatasetSplit split = split(50_000, 10_000, ALL, 0.1);
    assertThat(split.train()).isEqualTo(range(0, 10_000));
    assertThat(split.validation()).hasSize(1000).isSorted().doesNotHaveDuplicates();
    assertThat(Arrays.stream(split.validation())).allMatch(id -> id >= 10_000 && id < 50_000);
    assertThat(Arrays.stream(split.validation()).average().orElseThrow())
        .as("spread over all that is left out")
        .isBetween(28_000.0, 32_000.0);
  }

  @Test
  void usesExactlyWhatTheLimitLeavesOutIfThatIsEnough() {
    DatasetSplit split = split(110, 100, ALL, 0.1);
    assertThat(split.train()).isEqualTo(range(0, 100));
    assertThat(split.validation()).isEqualTo(range(100, 110));
  }

  @Test
  void takesValidationFromTrainingIfTooFewAreLeftOut() {
    for (DatasetSplit split :
        new DatasetSplit[] {split(109, 100, ALL, 0.1), split(100, ALL, ALL, 0.1)}) {
      assertThat(split.validation()).hasSize(10).isSorted();
      assertThat(split.train()).hasSize(90).isSorted().doesNotContain(split.validation());
      assertThat(LongStream.concat(Arrays.stream(split.train()), Arrays.stream(split.validation())))
          .containsExactlyInAnyOrderElementsOf(LongStream.range(0, 100).boxed().toList());
    }
  }

  @Test
  void sameOptionsGiveTheSameSplit() {
    DatasetSplit first = split(1000, ALL, ALL, 0.2);
    DatasetSplit second = split(1000, ALL, ALL, 0.2);
    assertThat(first.train()).isEqualTo(second.train());
    assertThat(first.validation()).isEqualTo(second.validation());
  }

  @Test
  void largerFractionKeepsTheValidationRecordsOfASmallerOne() {
    assertThat(split(1000, ALL, ALL, 0.2).validation())
        .contains(split(1000, ALL, ALL, 0.1).validation());
  }

  @Test
  void fractionZeroValidatesOnNothing() {
    DatasetSplit split = split(100, ALL, ALL, 0);
    assertThat(split.train()).isEqualTo(range(0, 100));
    assertThat(split.validation()).isEmpty();
  }

  @Test
  void numberOfValidationRecordsIsRounded() {
    assertThat(split(1000, 24, ALL, 0.1).validation()).hasSize(2);
    assertThat(split(1000, 25, ALL, 0.1).validation()).hasSize(3);
    assertThat(split(1000, 4, ALL, 0.1).validation()).isEmpty();
  }

  @Test
  void testIsTheFirstInOfficialOrder() {
    assertThat(split(10, ALL, 3, 0).test()).isEqualTo(range(0, 3));
    assertThat(split(10, ALL, ALL, 0).test()).isEqualTo(range(0, 1000));
  }

  @Test
  void limitBeyondTheRecordsNamesTheKey() {
    assertThatThrownBy(() -> split(100, 101, ALL, 0.1))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage(
            "dataset.limit-train: must be at most the data set's 100 training records; found 101");
    assertThatThrownBy(() -> split(100, ALL, 1001, 0.1))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageStartingWith(
            "dataset.limit-test: must be at most the data set's 1000 test records");
  }

  @Test
  void limitBelowOneNamesTheKey() {
    assertThatThrownBy(() -> split(100, 0, ALL, 0.1))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage("dataset.limit-train: must be at least 1 or no limit; found 0");
  }

  @Test
  void fractionOutOfRangeNamesTheKey() {
    for (double fraction : new double[] {-0.1, 1, Double.NaN}) {
      assertThatThrownBy(() -> split(100, ALL, ALL, fraction))
          .isInstanceOf(ConfigurationException.class)
          .hasMessageStartingWith("dataset.validation-fraction: ")
          .hasMessageEndingWith("found " + fraction);
    }
  }

  @Test
  void validationThatLeavesNothingToTrainOnIsRefused() {
    assertThatThrownBy(() -> split(1, ALL, ALL, 0.9))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("dataset.validation-fraction: 0.9 of 1 training records");
    assertThat(split(1, ALL, ALL, 0.1).train()).isEqualTo(range(0, 1));
  }

  @Test
  void windowsAreValidatedOnTheTailOfEachRecordingWithAGapBeforeIt() {
    DatasetSplit split = windows(new long[] {20, 10}, 1, ALL, 0.2);
    assertThat(split.train()).isEqualTo(both(range(0, 15), range(20, 27)));
    assertThat(split.validation()).isEqualTo(both(range(16, 20), range(28, 30)));
    assertThat(split.test()).isEqualTo(range(0, 9));
  }

  @Test
  void shortRecordingsTakeTurnsInValidation() {
    long[] single = LongStream.generate(() -> 1).limit(40).toArray();
    DatasetSplit split = windows(single, 3, ALL, 0.1);
    assertThat(split.validation()).hasSize(4).isSorted();
    assertThat(split.train()).hasSize(36).doesNotContain(split.validation());
  }

  @Test
  void limitTakesTheFirstWindowsOfEveryRecordingInProportion() {
    DatasetSplit split = windows(new long[] {20, 10}, 1, 15, 0.2);
    assertThat(split.train()).isEqualTo(both(range(0, 7), range(20, 23)));
    assertThat(split.validation()).isEqualTo(both(range(8, 10), range(24, 25)));
    DatasetSplit tested =
        DatasetSplit.ofWindows(
            new long[] {1}, new long[] {6, 3}, 0, new SplitOptions(limit(ALL), limit(3), 0));
    assertThat(tested.test()).isEqualTo(both(range(0, 2), range(6, 7)));
  }

  @Test
  void windowsOfWhichNoneIsLeftToTrainOnAreRefused() {
    assertThatThrownBy(() -> windows(new long[] {3}, 2, ALL, 0.4))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage(
            "dataset.validation-fraction: 0.4 of 3 training records leaves none to train on");
    assertThatThrownBy(() -> windows(new long[] {3}, 0, 4, 0.4))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageStartingWith(
            "dataset.limit-train: must be at most the data set's 3 training records");
  }

  /** Two recordings of two classes, the second of which is seen at the end only. */
  @Test
  void everyGroupIsValidatedAndTrainedOn() {
    long[] rows = {5, 5, 5, 5};
    DatasetSplit split = grouped(rows, List.of("a", "b", "a", "b"), 0.2);
    assertThat(split.validation()).containsExactly(4, 9, 14, 19);
    assertThat(split.train()).hasSize(16);

    // Every tenth of single windows in turn would be one of the same class.
    long[] single = LongStream.generate(() -> 1).limit(40).toArray();
    List<String> inTurn = IntStream.range(0, 40).mapToObj(i -> "class " + i % 10).toList();
    assertThat(grouped(single, inTurn, 0.25).validation()).hasSize(10);
    assertThatThrownBy(() -> grouped(single, inTurn, 0.9))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("leaves none to train on of class 0, class 1");
  }

  private static DatasetSplit grouped(long[] train, List<String> groups, double fraction) {
    return DatasetSplit.ofWindows(
        train, groups, new long[] {1}, 0, new SplitOptions(limit(ALL), limit(ALL), fraction));
  }

  private static DatasetSplit windows(long[] train, long gap, long limit, double fraction) {
    return DatasetSplit.ofWindows(
        train, new long[] {4, 5}, gap, new SplitOptions(limit(limit), limit(ALL), fraction));
  }

  private static long[] both(long[] first, long[] second) {
    return LongStream.concat(Arrays.stream(first), Arrays.stream(second)).toArray();
  }

  private static DatasetSplit split(long records, long train, long test, double fraction) {
    return DatasetSplit.of(records, 1000, new SplitOptions(limit(train), limit(test), fraction));
  }

  private static OptionalLong limit(long limit) {
    return limit == ALL ? OptionalLong.empty() : OptionalLong.of(limit);
  }

  private static long[] range(long from, long to) {
    return LongStream.range(from, to).toArray();
  }
}
