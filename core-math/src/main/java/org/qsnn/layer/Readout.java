package org.qsnn.layer;

import java.util.ArrayList;
import java.util.List;
import org.qsnn.model.NetworkSpec;
import org.qsnn.tensor.Activation;
import org.qsnn.tensor.FloatTensor;
import org.qsnn.tensor.Workspace;

/** The linear layers behind the last spiking layer, at every timestep. */
public final class Readout {
  private enum Role {
    X,
    DX,
    DY
  }

  private final List<NetworkSpec.Linear> layers;

  public Readout(NetworkSpec.Readout spec) {
    this.layers = spec.layers();
  }

  /**
   * A forward pass.
   *
   * @param inputs of each linear layer, {@code [T·B, features]}
   * @param logits {@code [T, B, classes]}
   */
  public record Pass(
      Activation x, List<FloatTensor> inputs, List<LinearWeights> weights, float[] logits) {}

  /** Of one linear layer: {@code weights [outputs, features]}, {@code bias [outputs]}. */
  public record LinearGradient(float[] weights, float[] bias) {}

  /**
   * @param x the last layer's output {@code [T·B, C, H, W]}
   * @param weights one for each linear layer
   */
  public Pass forward(Activation x, List<LinearWeights> weights, Workspace workspace) {
    List<FloatTensor> inputs = new ArrayList<>();
    float[] values = x.toArray();
    for (int i = 0; i < layers.size(); i++) {
      NetworkSpec.Linear layer = layers.get(i);
      FloatTensor input = workspace.tensor(Role.X, layer.name(), x.dimension(0), layer.features());
      input.write(values);
      inputs.add(input);
      values = Linear.forward(input, weights.get(i).weights(), weights.get(i).bias());
    }
    return new Pass(x, inputs, weights, values);
  }

  public List<NetworkSpec.Linear> layers() {
    return layers;
  }

  /**
   * The logits alone; a row's answer has the same bits in every batch.
   *
   * @param weights {@code [outputs, features]} of each linear layer
   * @param biases of each linear layer
   * @return {@code [T, B, classes]}
   */
  public float[] infer(Activation x, List<float[]> weights, List<float[]> biases) {
    float[] values = x.toArray();
    for (int i = 0; i < layers.size(); i++) {
      values = Linear.infer(values, weights.get(i), biases.get(i));
    }
    return values;
  }

  /**
   * @param logitGradient {@code [T, B, classes]}
   * @param dx gradient of what {@link #forward} read, overwritten
   * @return of each linear layer
   */
  public List<LinearGradient> backward(
      Pass pass, float[] logitGradient, FloatTensor dx, Workspace workspace) {
    LinearGradient[] gradients = new LinearGradient[layers.size()];
    int images = pass.x().dimension(0);
    float[] outputGradient = logitGradient;
    for (int i = layers.size() - 1; i >= 0; i--) {
      NetworkSpec.Linear layer = layers.get(i);
      FloatTensor y = workspace.tensor(Role.DY, layer.name(), images, layer.outputs());
      y.write(outputGradient);
      FloatTensor x = workspace.tensor(Role.DX, layer.name(), images, layer.features());
      FloatTensor w = workspace.take(layer.weightShape());
      Linear.backward(pass.inputs().get(i), pass.weights().get(i).weights(), y, x, w);
      gradients[i] = new LinearGradient(w.toArray(), biasGradient(outputGradient, layer.outputs()));
      workspace.give(w);
      outputGradient = x.toArray();
    }
    dx.write(outputGradient);
    return List.of(gradients);
  }

  private static float[] biasGradient(float[] outputGradient, int outputs) {
    float[] bias = new float[outputs];
    for (int i = 0; i < outputGradient.length; i++) {
      bias[i % outputs] += outputGradient[i];
    }
    return bias;
  }
}
