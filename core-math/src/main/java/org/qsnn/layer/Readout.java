package org.qsnn.layer;

import org.qsnn.model.NetworkSpec;
import org.qsnn.tensor.Activation;
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
  public record Pass(Activation x, FloatTensor features, FloatTensor weights, float[] logits) {}

  /** Gradients; {@code x} is scratch of the workspace. */
  public record Gradient(FloatTensor x, float[] weights, float[] bias) {}

  /**
   * @param x the last layer's output {@code [T·B, C, H, W]}
   */
  public Pass forward(Activation x, FloatTensor weights, float[] bias, Workspace workspace) {
    FloatTensor features = features(x, workspace);
    return new Pass(x, features, weights, Linear.forward(features, weights, bias));
  }

  /**
   * The logits alone, each a sum in double in the order of the features: a row's answer has the
   * same bits in every batch, which no blocked matrix product promises.
   *
   * @param weights {@code [classes, features]}
   * @return {@code [T, B, classes]}
   */
  public float[] infer(Activation x, float[] weights, float[] bias, Workspace workspace) {
    float[] features = features(x, workspace).toArray();
    int size = spec.features();
    float[] logits = new float[features.length / size * spec.classes()];
    for (int i = 0; i < logits.length; i++) {
      int row = i / spec.classes();
      int k = i % spec.classes();
      double sum = bias[k];
      for (int j = 0; j < size; j++) {
        sum += (double) weights[k * size + j] * features[row * size + j];
      }
      logits[i] = (float) sum;
    }
    return logits;
  }

  private FloatTensor features(Activation x, Workspace workspace) {
    int images = x.dimension(0);
    String name = spec.name() + ".features";
    if (!spec.globalAverage()) {
      FloatTensor flat = workspace.tensor(name, images, spec.features());
      flat.write(x.toArray());
      return flat;
    }
    FloatTensor averages = workspace.tensor(name, images, x.dimension(1), 1, 1);
    AveragePool.forward(x, x.dimension(2), averages);
    return averages.reshape(images, spec.features());
  }

  /**
   * @param logitGradient {@code [T, B, classes]}
   */
  public Gradient backward(Pass pass, float[] logitGradient, Workspace workspace) {
    int images = pass.x().dimension(0);
    FloatTensor logits = workspace.tensor(spec.name() + ".gradient", images, spec.classes());
    logits.write(logitGradient);
    FloatTensor w = workspace.take(pass.weights().shape());
    FloatTensor features = workspace.tensor(spec.name() + ".dx", images, spec.features());
    Linear.backward(pass.features(), pass.weights(), logits, features, w);
    FloatTensor x = workspace.take(pass.x().shape());
    if (spec.globalAverage()) {
      int channels = pass.x().dimension(1);
      AveragePool.backward(features.reshape(images, channels, 1, 1), x.dimension(2), x);
    } else {
      x.write(features.toArray());
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
