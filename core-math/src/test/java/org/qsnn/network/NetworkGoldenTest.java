package org.qsnn.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.qsnn.golden.GoldenCase;
import org.qsnn.model.Architecture;
import org.qsnn.model.Architectures;
import org.qsnn.model.Head;
import org.qsnn.model.LifNeuron;
import org.qsnn.model.MembraneBits;
import org.qsnn.model.ModelDescription;
import org.qsnn.model.NetworkSpec;
import org.qsnn.model.WeightScheme;
import org.qsnn.network.LossTerms.OverLayers;
import org.qsnn.optimize.OptimizerState;
import org.qsnn.optimize.Sgd;
import org.qsnn.parameter.NetworkLayout;
import org.qsnn.parameter.Parameters;
import org.qsnn.parameter.RunningStatistics;
import org.qsnn.quantize.Annealing;
import org.qsnn.quantize.SynapticWeights;
import org.qsnn.quantize.WeightQuantizer;
import org.qsnn.tensor.FloatTensor;
import org.qsnn.tensor.Workspace;

class NetworkGoldenTest {
  private static final LifNeuron AS_WRITTEN =
      new LifNeuron(LifNeuron.Quantization.BEFORE_FIRING, LifNeuron.Firing.AT_OR_ABOVE);

  @TestFactory
  Stream<DynamicTest> stepsAgree() {
    return GoldenCase.tests("network", golden -> new Steps(golden).check());
  }

  /** A golden network and the three SGD steps it takes. */
  private static final class Steps {
    private final GoldenCase golden;
    private final NetworkSpec spec;
    private final NetworkLayout layout;
    private final WeightQuantizer quantizer;
    private final TrainingNetwork network;
    private final Annealing annealing;
    private final Parameters latent;
    private final Parameters statistics;
    private final int[] labels;
    private final Input input;
    private final Workspace workspace = new Workspace();

    Steps(GoldenCase golden) {
      this.golden = golden;
      int[] shape = golden.shape("input");
      boolean isStatic = shape.length == 4;
      Architecture architecture = Architectures.named(text("architecture"));
      spec =
          architecture.spec(
              number("width"),
              number("timesteps"),
              shape[isStatic ? 1 : 2],
              number("input_size"),
              number("classes"),
              scheme(text("weights")),
              MembraneBits.of(number("bits")),
              golden.isAsWritten() ? AS_WRITTEN : LifNeuron.PUBLISHED,
              golden.isAsWritten() ? Head.AVERAGED : architecture.usualHead());
      layout = NetworkLayout.of(spec);
      quantizer = new WeightQuantizer(layout);
      network = new TrainingNetwork(layout);
      annealing = new Annealing(decimal("k"), decimal("t"));
      latent = parameters(Parameters.zeros(layout.parameters()), "param.");
      statistics = parameters(Parameters.zeros(layout.statistics()), "param.");
      labels = golden.ints("labels");
      input = new Input(images(golden, shape), labels.length);
    }

    void check() {
      checkLogits();
      Sgd sgd = new Sgd(decimal("momentum"), decimal("weight_decay"));
      OptimizerState momentum = OptimizerState.zeros(sgd.stateNames(), layout.parameters());
      float[] losses = golden.floats("loss_per_step");
      for (int step = 0; step < number("steps"); step++) {
        ShardGradient sum = gradient();
        assertThat(sum.crossEntropy() + sum.rateTerm())
            .as("loss of step %d", step)
            .isCloseTo(losses[step], org.assertj.core.data.Percentage.withPercentage(0.01));
        quantizer.backwardInPlace(latent, sum.gradient(), annealing);
        if (step == 0) {
          checkRates(sum.rates());
          checkGradients(new Parameters(layout.parameters(), sum.gradient()));
        }
        RunningStatistics.updateInPlace(layout, statistics, latent, sum.statistics(), step == 0);
        sgd.stepInPlace(latent, momentum, sum.gradient(), decimal("lr"), step);
      }
      checkWindows("after.", latent, 1e-4);
      checkWindows("after.", statistics, 1e-4);
      checkEvaluation();
    }

