package org.qsnn.layer;

import org.qsnn.model.NetworkSpec.Convolution;
import org.qsnn.tensor.Activation;
import org.qsnn.tensor.FloatSource;
import org.qsnn.tensor.FloatTensor;
import org.qsnn.tensor.Workspace;

/**
 * Weights of any value, through ND4J, or of frames with one or two channels as {@link
 * DirectConvolution} has it.
 *
 * @param weights {@code [out, in, k, k]}; on the heap, where tasks share them, and copied to a
 *     task's own memory for the pass that reads them
 */
public record DenseSynapses(Convolution spec, float[] weights) implements Synapses {
  @Override
  public void forward(Activation x, FloatTensor y, BatchMoments moments, Workspace workspace) {
    if (DirectConvolution.suits(spec)) {
      new DirectConvolution(spec, x.dimension(2)).forward(x, weights, y, moments, workspace);
      return;
    }
    FloatTensor floats = floats(x, x.shape(), workspace);
    FloatTensor w = weights(workspace);
    Convolution2d.forward(spec, floats, w, y);
    workspace.give(w);
    giveBack(floats, x, workspace);
    if (moments != null) {
      moments.add(y);
    }
  }

  @Override
  public void backward(
      Activation x, FloatSource dy, FloatTensor dx, float[] dw, int at, Workspace workspace) {
    if (dx == null && DirectConvolution.suits(spec)) {
      new DirectConvolution(spec, x.dimension(2)).weightGradient(x, dy, dw, at, workspace);
      return;
    }
    FloatTensor inputGradient = dx == null ? workspace.take(x.shape()) : dx;
    FloatTensor floats = floats(x, x.shape(), workspace);
    int[] outputShape = NormalizedConvolution.outputShape(spec, x);
    FloatTensor outputGradient = floats(dy, outputShape, workspace);
    FloatTensor w = weights(workspace);
    FloatTensor gradient = workspace.take(spec.weightShape());
    Convolution2d.backward(spec, floats, w, outputGradient, inputGradient, gradient);
    gradient.read(0, dw, at, gradient.size());
    workspace.give(gradient);
    workspace.give(w);
    giveBack(outputGradient, dy, workspace);
    giveBack(floats, x, workspace);
    giveBack(inputGradient, dx, workspace);
  }

  private FloatTensor weights(Workspace workspace) {
    FloatTensor floats = workspace.take(spec.weightShape());
    floats.write(weights);
    return floats;
  }

  private static FloatTensor floats(FloatSource x, int[] shape, Workspace workspace) {
    if (x instanceof FloatTensor floats) {
      return floats;
    }
    FloatTensor floats = workspace.take(shape);
    float[] image = new float[floats.size() / shape[0]];
    for (int i = 0; i < floats.size(); i += image.length) {
      x.read(i, image, 0, image.length);
      floats.write(i, image, 0, image.length);
    }
    return floats;
  }

  private static void giveBack(FloatTensor floats, FloatSource x, Workspace workspace) {
    if (floats != x) {
      workspace.give(floats);
    }
  }
}
