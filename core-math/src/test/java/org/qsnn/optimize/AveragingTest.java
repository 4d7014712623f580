package org.qsnn.optimize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.qsnn.parameter.ParameterLayout;
import org.qsnn.parameter.Parameters;

class AveragingTest {
  private final ParameterLayout layout = ParameterLayout.builder().add("fc.weight", 1, 2).build();
  private final Parameters parameters = Parameters.zeros(layout);

  @Test
  void firstStepsHaveTheirPlainMean() {
    OptimizerState state = OptimizerState.zeros(List.of("average"), layout);
    Averaging averaging = new Averaging(0.9);
    float[] values = {3, -1, 4};
    for (int step = 0; step < values.length; step++) {
      parameters.setInPlace("fc.weight", new float[] {values[step], 1});
      averaging.followInPlace(parameters, state, step);
    }
    assertThat(state.vectors().get("average").values()[0]).isCloseTo(2, within(1e-6f));
    assertThat(state.vectors().get("average").values()[1]).isEqualTo(1);
  }

  @Test
  void laterStepsKeepTheDecaysPart() {
    OptimizerState state = OptimizerState.zeros(List.of("average"), layout);
    state.vectors().get("average").setInPlace("fc.weight", new float[] {1, 2});
    parameters.setInPlace("fc.weight", new float[] {3, -2});
    new Averaging(0.75).followInPlace(parameters, state, 1000);
    assertThat(state.vectors().get("average").values()).containsExactly(1.5f, 1);
  }

  @Test
  void descentKeepsTheAverageBesideTheOptimizersVectors() {
    Descent plain = Descent.of(new Sgd(0.9f, 0), 0.1);
    Descent averaged = plain.averaging(new Averaging(0.9));
    OptimizerState state = OptimizerState.zeros(averaged.stateNames(), layout);
    assertThat(plain.stateNames()).containsExactly("momentum");
    assertThat(averaged.stateNames()).containsExactly("momentum", "average");
    assertThat(plain.kept(parameters, state)).isSameAs(parameters);

    averaged.stepInPlace(parameters, state, new float[] {1, 1}, 0.5f, 0);
    averaged.stepInPlace(parameters, state, new float[] {0, 0}, 0.5f, 1);
    assertThat(parameters.values()[0]).isCloseTo(-0.95f, within(1e-6f));
    assertThat(averaged.kept(parameters, state).values()[0]).isCloseTo(-0.725f, within(1e-6f));
  }

  @Test
  void decayOfOneIsRefused() {
    assertThatThrownBy(() -> new Averaging(1)).hasMessageContaining("below 1; found 1.0");
  }
}
