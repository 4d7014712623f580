package org.qsnn.layer;

import org.qsnn.model.NetworkSpec;
import org.qsnn.tensor.FloatTensor;
import org.qsnn.tensor.Workspace;

/** The last layer: global average or flattening, then a linear map, at every timestep. */
public final class Readout {
  private final NetworkSpec.Readout spec;

  public Readout(NetworkSpec.Readout spec) {
    this.spec = spec;
  }

  /**
   * A forward pass.
   *
   * @param features {@code [T·B, features]}
   * @param logits {@code [T, B, classes]}
   */
  public record Pass(FloatTensor x, FloatTensor features, FloatTensor weights, float[] logits) {}

  /** Gradients; {@code x} is scratch of the workspace. */
  public record Gradient(FloatTensor x, float[] weights, float[] bias) {}

  /**
   * @param x the last layer's output {@code [T·B, C, H, W]}
   */
  public Pass forward(FloatTensor x, FloatTensor weights, float[] bias, Workspace workspace) {
    int images = x.dimension(0);
    FloatTensor features = x;
    if (spec.globalAverage()) {
      features = workspace.tensor(spec.name() + ".features", images, x.dimension(1), 1, 1);
      AveragePool.forward(x, x.dimension(2), features);
    }
    features = features.reshape(images, spec.features());
    return new Pass(x, features, weights, Linear.forward(features, weights, bias));
  }

  /**
   * @param logitGradient {@code [T, B, classes]}
   */
  public Gradient backward(Pass pass, float[] logitGradient, Workspace workspace) {
    int images = pass.x().dimension(0);
    FloatTensor logits = workspace.tensor(spec.name() + ".gradient", images, spec.classes());
    logits.floats().put(logitGradient);
    FloatTensor w = workspace.take(pass.weights().shape());
    FloatTensor features = workspace.tensor(spec.name() + ".dx", images, spec.features());
    Linear.backward(pass.features(), pass.weights(), logits, features, w);
    FloatTensor x = workspace.take(pass.x().shape());
    if (spec.globalAverage()) {
      int channels = pass.x().dimension(1);
      AveragePool.backward(features.reshape(images, channels, 1, 1), x.dimension(2), x);
    } else {
      x.floats().put(features.floats());
    }
    float[] weights = w.toArray();
    workspace.give(w);
    return new Gradient(x, weights, biasGradient(logitGradient));
  }

  private float[] biasGradient(float[] logitGradient) {
    float[] bias = new float[spec.classes()];
    for (int i = 0; i < logitGradient.length; i++) {
      bias[i % bias.length] += logitGradient[i];
    }
    return bias;
  }
}
