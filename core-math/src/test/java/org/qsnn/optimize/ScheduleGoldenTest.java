package org.qsnn.optimize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.qsnn.golden.GoldenCase.distance;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.qsnn.golden.GoldenCase;
import org.qsnn.quantize.AnnealingSchedule;

class ScheduleGoldenTest {
  @TestFactory
  Stream<DynamicTest> agreesWithTheReference() {
    return GoldenCase.tests("schedule", this::check);
  }

  private void check(GoldenCase golden) {
    int epochs = golden.parameter("epochs").intValue();
    AnnealingSchedule annealing = new AnnealingSchedule(epochs);
    LearningRateSchedule learningRate =
        new LearningRateSchedule(golden.parameter("base_lr").doubleValue(), epochs);
    float[] k = new float[epochs];
    float[] t = new float[epochs];
    float[] rate = new float[epochs];
    for (int epoch = 0; epoch < epochs; epoch++) {
      k[epoch] = annealing.at(epoch).k();
      t[epoch] = annealing.at(epoch).t();
      rate[epoch] = learningRate.at(epoch);
    }
    assertThat(distance(k, golden.floats("k"))).isLessThan(1e-5);
    assertThat(distance(t, golden.floats("t"))).isLessThan(1e-5);
    assertThat(distance(rate, golden.floats("lr"))).isLessThan(1e-5);
  }
}
