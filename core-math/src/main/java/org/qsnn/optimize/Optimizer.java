package org.qsnn.optimize;

import java.util.List;
import org.qsnn.parameter.Parameters;

/**
 * Turns gradients into steps. All that it keeps is in an {@link OptimizerState}, which lies in
 * checkpoints under its names; everything changes in place, in one pass over memory: a full network
 * has 50 MB of each vector, and a step is bound by memory.
 */
public interface Optimizer {
  /** Names of the vectors that it keeps, in the order in which they are stored. */
  List<String> stateNames();

  /**
   * One step; windows are worked on in parallel, which no bit depends on.
   *
   * @param parameters latent parameters, changed
   * @param state changed
   * @param gradient of the latent parameters, in their layout
   * @param steps that were taken before
   * @throws IllegalArgumentException if state or gradient are not of these parameters
   */
  void stepInPlace(
      Parameters parameters,
      OptimizerState state,
      float[] gradient,
      float learningRate,
      long steps);

  /**
   * @throws IllegalArgumentException if the gradient has not a number for each parameter
   */
  static void requireGradient(Parameters parameters, float[] gradient) {
    int expected = parameters.values().length;
    if (gradient.length != expected) {
      throw new IllegalArgumentException(
          "gradient: expected " + expected + " values, found " + gradient.length);
    }
  }
}
