package org.qsnn.optimize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.qsnn.optimize.LearningRateSchedule.Shape;
import org.qsnn.parameter.ParameterLayout;
import org.qsnn.parameter.Parameters;

class ParameterGroupsTest {
  private final ParameterLayout layout =
      ParameterLayout.builder()
          .add("first.conv.weight", 1, 1)
          .add("first.bn.weight", 1)
          .add("first.bn.bias", 1)
          .add("second.conv.weight", 1, 1)
          .add("fc.weight", 1, 1)
          .add("fc.bias", 1)
          .build();

  @Test
  void normBiasesStepByTheirFactorAndAllElseAsEver() {
    float[] values = step(new ParameterGroups(0, 4, false));
    float[] alike = step(ParameterGroups.ALIKE);
    assertThat(values[2]).isCloseTo(1 - 4 * 0.1f, within(1e-6f));
    values[2] = alike[2];
    assertThat(values).containsExactly(alike);
  }

  @Test
  void hiddenWeightsHaveADecayOfTheirOwn() {
    float[] values = step(new ParameterGroups(-0.5f, 1, false));
    float[] alike = step(ParameterGroups.ALIKE);
    // With a decay of ½ for all weights and −½ on top the hidden ones have none: 1 − 0.1 · 1.
    assertThat(values[3]).isEqualTo(0.9f);
    values[3] = alike[3];
    assertThat(values).containsExactly(alike);
  }

  @Test
  void frozenWeightsOfTheFirstLayerStayAndHaveNoPartInTheNorm() {
    float[] values = step(new ParameterGroups(0, 1, true), 2);
    assertThat(values[0]).isEqualTo(1);
    // Five gradients of 1 have a norm of √5, clipped to 2; with the weight decay of ½ on weights.
    float[] others = {values[1], values[2], values[5]};
    float expected = (float) (1 - 0.1 * 2 / Math.sqrt(5));
    assertThat(others).containsExactly(new float[] {expected, expected, expected}, within(1e-6f));
  }

  private float[] step(ParameterGroups groups) {
    return step(groups, 1e9);
  }

  private float[] step(ParameterGroups groups, double largestNorm) {
    Parameters parameters = new Parameters(layout, new float[] {1, 1, 1, 1, 1, 1});
    Descent descent =
        new Descent(new Sgd(0, 0.5f), Shape.COSINE, 0.1, 0, 0, largestNorm, groups, Averaging.NONE);
    OptimizerState state = OptimizerState.zeros(descent.stateNames(), layout);
    descent.stepInPlace(parameters, state, new float[] {1, 1, 1, 1, 1, 1}, 0.1f, 0);
    return parameters.values();
  }
}
