package org.qsnn.optimize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.qsnn.parameter.ParameterLayout;
import org.qsnn.parameter.Parameters;

class MuonTest {
  private static final float[][] GRADIENTS = {
    {0.5f, -1, 2, 1, 0.25f, -0.5f},
    {-1, 0.5f, 0.125f, 2, -0.25f, 1},
    {0.25f, 0, -2, -0.5f, 1, 0.75f},
  };
  private static final float[] RATES = {0.2f, 0.1f, 0.05f};

  /** After each step with a momentum of ½: NumPy, float64. */
  private static final double[][] EXPECTED = {
    {0.30284004320, -0.66554795479, 0.06618484551, -0.12655522627, 1.05991691354, -0.31281802127},
    {0.36912364683, -0.74243469035, -0.01872646751, -0.19365530222, 1.12239807616, -0.38457187846},
    {0.35536368948, -0.73822089357, 0.01841987926, -0.18589654979, 1.03880140791, -0.37959144718},
  };

  private final ParameterLayout layout =
      ParameterLayout.builder()
          .add("first.conv.weight", 1, 1)
          .add("first.bn.bias", 1)
          .add("second.conv.weight", 2, 3, 1, 1)
          .add("fc.weight", 1, 1)
          .build();
  private final Adam adam = new Adam(0.9f, 0.99f, 1e-8f, 0);
  private final Muon muon = new Muon(0.5f, adam, 0.25f);

  @Test
  void hiddenWeightsFollowTheTraceOfAnotherImplementation() {
    Parameters parameters = start();
    OptimizerState state = OptimizerState.zeros(muon.stateNames(), layout);
    for (int step = 0; step < RATES.length; step++) {
      muon.stepInPlace(parameters, state, gradient(step), RATES[step], step);
      float[] weights = parameters.get("second.conv.weight");
      for (int i = 0; i < weights.length; i++) {
        assertThat((double) weights[i]).isCloseTo(EXPECTED[step][i], within(2e-6));
      }
    }
    assertThat(state.vectors().get("mean").get("second.conv.weight"))
        .containsExactly(-0.125f, 0, -1.4375f, 0.75f, 0.9375f, 1.125f);
    assertThat(state.vectors().get("square").get("second.conv.weight")).containsOnly(0);
  }

  @Test
  void allOtherParametersHaveTheBitsOfAdamAtTheirShareOfTheRate() {
    Parameters ours = start();
    Parameters theirs = start();
    OptimizerState state = OptimizerState.zeros(muon.stateNames(), layout);
    OptimizerState plain = OptimizerState.zeros(adam.stateNames(), layout);
    for (int step = 0; step < RATES.length; step++) {
      muon.stepInPlace(ours, state, gradient(step), RATES[step], step);
      adam.stepInPlace(theirs, plain, gradient(step), 0.25f * RATES[step], step);
    }
    for (String name : new String[] {"first.conv.weight", "first.bn.bias", "fc.weight"}) {
      assertThat(ours.get(name)).isEqualTo(theirs.get(name));
    }
  }

  @Test
  void gradientOfNothingLeavesWeightsButForTheirLength() {
    Parameters parameters = start();
    OptimizerState state = OptimizerState.zeros(muon.stateNames(), layout);
    muon.stepInPlace(parameters, state, new float[layout.size()], 0.2f, 0);
    float[] weights = parameters.get("second.conv.weight");
    assertThat(Orthogonalization.norm(weights, 0, 6)).isCloseTo(Math.sqrt(2), within(1e-6));
    assertThat(weights[1] / weights[0]).isCloseTo(-2, within(1e-6f));
  }

  private Parameters start() {
    return new Parameters(layout, new float[] {1, 2, 1, -2, 0.5f, 0.25f, 3, -1, 4});
  }

  private static float[] gradient(int step) {
    float[] gradient = new float[9];
    gradient[0] = 1 - step;
    gradient[1] = 0.5f;
    System.arraycopy(GRADIENTS[step], 0, gradient, 2, 6);
    gradient[8] = step;
    return gradient;
  }
}
