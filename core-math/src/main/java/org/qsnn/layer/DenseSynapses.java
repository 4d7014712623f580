package org.qsnn.layer;

import org.qsnn.model.NetworkSpec.Convolution;
import org.qsnn.tensor.FloatTensor;
import org.qsnn.tensor.Workspace;

/**
 * Weights of any value, through ND4J.
 *
 * @param weights {@code [out, in, k, k]}
 */
public record DenseSynapses(Convolution spec, FloatTensor weights) implements Synapses {
  @Override
  public void forward(FloatTensor x, FloatTensor y, Workspace workspace) {
    Convolution2d.forward(spec, x, weights, y);
  }

  @Override
  public void backward(
      FloatTensor x, FloatTensor dy, FloatTensor dx, float[] dw, Workspace workspace) {
    FloatTensor gradient = workspace.take(weights.shape());
    Convolution2d.backward(spec, x, weights, dy, dx, gradient);
    gradient.read(0, dw, 0, dw.length);
    workspace.give(gradient);
  }
}
