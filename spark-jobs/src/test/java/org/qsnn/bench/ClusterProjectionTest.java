package org.qsnn.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.qsnn.distributed.Reduce;
import org.qsnn.model.Architectures;

class ClusterProjectionTest {
  /** Sent in 0.1 s. */
  private static final long GRADIENT = 125_000_000;

  /** A step of 5 s, of which tasks compute 4 s and gradients take 0.4 s. */
  private final ScaleReport report =
      new ScaleReport(
          new BenchmarkOptions(Architectures.RESNET19, 1, 2, 2, 2, 32),
          "local-cluster[2,1,3072]",
          2,
          GRADIENT,
          new StepProfile(5, 0.2, 1, 1, GRADIENT, GRADIENT, 1),
          List.of(
              new ScaleReport.Row(2, Reduce.DRIVER, 0.4, 0.3),
              new ScaleReport.Row(4, Reduce.DRIVER, 0.8, 0.6),
              new ScaleReport.Row(2, Reduce.SLICED, 0.2, 0.1),
              new ScaleReport.Row(4, Reduce.SLICED, 0.3, 0.1)));

  @Test
  void driverTakesInEveryGradient() {
    // 0.2 s each, and 0.6 s of its own work.
    assertThat(new ClusterProjection(report, 10).driver())
        .isCloseTo(4 / (4 + 2 + 0.6), within(1e-9));
    assertThat(new ClusterProjection(report, 1000).driver())
        .isCloseTo(4 / (4 + 200 + 0.6), within(1e-9));
  }

  @Test
  void slicesCostEachMachineTheSameHoweverManyThereAre() {
    // 0.1 s at all, 0.05 s a gradient of which two were at a time, 16 and one on the way.
    double expected = 4 / (4 + 0.1 + 0.1 + 1.7 + 0.6);
    assertThat(new ClusterProjection(report, 16).sliced()).isCloseTo(expected, within(1e-9));
    assertThat(new ClusterProjection(report, 1024).sliced()).isCloseTo(expected, within(1e-9));
    assertThat(new ClusterProjection(report, 1024).slicedByMachine())
        .isCloseTo(4 / (4 + 0.1 + 0.1 + 0.2 + 0.6), within(1e-9));
  }

  @Test
  void whatIsExtrapolatedIsSaidToBe() {
    assertThat(report.text())
        .anyMatch(line -> line.startsWith("measured:"))
        .anyMatch(line -> line.startsWith("extrapolated:"))
        .anyMatch(line -> line.startsWith("Assumed:"));
    assertThat(report.json()).hasSize(1 + 4 + 8);
  }
}
