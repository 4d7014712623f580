package org.qsnn.optimize;

import java.util.List;
import org.qsnn.parameter.ParameterLayout.Window;
import org.qsnn.parameter.Parameters;

/**
 * Muon (Jordan et al. 2024): the weights of each layer between the first and the last, as a matrix
 * {@code [output channels, inputs]}, step by a momentum whose singular values are made about equal:
 *
 * <pre>
 *   m ← momentum · m + g
 *   d = g + momentum · m                                   Nesterov's form
 *   w ← √rows · w / ‖w‖ − learningRate · orthogonal(d)
 * </pre>
 *
 * <p>Batch normalization follows each of these layers, and regulated weights are standardized
 * themselves, so that the length of w has no part in the forward pass; held at √rows it gives the
 * learning rate a meaning: about the share of w that a step replaces. A weight decay of w would
 * have no effect. All other parameters follow {@link Adam} at a share of the learning rate.
 *
 * @param others of all other parameters; m lies in its first vector, which these weights leave free
 * @param othersRate its learning rate as a share of these weights'
 */
public record Muon(float momentum, Adam others, float othersRate) implements Optimizer {

  @Override
  public List<String> stateNames() {
    return others.stateNames();
  }

  @Override
  public void stepInPlace(
      Parameters parameters,
      OptimizerState state,
      float[] gradient,
      float learningRate,
      long steps) {
    Optimizer.requireGradient(parameters, gradient);
    List<Window> hidden = parameters.layout().hidden();
    List<Window> rest =
        parameters.layout().windows().stream().filter(window -> !hidden.contains(window)).toList();
    others.stepInPlace(rest, parameters, state, gradient, learningRate * othersRate, steps);
    float[] velocity = state.values(Adam.MEAN, parameters);
    hidden.parallelStream()
        .forEach(window -> step(window, parameters.values(), velocity, gradient, learningRate));
  }

  private void step(
      Window window, float[] weights, float[] velocity, float[] gradient, float learningRate) {
    int rows = window.shape()[0];
    int offset = window.offset();
    float[] direction = new float[window.length()];
    for (int i = 0; i < direction.length; i++) {
      float g = gradient[offset + i];
      float v = Math.fma(momentum, velocity[offset + i], g);
      velocity[offset + i] = v;
      direction[i] = Math.fma(momentum, v, g);
    }
    Orthogonalization.inPlace(direction, rows, direction.length / rows);
    double norm = Orthogonalization.norm(weights, offset, window.end());
    float scale = norm == 0 ? 1 : (float) (Math.sqrt(rows) / norm);
    for (int i = 0; i < direction.length; i++) {
      weights[offset + i] = Math.fma(-learningRate, direction[i], scale * weights[offset + i]);
    }
  }
}
