package org.qsnn.optimize;

import java.util.ArrayList;
import java.util.List;
import org.qsnn.optimize.LearningRateSchedule.Shape;
import org.qsnn.parameter.ParameterLayout.Window;
import org.qsnn.parameter.Parameters;

/**
 * How parameters follow their gradient, from step to step.
 *
 * @param learningRate the highest
 * @param lastRate share of it that is left at the end
 * @param warmUp epochs in which the learning rate rises from 0; 0 for none
 * @param largestNorm a mean gradient with a larger Euclidean norm is scaled down to it; infinity
 *     for any
 * @param groups what other parameters are treated by than the optimizer's
 * @param averaging of the parameters
 */
public record Descent(
    Optimizer optimizer,
    Shape shape,
    double learningRate,
    double lastRate,
    double warmUp,
    double largestNorm,
    ParameterGroups groups,
    Averaging averaging) {
  /** Added to a norm before it divides, as PyTorch does. */
  private static final double EPSILON = 1e-6;

  /** Cosine annealing to 0 of all parameters alike, which are not averaged. */
  public Descent(Optimizer optimizer, double learningRate, double warmUp, double largestNorm) {
    this(
        optimizer,
        Shape.COSINE,
        learningRate,
        0,
        warmUp,
        largestNorm,
        ParameterGroups.ALIKE,
        Averaging.NONE);
  }

  /** The same without a warm-up and with gradients of any norm. */
  public static Descent of(Optimizer optimizer, double learningRate) {
    return new Descent(optimizer, learningRate, 0, Double.POSITIVE_INFINITY);
  }

  /** The same with an average of the parameters. */
  public Descent averaging(Averaging other) {
    return new Descent(
        optimizer, shape, learningRate, lastRate, warmUp, largestNorm, groups, other);
  }

  /** Names of the vectors that are kept from step to step: the optimizer's, then the average. */
  public List<String> stateNames() {
    List<String> names = new ArrayList<>(optimizer.stateNames());
    if (averaging.isOn()) {
      names.add(Averaging.AVERAGE);
    }
    return names;
  }

  public LearningRateSchedule learningRates(int epochs) {
    return new LearningRateSchedule(shape, learningRate, lastRate, epochs, warmUp);
  }

  /**
   * One step: clips the gradient, lets the optimizer follow it, and averages.
   *
   * @param parameters latent parameters, changed
   * @param state changed
   * @param gradient of the latent parameters, in their layout; changed
   * @param rate learning rate of this step
   * @param steps that were taken before
   */
  public void stepInPlace(
      Parameters parameters, OptimizerState state, float[] gradient, float rate, long steps) {
    groups.freezeInPlace(parameters.layout(), gradient);
    clipInPlace(gradient);
    groups.decayInPlace(parameters, gradient);
    List<Window> stretched = groups.stretched(parameters.layout());
    List<float[]> before = stretched.stream().map(w -> parameters.get(w.name())).toList();
    optimizer.stepInPlace(parameters, state, gradient, rate, steps);
    groups.stretchInPlace(parameters, stretched, before);
    averaging.followInPlace(parameters, state, steps);
  }

  /**
   * The parameters to validate, to test and to keep: the average if there is one.
   *
   * @param parameters latent parameters
   */
  public Parameters kept(Parameters parameters, OptimizerState state) {
    return averaging.isOn()
        ? new Parameters(parameters.layout(), state.values(Averaging.AVERAGE, parameters))
        : parameters;
  }

  /** Scales a gradient down if its norm is too large. */
  void clipInPlace(float[] gradient) {
    if (largestNorm == Double.POSITIVE_INFINITY) {
      return;
    }
    double squares = 0;
    for (float g : gradient) {
      squares = Math.fma((double) g, g, squares);
    }
    double factor = largestNorm / (Math.sqrt(squares) + EPSILON);
    if (factor < 1) {
      for (int i = 0; i < gradient.length; i++) {
        gradient[i] *= (float) factor;
      }
    }
  }
}
