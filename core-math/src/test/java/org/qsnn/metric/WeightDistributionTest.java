package org.qsnn.metric;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class WeightDistributionTest {
  private static final int MIDDLE = WeightDistribution.BINS / 2;

  @Test
  void zeroIsPositiveAndCountsInTheBinAboveIt() {
    WeightDistribution found =
        WeightDistribution.of("w", 1, new float[] {-2, -0.05f, 0, -0f, 0.05f, 2});

    assertThat(found.negative()).isEqualTo(2);
    assertThat(found.positive()).isEqualTo(4);
    assertThat(found.largest()).isEqualTo(2);
    List<Long> expected = new ArrayList<>(Collections.nCopies(WeightDistribution.BINS, 0L));
    expected.set(0, 1L);
    expected.set(MIDDLE - 1, 1L);
    expected.set(MIDDLE, 3L);
    expected.set(WeightDistribution.BINS - 1, 1L);
    assertThat(found.histogram()).isEqualTo(expected);
  }

  /** For this one −largest · (20 / largest) is −20.000000000000004. */
  @Test
  void whatIsRoundedBelowTheFirstBinCountsInIt() {
    WeightDistribution found = WeightDistribution.of("w", 1, new float[] {-0.59f, 0.59f});

    assertThat(found.histogram().get(0)).isEqualTo(1);
    assertThat(found.histogram().get(WeightDistribution.BINS - 1)).isEqualTo(1);
  }

  @Test
  void weightsThatAreAllZeroHaveAHistogramToo() {
    WeightDistribution found = WeightDistribution.of("w", 1, new float[3]);

    assertThat(found.largest()).isEqualTo(Float.MIN_VALUE);
    assertThat(found.histogram().get(MIDDLE)).isEqualTo(3);
  }

  @Test
  void weightsThatAreInfiniteCountAtTheEnds() {
    WeightDistribution found =
        WeightDistribution.of(
            "w", 1, new float[] {Float.NEGATIVE_INFINITY, -1, Float.POSITIVE_INFINITY});

    assertThat(found.largest()).isEqualTo(1);
    assertThat(found.histogram().get(0)).isEqualTo(2);
    assertThat(found.histogram().get(WeightDistribution.BINS - 1)).isEqualTo(1);
  }
}
