package org.qsnn.distributed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.apache.spark.SparkConf;
import org.junit.jupiter.api.Test;
import org.qsnn.ConfigurationException;

class ReduceTest {
  private static final long RESNET19 = 50_300_000;

  @Test
  void driverAddsAsLongAsItTakesLessTime() {
    assertThat(Reduce.AUTO.isSliced(RESNET19, 2)).isFalse();
    assertThat(Reduce.AUTO.isSliced(RESNET19, 13)).isFalse();
    assertThat(Reduce.AUTO.isSliced(RESNET19, 14)).isTrue();
    assertThat(Reduce.AUTO.isSliced(RESNET19 / 64, 512)).isFalse();
    assertThat(Reduce.DRIVER.isSliced(RESNET19, 1000)).isFalse();
    assertThat(Reduce.SLICED.isSliced(1, 1)).isTrue();
  }

  @Test
  void everySlotAddsASliceUnlessSlicesAreTiny() {
    assertThat(Reduce.AUTO.slices(RESNET19, 16)).isEqualTo(16);
    assertThat(Reduce.AUTO.slices(RESNET19, 256)).isEqualTo(47);
    assertThat(Reduce.AUTO.slices(1000, 256)).isEqualTo(1);
    assertThat(Reduce.SLICED.slices(1000, 3)).isEqualTo(3);
  }

  @Test
  void isNamedInSparksSettings() {
    assertThat(Reduce.of(new SparkConf(false))).isEqualTo(Reduce.AUTO);
    assertThat(Reduce.of(new SparkConf(false).set(Reduce.KEY, "sliced"))).isEqualTo(Reduce.SLICED);
    assertThatThrownBy(() -> Reduce.of(new SparkConf(false).set(Reduce.KEY, "tree")))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage("spark.qsnn.reduce: must be auto, driver or sliced; found tree");
  }
}
