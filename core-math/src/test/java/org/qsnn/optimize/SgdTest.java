package org.qsnn.optimize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.qsnn.parameter.ParameterLayout;
import org.qsnn.parameter.Parameters;

class SgdTest {
  private final ParameterLayout layout =
      ParameterLayout.builder().add("fc.weight", 1, 2).add("fc.bias", 1).build();
  private final OptimizerState state = OptimizerState.zeros(Sgd.standard().stateNames(), layout);

  @Test
  void accumulatesMomentumBeforeTheLearningRate() {
    // m: 1, then 0.5·1 + 1 = 1.5; w: 4 − 0.25·1 = 3.75, then 3.75 − 0.5·1.5 = 3
    Optimizer optimizer = new Sgd(0.5f, 0);
    Parameters parameters = new Parameters(layout, new float[] {4, 4, 4});
    optimizer.stepInPlace(parameters, state, new float[] {1, 0, 1}, 0.25f, 0);
    assertThat(parameters.values()).containsExactly(3.75f, 4, 3.75f);
    optimizer.stepInPlace(parameters, state, new float[] {1, 0, 1}, 0.5f, 1);
    assertThat(parameters.values()).containsExactly(3, 4, 3);
    assertThat(state.vectors().get("momentum").values()).containsExactly(1.5f, 0, 1.5f);
  }

  @Test
  void nesterovsMomentumLooksAhead() {
    // m: 1, then 1.5; direction: 1 + 0.5·1 = 1.5, then 1 + 0.5·1.5 = 1.75
    Optimizer optimizer = new Sgd(0.5f, 0, true);
    Parameters parameters = new Parameters(layout, new float[] {4, 4, 4});
    optimizer.stepInPlace(parameters, state, new float[] {1, 0, 1}, 0.25f, 0);
    assertThat(parameters.values()).containsExactly(3.625f, 4, 3.625f);
    optimizer.stepInPlace(parameters, state, new float[] {1, 0, 1}, 0.5f, 1);
    assertThat(parameters.values()).containsExactly(2.75f, 4, 2.75f);
    assertThat(state.vectors().get("momentum").values()).containsExactly(1.5f, 0, 1.5f);
  }

  @Test
  void decaysSynapticWeightsOnly() {
    Optimizer optimizer = new Sgd(0, 0.5f);
    Parameters parameters = new Parameters(layout, new float[] {4, -2, 4});
    optimizer.stepInPlace(parameters, state, new float[3], 0.5f, 0);
    assertThat(parameters.values()).containsExactly(3, -1.5f, 4);
  }

  @Test
  void theStandardIsTheRecipeOfThePaper() {
    assertThat(Sgd.standard()).isEqualTo(new Sgd(0.9f, 1e-4f));
  }

  @Test
  void leavesTheGradientAlone() {
    float[] gradient = {1, 2, 3};
    Sgd.standard().stepInPlace(Parameters.zeros(layout), state, gradient, 0.1f, 0);
    assertThat(gradient).containsExactly(1, 2, 3);
  }

  @Test
  void refusesVectorsOfOtherParameters() {
    Parameters parameters = Parameters.zeros(layout);
    assertThatThrownBy(() -> Sgd.standard().stepInPlace(parameters, state, new float[2], 1, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("gradient: expected 3 values, found 2");
    ParameterLayout other = ParameterLayout.builder().add("fc.bias", 4).build();
    OptimizerState longer = OptimizerState.zeros(Sgd.standard().stateNames(), other);
    assertThatThrownBy(() -> Sgd.standard().stepInPlace(parameters, longer, new float[3], 1, 0))
        .hasMessage("momentum: expected 3 values, found 4");
    OptimizerState none = new OptimizerState(Map.of());
    assertThatThrownBy(() -> Sgd.standard().stepInPlace(parameters, none, new float[3], 1, 0))
        .hasMessage("momentum: expected 3 values, found none");
  }
}
