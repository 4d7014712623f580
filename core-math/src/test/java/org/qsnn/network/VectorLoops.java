package org.qsnn.network;

import org.qsnn.model.Architecture;
import org.qsnn.model.Architectures;
import org.qsnn.model.BackwardPass;
import org.qsnn.model.LifNeuron;
import org.qsnn.model.LifNeuron.Firing;
import org.qsnn.model.LifNeuron.Quantization;
import org.qsnn.model.MembraneBits;
import org.qsnn.model.Surrogate;
import org.qsnn.model.Surrogate.Form;
import org.qsnn.model.WeightScheme;
import org.qsnn.optimize.Adam;
import org.qsnn.optimize.Muon;
import org.qsnn.optimize.OptimizerState;
import org.qsnn.quantize.DirectionalDerivative;
import org.qsnn.tensor.JvmOptions;
import org.qsnn.tensor.NativeRuntime;
import org.qsnn.tensor.Workspace;

/** A process that trains until the compiler has seen every vector loop. */
final class VectorLoops {
  private static final int STEPS = 24;
  private static final int BATCH = 8;

  /** A batch that fills a vector or two. */
  private static final int FEW = 2;

  private VectorLoops() {}

  /**
   * Rows of 32 and of 48 columns, few images and more, pooled inputs, and channels for every form
   * of gradient.
   *
   * @param arguments whether to ask of this JVM what commands ask
   */
  public static void main(String[] arguments) {
    if (Boolean.parseBoolean(arguments[0])) {
      JvmOptions.apply();
    }
    NativeRuntime.start();
    train("resnet19", 32, 3, 32, Quantization.AFTER_RESET, Form.TRIANGLE);
    train("vggsnn", 16, 2, 48, Quantization.AFTER_RESET, Form.SIGMOID);
    train("vggsnn", 16, 2, 48, Quantization.BEFORE_FIRING, Form.ARCTANGENT);
    train("vggsnn", 8, 2, 48, Quantization.AFTER_RESET, Form.RECTANGLE);
    train("resnet19", 32, 3, 32, BackwardPass.INTEGERS);
    train("vggsnn", 16, 2, 48, BackwardPass.INTEGERS);
  }

  private static void train(
      String name, int width, int channels, int size, Quantization quantization, Form form) {
    BackwardPass backward = new BackwardPass(new Surrogate(form, 1), BackwardPass.FLOATS);
    train(name, width, channels, size, quantization, backward);
  }

  private static void train(String name, int width, int channels, int size, int gradientBits) {
    BackwardPass backward = new BackwardPass(Surrogate.PUBLISHED, gradientBits);
    train(name, width, channels, size, Quantization.AFTER_RESET, backward);
  }

  private static void train(
      String name,
      int width,
      int channels,
      int size,
      Quantization quantization,
      BackwardPass backward) {
    Architecture architecture = Architectures.named(name);
    SmallNetwork network =
        new SmallNetwork(
            architecture.spec(
                width,
                2,
                channels,
                size,
                10,
                WeightScheme.REGULATED,
                MembraneBits.of(8),
                new LifNeuron(quantization, Firing.ABOVE),
                architecture.usualHead()),
            backward);
    try (Workspace workspace = new Workspace()) {
      for (int step = 0; step < STEPS; step++) {
        network.gradient(network.images(BATCH), workspace);
        network.gradient(network.images(FEW), workspace);
      }
      evaluate(network, workspace);
    }
    descend(network);
  }

  private static void evaluate(SmallNetwork network, Workspace workspace) {
    Input input = network.images(BATCH);
    InferenceNetwork inference = new InferenceNetwork(network.packed(input), workspace);
    for (int step = 0; step < STEPS; step++) {
      inference.answer(input);
    }
  }

  /** By the optimizer whose steps multiply matrices. */
  private static void descend(SmallNetwork network) {
    Muon muon = new Muon(0.9f, new Adam(0.9f, 0.999f, 1e-8f, 0), 0.2f);
    OptimizerState state = OptimizerState.zeros(muon.stateNames(), network.layout.parameters());
    float[] gradient = DirectionalDerivative.normal(network.layout.parameters().size(), 1, STEPS);
    for (int step = 0; step < STEPS; step++) {
      muon.stepInPlace(network.latent, state, gradient, 0.01f, step);
    }
  }
}
