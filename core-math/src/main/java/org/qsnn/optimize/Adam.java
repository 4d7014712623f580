package org.qsnn.optimize;

import java.util.List;
import org.qsnn.parameter.ParameterLayout.Window;
import org.qsnn.parameter.Parameters;

/**
 * Adam (Kingma and Ba 2015, algorithm 1), in PyTorch's form, where weight decay is part of the
 * gradient:
 *
 * <pre>
 *   g ← g + decay · w                         decay only where w is a synaptic weight
 *   m ← β1 · m + (1 − β1) · g
 *   v ← β2 · v + (1 − β2) · g²
 *   w ← w − learningRate / (1 − β1ᵗ) · m / (√v / √(1 − β2ᵗ) + ε)
 * </pre>
 *
 * t counts the steps from 1; m and v start at 0.
 */
public record Adam(float beta1, float beta2, float epsilon, float weightDecay)
    implements Optimizer {
  static final String MEAN = "mean";
  private static final String SQUARE = "square";

  @Override
  public List<String> stateNames() {
    return List.of(MEAN, SQUARE);
  }

  @Override
  public void stepInPlace(
      Parameters parameters,
      OptimizerState state,
      float[] gradient,
      float learningRate,
      long steps) {
    Optimizer.requireGradient(parameters, gradient);
    stepInPlace(parameters.layout().windows(), parameters, state, gradient, learningRate, steps);
  }

  /** The same of some of the parameters. */
  void stepInPlace(
      List<Window> windows,
      Parameters parameters,
      OptimizerState state,
      float[] gradient,
      float learningRate,
      long steps) {
    float[] mean = state.values(MEAN, parameters);
    float[] square = state.values(SQUARE, parameters);
    float rate = (float) (learningRate / (1 - StrictMath.pow(beta1, steps + 1)));
    float root = (float) Math.sqrt(1 - StrictMath.pow(beta2, steps + 1));
    windows.parallelStream()
        .forEach(
            window -> {
              moments(window, parameters.values(), mean, square, gradient);
              step(window, parameters.values(), mean, square, rate, root);
            });
  }

  private void moments(
      Window window, float[] weights, float[] mean, float[] square, float[] gradient) {
    float decay = window.isWeight() ? weightDecay : 0f;
    int end = window.end();
    for (int i = window.offset(); i < end; i++) {
      float g = Math.fma(decay, weights[i], gradient[i]);
      mean[i] = Math.fma(beta1, mean[i], (1 - beta1) * g);
      square[i] = Math.fma(beta2, square[i], (1 - beta2) * g * g);
    }
  }

  /**
   * @param root of 1 − β2ᵗ
   */
  private void step(
      Window window, float[] weights, float[] mean, float[] square, float rate, float root) {
    int end = window.end();
    for (int i = window.offset(); i < end; i++) {
      float deviation = (float) Math.sqrt(square[i]) / root + epsilon;
      weights[i] -= rate * (mean[i] / deviation);
    }
  }
}
