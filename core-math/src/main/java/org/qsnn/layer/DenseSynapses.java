package org.qsnn.layer;

import org.qsnn.model.NetworkSpec.Convolution;
import org.qsnn.tensor.Activation;
import org.qsnn.tensor.FloatTensor;
import org.qsnn.tensor.Workspace;

/**
 * Weights of any value, through ND4J.
 *
 * @param weights {@code [out, in, k, k]}
 */
public record DenseSynapses(Convolution spec, FloatTensor weights) implements Synapses {
  @Override
  public void forward(Activation x, FloatTensor y, Workspace workspace) {
    FloatTensor floats = floats(x, workspace);
    Convolution2d.forward(spec, floats, weights, y);
    giveBack(floats, x, workspace);
  }

  @Override
  public void backward(
      Activation x, FloatTensor dy, FloatTensor dx, float[] dw, Workspace workspace) {
    FloatTensor floats = floats(x, workspace);
    FloatTensor gradient = workspace.take(weights.shape());
    Convolution2d.backward(spec, floats, weights, dy, dx, gradient);
    gradient.read(0, dw, 0, dw.length);
    workspace.give(gradient);
    giveBack(floats, x, workspace);
  }

  private static FloatTensor floats(Activation x, Workspace workspace) {
    if (x instanceof FloatTensor floats) {
      return floats;
    }
    FloatTensor floats = workspace.take(x.shape());
    float[] image = new float[x.size() / x.dimension(0)];
    for (int i = 0; i < x.size(); i += image.length) {
      x.read(i, image, 0, image.length);
      floats.write(i, image, 0, image.length);
    }
    return floats;
  }

  private static void giveBack(FloatTensor floats, Activation x, Workspace workspace) {
    if (floats != x) {
      workspace.give(floats);
    }
  }
}
