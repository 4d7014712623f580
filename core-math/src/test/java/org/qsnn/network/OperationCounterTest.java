package org.qsnn.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.qsnn.metric.Evaluation;
import org.qsnn.metric.NeuroBench;
import org.qsnn.metric.OperationCounts;
import org.qsnn.model.Architecture;
import org.qsnn.model.FoldedBatchNorm;
import org.qsnn.model.ModelDescription;
import org.qsnn.model.NetworkSpec;
import org.qsnn.model.PackedModel;
import org.qsnn.model.QuantizedTensor;
import org.qsnn.model.WeightScheme;
import org.qsnn.tensor.FloatTensor;
import org.qsnn.tensor.Workspace;

/**
 * Counts of a network that can be followed by hand, on 3 × 3 pixels at two timesteps.
 *
 * <p>Layer a doubles a pixel of 1, which fires. Layer b sums the nine neighbors into its first
 * channel, by whose scale of 0 it is silent; its second channel has weights of 0 and an offset that
 * always fires. The readout reads both; its second class has weights of 0.
 */
class OperationCounterTest {
  private static final NetworkSpec SPEC =
      Architecture.custom("conv 1 named a, conv 2 named b, readout")
          .spec(1, 2, 1, 3, 2, WeightScheme.FLOAT, 32);

  private static final PackedModel MODEL =
      new PackedModel(
          SPEC,
          List.of(
              QuantizedTensor.floats(
                  "a.conv.weight", new int[] {1, 1, 3, 3}, new float[] {0, 0, 0, 0, 1, 0, 0, 0, 0}),
              QuantizedTensor.floats("b.conv.weight", new int[] {2, 1, 3, 3}, ones(9, 18)),
              QuantizedTensor.floats("fc.weight", new int[] {2, 18}, ones(18, 36))),
          List.of(
              new FoldedBatchNorm(new float[] {2}, new float[] {0}),
              new FoldedBatchNorm(new float[] {0, 1}, new float[] {0, 5})),
          List.of(new float[2]),
          List.of(new float[0], new float[0]),
          ModelDescription.of(Map.of()));

  private Evaluation evaluation;
  private OperationCounter counter;

  /** Some ones, then zeros. */
  private static float[] ones(int ones, int length) {
    float[] values = new float[length];
    Arrays.fill(values, 0, ones, 1f);
    return values;
  }

  /** One sample: a corner and the center. */
  @BeforeEach
  void answerForACornerAndTheCenter() {
    evaluation = Evaluation.none(SPEC);
    counter = new OperationCounter(MODEL);
    try (Workspace workspace = new Workspace()) {
      FloatTensor image = FloatTensor.of(new float[] {1, 0, 0, 0, 1, 0, 0, 0, 0}, 1, 1, 3, 3);
      InferenceNetwork.Answer answer =
          new InferenceNetwork(MODEL, workspace).answer(new Input(image, 1), counter);
      assertThat(answer.spikes()).isDeepEqualTo(new long[][] {{2, 2}, {9, 9}});
      evaluation.add(0, 0, 0);
      evaluation.addSpikes(0, answer.spikes()[0], 9);
      evaluation.addSpikes(1, answer.spikes()[1], 18);
      evaluation.addOperations(counter.counts());
    }
  }

  @Test
  void countsEachInputByTheWeightsThatItMeets() {
    // The stem has one weight that is not 0: twice two. A corner meets 4 taps, the center 9, of the
    // one channel whose weights are not 0; nine spikes meet one class each.
    assertThat(counter.counts()).isEqualTo(new OperationCounts(2 * 2, 2 * (4 + 9) + 2 * 9));
  }

  @Test
  void metricsAreThoseThatACalculatorGives() {
    Map<String, Object> metrics = NeuroBench.of(MODEL, evaluation);

    assertThat(metrics)
        .containsEntry("ParameterCount", 9L + 2 + 18 + 4 + 36 + 2)
        .containsEntry("Footprint", 4L * (9 + 2 + 18 + 4 + 36 + 2))
        .containsEntry("ClassificationAccuracy", 1.0)
        .containsEntry("MembraneUpdates", 27.0 + 2 + 9)
        .containsEntry(
            "SynapticOperations",
            Map.of(
                "Effective_MACs",
                4.0,
                "Effective_ACs",
                44.0,
                "Dense",
                2L * (7 * 7 + 7 * 7 * 2 + 36)));
    assertThat((double) metrics.get("ConnectionSparsity")).isCloseTo(35 / 63.0, within(1e-12));
    assertThat((double) metrics.get("ActivationSparsity")).isCloseTo(32 / 54.0, within(1e-12));
    assertThat(metrics.get("ActivationSparsityByLayer"))
        .isEqualTo(Map.of("a", 14 / 18.0, "b", 0.5));
  }

  @Test
  void aBatchCountsAsItsSamplesDo() {
    OperationCounter both = new OperationCounter(MODEL);
    try (Workspace workspace = new Workspace()) {
      float[] images = new float[18];
      images[0] = 1;
      images[4] = 1;
      new InferenceNetwork(MODEL, workspace)
          .answer(new Input(FloatTensor.of(images, 2, 1, 3, 3), 2), both);
    }
    // The second image is black: only what fires by itself reaches the readout.
    assertThat(both.counts()).isEqualTo(counter.counts().plus(new OperationCounts(0, 2 * 9)));
  }
}
