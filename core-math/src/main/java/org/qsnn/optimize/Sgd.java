package org.qsnn.optimize;

import java.util.List;
import org.qsnn.parameter.ParameterLayout.Window;
import org.qsnn.parameter.Parameters;

/**
 * Stochastic gradient descent with momentum, in PyTorch's form:
 *
 * <pre>
 *   m ← momentum · m + (g + decay · w)        decay only where w is a synaptic weight
 *   w ← w − learningRate · m
 * </pre>
 *
 * With Nesterov's momentum the last line is {@code w ← w − learningRate · (g + decay · w + momentum
 * · m)}.
 *
 * <p>m starts at 0.
 */
public record Sgd(float momentum, float weightDecay, boolean isNesterov) implements Optimizer {
  private static final String MOMENTUM = "momentum";

  public Sgd(float momentum, float weightDecay) {
    this(momentum, weightDecay, false);
  }

  /** Momentum 0.9, weight decay 1e-4: the paper's recipe. */
  public static Sgd standard() {
    return new Sgd(0.9f, 1e-4f);
  }

  @Override
  public List<String> stateNames() {
    return List.of(MOMENTUM);
  }

  @Override
  public void stepInPlace(
      Parameters parameters,
      OptimizerState state,
      float[] gradient,
      float learningRate,
      long steps) {
    Optimizer.requireGradient(parameters, gradient);
    float[] velocity = state.values(MOMENTUM, parameters);
    parameters.layout().windows().parallelStream()
        .forEach(window -> step(window, parameters.values(), velocity, gradient, learningRate));
  }

  private void step(
      Window window, float[] weights, float[] velocity, float[] gradient, float learningRate) {
    float keep = momentum;
    float decay = window.isWeight() ? weightDecay : 0f;
    int end = window.end();
    for (int i = window.offset(); i < end; i++) {
      float g = Math.fma(decay, weights[i], gradient[i]);
      float v = Math.fma(keep, velocity[i], g);
      velocity[i] = v;
      float direction = isNesterov ? Math.fma(keep, v, g) : v;
      weights[i] = Math.fma(-learningRate, direction, weights[i]);
    }
  }
}
