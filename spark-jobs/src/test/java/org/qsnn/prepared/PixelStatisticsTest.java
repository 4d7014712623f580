package org.qsnn.prepared;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.qsnn.model.ImageInput;

class PixelStatisticsTest {
  private static PixelStatistics of(byte[]... images) {
    PixelStatistics.Sums sums = new PixelStatistics.Sums();
    for (byte[] image : images) {
      sums.add(image);
    }
    return sums.statistics();
  }

  @Test
  void eachChannelHasItsMeanAndDeviation() {
    PixelStatistics found = of(new byte[] {0, -1, 51}, new byte[] {-1, -1, 102});

    assertThat(found.mean()).containsExactly(0.5, 1.0, 0.3);
    // A channel that is the same everywhere is taken to vary by a step of a byte.
    assertThat(found.std()).containsExactly(0.5, 0.0039, 0.1);
  }

  @Test
  void theyNormalizeImages() {
    ImageInput input = of(new byte[] {0, 0, 51}, new byte[] {-1, -1, 102}).normalization().get();

    assertThat(input.apply(0, 255)).isEqualTo(1f);
    assertThat(input.apply(0, 0)).isEqualTo(-1f);
    assertThat(input.apply(2, 51)).isEqualTo(-1f);
  }

  @Test
  void eventsHaveNone() {
    assertThat(PixelStatistics.none().normalization()).isEmpty();
  }
}
