package org.qsnn.optimize;

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
 * <p>All state is in the arrays of the caller. They change in place, one pass over memory: a full
 * network has 50 MB of each, and a step is bound by memory.
 */
public record Optimizer(float momentum, float weightDecay) {

  /** Momentum 0.9, weight decay 1e-4: the paper's recipe. */
  public static Optimizer standard() {
    return new Optimizer(0.9f, 1e-4f);
  }

  /**
   * One step; windows are worked on in parallel, which no bit depends on.
   *
   * @param parameters latent parameters, changed
   * @param velocity the momentum of each parameter, 0 before the first step, changed
   * @param gradient of the latent parameters
   */
  public void stepInPlace(
      Parameters parameters, float[] velocity, float[] gradient, float learningRate) {
    checkLength("velocity", velocity, parameters);
    checkLength("gradient", gradient, parameters);
    parameters.layout().windows().parallelStream()
        .forEach(window -> step(window, parameters.values(), velocity, gradient, learningRate));
  }

  private void step(
      Window window, float[] weights, float[] velocity, float[] gradient, float learningRate) {
    float keep = momentum;
    float decay = window.isWeight() ? weightDecay : 0f;
    int end = window.end();
    for (int i = window.offset(); i < end; i++) {
      float v = Math.fma(keep, velocity[i], Math.fma(decay, weights[i], gradient[i]));
      velocity[i] = v;
      weights[i] = Math.fma(-learningRate, v, weights[i]);
    }
  }

  private static void checkLength(String what, float[] values, Parameters parameters) {
    int expected = parameters.values().length;
    if (values.length != expected) {
      throw new IllegalArgumentException(
          what + ": expected " + expected + " values, found " + values.length);
    }
  }
}
