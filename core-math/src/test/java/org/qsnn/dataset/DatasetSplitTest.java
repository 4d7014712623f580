package org.qsnn.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.OptionalLong;
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
            "dataset.limit-train: expected at most the 100 training records that the data set has,"
                + " found 101");
    assertThatThrownBy(() -> split(100, ALL, 1001, 0.1))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageStartingWith("dataset.limit-test: expected at most the 1000 test records");
  }

  @Test
  void limitBelowOneNamesTheKey() {
    assertThatThrownBy(() -> split(100, 0, ALL, 0.1))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage("dataset.limit-train: expected at least 1, or no limit; found 0");
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
