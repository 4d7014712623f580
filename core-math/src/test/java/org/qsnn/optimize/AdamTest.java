package org.qsnn.optimize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.qsnn.parameter.ParameterLayout;
import org.qsnn.parameter.Parameters;

class AdamTest {
  private static final double[][] GRADIENTS = {
    {1, -0.5, 2}, {0.25, 0.75, -1}, {0, 1e-4, 3}, {-2, 0.5, 0.5}, {1, 1, 1},
  };

  private final ParameterLayout layout =
      ParameterLayout.builder().add("fc.weight", 1, 2).add("fc.bias", 1).build();

  @Test
  void theFirstStepIsTheLearningRateAgainstTheSign() {
    Parameters parameters = new Parameters(layout, new float[] {1, 1, 1});
    Adam adam = new Adam(0.9f, 0.999f, 1e-8f, 0);
    OptimizerState state = OptimizerState.zeros(adam.stateNames(), layout);
    adam.stepInPlace(parameters, state, new float[] {1e-3f, -5, 0}, 0.1f, 0);
    assertThat(parameters.values()[0]).isCloseTo(0.9f, within(1e-5f));
    assertThat(parameters.values()[1]).isCloseTo(1.1f, within(1e-6f));
    assertThat(parameters.values()[2]).isEqualTo(1);
  }

  @Test
  void followsTheAlgorithmInDoublePrecision() {
    double beta1 = 0.9f;
    double beta2 = 0.99f;
    double epsilon = 1e-3f;
    double decay = 0.1f;
    double rate = 0.05f;
    Adam adam = new Adam(0.9f, 0.99f, 1e-3f, 0.1f);
    OptimizerState state = OptimizerState.zeros(adam.stateNames(), layout);
    Parameters parameters = new Parameters(layout, new float[] {0.5f, -2, 3});
    double[] w = {0.5, -2, 3};
    double[] m = new double[3];
    double[] v = new double[3];
    for (int t = 1; t <= GRADIENTS.length; t++) {
      float[] gradient = new float[3];
      for (int i = 0; i < 3; i++) {
        gradient[i] = (float) GRADIENTS[t - 1][i];
        double g = gradient[i] + (i < 2 ? decay * w[i] : 0);
        m[i] = beta1 * m[i] + (1 - beta1) * g;
        v[i] = beta2 * v[i] + (1 - beta2) * g * g;
        double mean = m[i] / (1 - Math.pow(beta1, t));
        double square = v[i] / (1 - Math.pow(beta2, t));
        w[i] -= rate * mean / (Math.sqrt(square) + epsilon);
      }
      adam.stepInPlace(parameters, state, gradient, 0.05f, t - 1);
    }
    for (int i = 0; i < 3; i++) {
      assertThat((double) parameters.values()[i]).isCloseTo(w[i], within(2e-6));
      assertThat((double) state.vectors().get("mean").values()[i]).isCloseTo(m[i], within(1e-6));
      assertThat((double) state.vectors().get("square").values()[i]).isCloseTo(v[i], within(1e-6));
    }
  }
}
