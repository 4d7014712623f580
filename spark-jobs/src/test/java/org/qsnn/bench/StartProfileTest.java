package org.qsnn.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class StartProfileTest {
  @Test
  void comparesTheFirstEpochWithTheThird() {
    double[] seconds = {4, 2, 1, 1, 1, 1, 0.5, 0.5, 0.5};

    StartProfile profile = StartProfile.of("local[2]", 10, seconds);

    assertThat(profile.samples()).isEqualTo(30);
    assertThat(profile.firstSamples()).isEqualTo(30);
    assertThat(profile.firstSeconds()).isEqualTo(7);
    assertThat(profile.firstSpeed()).isEqualTo(30 / 7.0);
    assertThat(profile.steadySpeed()).isEqualTo(20);
    assertThat(profile.ratio()).isEqualTo(1.5 / 7);
  }

  @Test
  void countsTheStepsOfTheFirstThousand() {
    double[] seconds = new double[3 * 20];
    Arrays.fill(seconds, 0.5);

    StartProfile profile = StartProfile.of("local[2]", 64, seconds);

    assertThat(profile.firstSamples()).isEqualTo(1024);
    assertThat(profile.firstSeconds()).isEqualTo(8);
    assertThat(profile.text())
        .contains("the first 1,024 samples in 8.0 s", "a first epoch of 1,280 at 128.0 samples/s");
  }
}
