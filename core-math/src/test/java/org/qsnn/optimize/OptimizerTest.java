package org.qsnn.optimize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.qsnn.parameter.ParameterLayout;
import org.qsnn.parameter.Parameters;

class OptimizerTest {
  private final ParameterLayout layout =
      ParameterLayout.builder().add("fc.weight", 1, 2).add("fc.bias", 1).build();

  @Test
  void accumulatesMomentumBeforeTheLearningRate() {
    // m: 1, then 0.5·1 + 1 = 1.5; w: 4 − 0.25·1 = 3.75, then 3.75 − 0.5·1.5 = 3
    Optimizer optimizer = new Optimizer(0.5f, 0);
    Parameters parameters = new Parameters(layout, new float[] {4, 4, 4});
    float[] velocity = new float[3];
    optimizer.stepInPlace(parameters, velocity, new float[] {1, 0, 1}, 0.25f);
    assertThat(parameters.values()).containsExactly(3.75f, 4, 3.75f);
    optimizer.stepInPlace(parameters, velocity, new float[] {1, 0, 1}, 0.5f);
    assertThat(parameters.values()).containsExactly(3, 4, 3);
    assertThat(velocity).containsExactly(1.5f, 0, 1.5f);
  }

  @Test
  void decaysSynapticWeightsOnly() {
    Optimizer optimizer = new Optimizer(0, 0.5f);
    Parameters parameters = new Parameters(layout, new float[] {4, -2, 4});
    optimizer.stepInPlace(parameters, new float[3], new float[3], 0.5f);
    assertThat(parameters.values()).containsExactly(3, -1.5f, 4);
  }

  @Test
  void theStandardIsTheRecipeOfThePaper() {
    assertThat(Optimizer.standard()).isEqualTo(new Optimizer(0.9f, 1e-4f));
  }

  @Test
  void leavesTheGradientAlone() {
    float[] gradient = {1, 2, 3};
    Optimizer.standard().stepInPlace(Parameters.zeros(layout), new float[3], gradient, 0.1f);
    assertThat(gradient).containsExactly(1, 2, 3);
  }

  @Test
  void refusesArraysOfAnotherLength() {
    Parameters parameters = Parameters.zeros(layout);
    assertThatThrownBy(
            () -> Optimizer.standard().stepInPlace(parameters, new float[3], new float[2], 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("gradient: expected 3 values, found 2");
    assertThatThrownBy(
            () -> Optimizer.standard().stepInPlace(parameters, new float[4], new float[3], 1))
        .hasMessage("velocity: expected 3 values, found 4");
  }

  @Test
  void theLearningRateFallsAlongACosine() {
    LearningRateSchedule schedule = new LearningRateSchedule(0.2, 4);
    assertThat(schedule.at(0)).isEqualTo(0.2f);
    assertThat(schedule.at(1)).isCloseTo(0.1f * (1 + 0.70710678f), within(1e-8f));
    assertThat(schedule.at(2)).isCloseTo(0.1f, within(1e-8f));
    assertThat(schedule.at(4)).isCloseTo(0, within(1e-8f));
    assertThatThrownBy(() -> new LearningRateSchedule(0.1, 0)).hasMessageContaining("found 0");
  }
}