    private ShardGradient gradient() {
      return network.gradient(
          quantizer.quantize(latent), input, Targets.of(labels), terms(), workspace);
    }

    private LossTerms terms() {
      OverLayers overLayers = golden.isAsWritten() ? OverLayers.SUM : OverLayers.MEAN;
      return new LossTerms(decimal("lambda"), overLayers, 0, 0);
    }

    private void checkLogits() {
      SynapticWeights weights = quantizer.quantize(latent);
      float[] logits = network.logits(weights, input, workspace);
      assertThat(GoldenCase.distance(logits, golden.floats("logits"))).isLessThan(1e-4);
    }

    private void checkRates(double[] rates) {
      float[] expected = golden.floats("firing_rates");
      int timesteps = rates.length / expected.length;
      for (int i = 0; i < expected.length; i++) {
        double rate = Arrays.stream(rates, i * timesteps, (i + 1) * timesteps).sum() / timesteps;
        assertThat((float) rate).as("firing rate %d", i).isEqualTo(expected[i]);
      }
    }

    private void checkGradients(Parameters gradient) {
      for (String name : golden.tensors("grad.")) {
        float[] expected = golden.floats("grad." + name);
        if (name.endsWith("conv.bias")) {
          assertThat(gradient.get(name))
              .as(name)
              .containsExactly(expected, org.assertj.core.data.Offset.offset(1e-5f));
        } else {
          assertThat(GoldenCase.distance(gradient.get(name), expected))
              .as("gradient of %s", name)
              .isLessThan(1e-3);
        }
      }
    }

    private void checkWindows(String prefix, Parameters found, double tolerance) {
      for (String name : golden.tensors(prefix)) {
        if (found.layout().contains(name)) {
          float[] expected = golden.floats(prefix + name);
          if (name.endsWith("conv.bias")) {
            assertThat(found.get(name))
                .as(name)
                .containsExactly(expected, org.assertj.core.data.Offset.offset(1e-5f));
          } else {
            assertThat(GoldenCase.distance(found.get(name), expected))
                .as("%s after the steps", name)
                .isLessThan(tolerance);
          }
        }
      }
    }

    /** The golden evaluation takes the batch's membrane scales, which training's forward yields. */
    private void checkEvaluation() {
      if (!golden.has("logits_eval_after")) {
        return;
      }
      InferenceNetwork inference =
          new InferenceNetwork(
              ModelPacker.pack(
                  layout,
                  quantizer.quantize(latent),
                  latent,
                  statistics,
                  ModelDescription.of(Map.of())),
              new Workspace());
      float[] logits = inference.answerWithBatchScales(input).logits();
      assertThat(GoldenCase.distance(logits, golden.floats("logits_eval_after")))
          .as("logits at evaluation")
          .isLessThan(1e-4);
    }

    private Parameters parameters(Parameters target, String prefix) {
      for (String name : golden.tensors(prefix)) {
        if (target.layout().contains(name)) {
          target.setInPlace(name, golden.floats(prefix + name));
        }
      }
      return target;
    }

    private String text(String name) {
      return golden.parameter(name).asText();
    }

    private int number(String name) {
      return golden.parameter(name).asInt();
    }

    private float decimal(String name) {
      return (float) golden.parameter(name).asDouble();
    }
  }

  private static FloatTensor images(GoldenCase golden, int[] shape) {
    float[] values = golden.floats("input");
    int n = shape.length;
    int images = n == 4 ? shape[0] : shape[0] * shape[1];
    return FloatTensor.of(values, images, shape[n - 3], shape[n - 2], shape[n - 1]);
  }

  private static WeightScheme scheme(String weights) {
    return switch (weights) {
      case "wsdr" -> WeightScheme.REGULATED;
      case "as-written" -> WeightScheme.LAYER_REGULATED_MEAN;
      case "plain" -> WeightScheme.PLAIN;
      case "fp" -> WeightScheme.FLOAT;
      default -> throw new IllegalArgumentException(weights);
    };
  }
}
