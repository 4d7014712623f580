package org.qsnn.network;

import java.util.Map;
import org.qsnn.model.BackwardPass;
import org.qsnn.model.ModelDescription;
import org.qsnn.model.NetworkSpec;
import org.qsnn.model.NetworkSpec.Convolution;
import org.qsnn.model.NetworkSpec.Layer;
import org.qsnn.model.PackedModel;
import org.qsnn.parameter.NetworkLayout;
import org.qsnn.parameter.ParameterInitializer;
import org.qsnn.parameter.Parameters;
import org.qsnn.quantize.DirectionalDerivative;
import org.qsnn.quantize.SynapticWeights;
import org.qsnn.quantize.WeightQuantizer;
import org.qsnn.tensor.FloatTensor;
import org.qsnn.tensor.Workspace;

/** A narrow network with fresh parameters, and inputs for it. */
final class SmallNetwork {
  final NetworkSpec spec;
  final NetworkLayout layout;
  final Parameters latent;
  final TrainingNetwork training;

  SmallNetwork(NetworkSpec spec) {
    this(spec, BackwardPass.PUBLISHED);
  }

  SmallNetwork(NetworkSpec spec, BackwardPass backward) {
    this.spec = spec;
    this.layout = NetworkLayout.of(spec);
    this.latent = ParameterInitializer.parameters(layout, 3);
    this.training = new TrainingNetwork(layout, backward);
  }

  SynapticWeights weights() {
    return new WeightQuantizer(layout).quantize(latent);
  }

  /** One image a sample. */
  Input images(int batch) {
    return input(batch, batch);
  }

  /** A frame for each timestep. */
  Input frames(int batch) {
    return input(batch, spec.timesteps() * batch);
  }

  private Input input(int batch, int images) {
    int size = spec.inputSize();
    float[] values = DirectionalDerivative.normal(images * imageLength(), 1, images);
    return new Input(FloatTensor.of(values, images, spec.inputChannels(), size, size), batch);
  }

  int imageLength() {
    return spec.inputChannels() * spec.inputSize() * spec.inputSize();
  }

  Targets targets(int batch) {
    int[] labels = new int[batch];
    for (int b = 0; b < batch; b++) {
      labels[b] = (7 * b + 1) % spec.classes();
    }
    return Targets.of(labels);
  }

  ShardGradient gradient(Input input, Workspace workspace) {
    return training.gradient(
        weights(), input, targets(input.batch()), LossTerms.of(0.005), workspace);
  }

  float[] trainingLogits(Input input, Workspace workspace) {
    return training.logits(weights(), input, workspace);
  }

  /** Packed with what training saw in one batch: its statistics and membrane scales. */
  PackedModel packed(Input input) {
    try (Workspace workspace = new Workspace()) {
      Parameters statistics =
          new Parameters(layout.statistics(), gradient(input, workspace).statistics());
      for (Layer layer : spec.layers()) {
        double count = (double) spec.timesteps() * input.batch() * layer.size() * layer.size();
        for (Convolution convolution : layer.convolutions()) {
          scaleVariance(statistics, convolution, (count - 1) / count);
        }
      }
      return ModelPacker.pack(layout, weights(), latent, statistics, ModelDescription.of(Map.of()));
    }
  }

  /** Training normalizes by the biased variance, but tells the unbiased one. */
  private static void scaleVariance(Parameters statistics, Convolution convolution, double factor) {
    String name = NetworkLayout.runningVariance(convolution);
    float[] variance = statistics.get(name);
    for (int c = 0; c < variance.length; c++) {
      variance[c] *= (float) factor;
    }
    statistics.setInPlace(name, variance);
  }
}
