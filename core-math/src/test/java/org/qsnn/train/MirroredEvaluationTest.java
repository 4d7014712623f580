package org.qsnn.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.qsnn.metric.Evaluation;
import org.qsnn.metric.NeuroBench;
import org.qsnn.model.NetworkSpec;
import org.qsnn.model.PackedModel;
import org.qsnn.network.InferenceNetwork;
import org.qsnn.network.Loss;
import org.qsnn.sample.Picture;
import org.qsnn.sample.SampleDecoder;
import org.qsnn.sample.Samples;
import org.qsnn.tensor.Workspace;

/** Samples that are shown together with their mirror images; one frame is an image. */
class MirroredEvaluationTest {
  private final PackedModel model = ToyTraining.of(1, 1).with(ToyTraining.vggsnn(2)).untrained();
  private final NetworkSpec spec = model.spec();
  private final Samples samples = Stripes.samples(0, 1, InferenceNetwork.batchSize(spec) + 9);

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void aSampleIsAnsweredWithTheMeanOfBothLogits(int frames) {
    EvaluationTask task = new EvaluationTask(new Moving(frames)).mirroring();
    for (int i = 0; i < 5; i++) {
      Samples sample = Stripes.samples(i, 1, 1);
      float[] logits = logits(sample, frames);
      float[] others = logits(mirrored(sample), frames);
      assertThat(logits).isNotEqualTo(others);
      for (int k = 0; k < logits.length; k++) {
        logits[k] = (logits[k] + others[k]) / 2;
      }

      Evaluation evaluation = task.evaluate(model, sample);

      int label = sample.label(0);
      int timesteps = spec.timesteps();
      int predicted = Loss.prediction(logits, timesteps, 1, Stripes.CLASSES, 0);
      assertThat(evaluation.samples()).isEqualTo(1);
      assertThat(evaluation.confusion().count(label, predicted)).isEqualTo(1);
      assertThat(evaluation.meanLoss())
          .isEqualTo(Loss.crossEntropies(logits, timesteps, new int[] {label}, Stripes.CLASSES)[0]);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void mirrorImagesOfASetAreAnsweredWithTheBitsOfTheSet(int frames) {
    EvaluationTask once = new EvaluationTask(new Moving(frames)).countingOperations();

    assertThat(once.evaluate(model, mirrored(samples)).meanLoss())
        .isNotEqualTo(once.evaluate(model, samples).meanLoss());
    assertThat(once.mirroring().evaluate(model, mirrored(samples)))
        .usingRecursiveComparison()
        .isEqualTo(once.mirroring().evaluate(model, samples));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void samplesThatAreTheirOwnMirrorImagesAreAnsweredAsBefore(int frames) {
    EvaluationTask once = new EvaluationTask(new Moving(frames)).keepingMistakes();
    Evaluation before = once.evaluate(model, symmetric(samples));
    Evaluation both = once.mirroring().evaluate(model, symmetric(samples));

    assertThat(both.confusion()).usingRecursiveComparison().isEqualTo(before.confusion());
    assertThat(both.mistakes()).usingRecursiveComparison().isEqualTo(before.mistakes());
    assertThat(both.meanLoss()).isEqualTo(before.meanLoss());
    assertThat(both.spikes().rates()).isEqualTo(before.spikes().rates());
  }

  @Test
  void partsOfASetMergeToTheWhole() {
    EvaluationTask task = new EvaluationTask(new Stripes()).keepingMistakes().mirroring();
    Evaluation whole = task.evaluate(model, samples);
    Evaluation merged = new LocalEvaluator(task, Stripes.shards(3, samples.size())).evaluate(model);

    assertThat(merged.confusion()).usingRecursiveComparison().isEqualTo(whole.confusion());
    assertThat(merged.spikes()).usingRecursiveComparison().isEqualTo(whole.spikes());
    assertThat(merged.mistakes()).usingRecursiveComparison().isEqualTo(whole.mistakes());
  }

  @Test
  void whatNeuroBenchCountsOfASampleIsWhatBothTake() {
    EvaluationTask once = new EvaluationTask(new Stripes()).countingOperations();
    Map<String, Object> before = NeuroBench.of(model, once.evaluate(model, symmetric(samples)));
    Map<String, Object> both =
        NeuroBench.of(model, once.mirroring().evaluate(model, symmetric(samples)));

    Map<?, ?> operations = (Map<?, ?>) before.get(NeuroBench.OPERATIONS);
    assertThat(both.get(NeuroBench.OPERATIONS))
        .isEqualTo(
            Map.of(
                NeuroBench.MACS, 2 * (double) operations.get(NeuroBench.MACS),
                NeuroBench.ACS, 2 * (double) operations.get(NeuroBench.ACS),
                NeuroBench.DENSE, 2 * NeuroBench.dense(spec)));
    assertThat(both.get(NeuroBench.MEMBRANE_UPDATES))
        .isEqualTo(2 * (double) before.get(NeuroBench.MEMBRANE_UPDATES));
    for (String share : List.of(NeuroBench.ACTIVATION_SPARSITY, NeuroBench.ACCURACY)) {
      assertThat(both.get(share)).isEqualTo(before.get(share));
    }
  }

  private float[] logits(Samples sample, int frames) {
    try (Workspace workspace = new Workspace()) {
      int[] first = {0};
      return new InferenceNetwork(model, workspace)
          .answer(InputBatch.decode(new Moving(frames), sample, first, 0, 0, workspace))
          .logits();
    }
  }

  private static Samples mirrored(Samples samples) {
    return with(samples, Stripes.SIZE);
  }

  /** Whose right halves are mirror images of their left ones. */
  private static Samples symmetric(Samples samples) {
    return with(samples, Stripes.SIZE / 2);
  }

  /** The same with so many columns, from the right, as those that lie opposite. */
  private static Samples with(Samples samples, int columns) {
    long[] ids = new long[samples.size()];
    int[] labels = new int[samples.size()];
    byte[][] payloads = new byte[samples.size()][];
    int last = Stripes.SIZE - 1;
    for (int i = 0; i < ids.length; i++) {
      ids[i] = samples.id(i);
      labels[i] = samples.label(i);
      payloads[i] = samples.payload(i).clone();
      for (int at = 0; at < payloads[i].length; at++) {
        int column = at % Stripes.SIZE;
        if (column > last - columns) {
          payloads[i][at] = samples.payload(i)[at - column + last - column];
        }
      }
    }
    return new Samples(ids, labels, payloads);
  }

  /** Stripes, whose every second frame is upside down. */
  private record Moving(int frames) implements SampleDecoder {
    private static final Stripes FRAME = new Stripes();

    @Override
    public int channels() {
      return FRAME.channels();
    }

    @Override
    public int size() {
      return Stripes.SIZE;
    }

    @Override
    public void decode(byte[] payload, long id, int epoch, int step, float[] target, int offset) {
      float[] image = new float[FRAME.length()];
      FRAME.decode(payload, id, epoch, step, image, 0);
      for (int t = 0; t < frames; t++) {
        for (int row = 0; row < Stripes.SIZE; row++) {
          int from = t % 2 == 0 ? row : Stripes.SIZE - 1 - row;
          System.arraycopy(
              image,
              from * Stripes.SIZE,
              target,
              offset + t * image.length + row * Stripes.SIZE,
              Stripes.SIZE);
        }
      }
    }

    @Override
    public Picture picture(byte[] payload, long id) {
      return FRAME.picture(payload, id);
    }
  }
}
