package org.qsnn.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.qsnn.metric.Evaluation;
import org.qsnn.metric.Mistake;
import org.qsnn.metric.Mistakes;
import org.qsnn.model.PackedModel;
import org.qsnn.network.InferenceNetwork;
import org.qsnn.sample.Samples;

class EvaluationTaskTest {
  private final EvaluationTask task = new EvaluationTask(new Stripes());
  private final PackedModel model = ToyTraining.of(1, 1).with(ToyTraining.vggsnn(2)).untrained();

  @Test
  void partsOfASetMergeToTheWholeWhateverTheirSize() {
    int count = InferenceNetwork.batchSize(model.spec()) + 9;
    Evaluation whole = task.evaluate(model, Stripes.samples(0, 1, count));
    assertThat(whole.samples()).isEqualTo(count);
    assertThat(whole.spikes().rate(0)).isBetween(0.05, 0.95);
    Evaluation merged = Evaluation.none(model.spec());
    for (int shard = 0; shard < 3; shard++) {
      Samples part = Stripes.samples(shard, 3, (count - shard + 2) / 3);
      merged = merged.merge(task.evaluate(model, part));
    }
    assertThat(merged.confusion()).usingRecursiveComparison().isEqualTo(whole.confusion());
    assertThat(merged.spikes()).usingRecursiveComparison().isEqualTo(whole.spikes());
    assertThat(merged.meanLoss()).isCloseTo(whole.meanLoss(), within(1e-9)).isPositive();
  }

  @Test
  void mistakesAreTheSameWhateverTheShardsAndOnlyKeptIfAsked() {
    EvaluationTask keeping = task.keepingMistakes();
    int count = 90;
    Evaluation whole = keeping.evaluate(model, Stripes.samples(0, 1, count));
    Evaluation merged = Evaluation.none(model.spec());
    for (Samples part : Stripes.shards(4, count)) {
      merged = keeping.evaluate(model, part).merge(merged);
    }

    assertThat(whole.confusion().correct()).isLessThan(count - Mistakes.MAX);
    assertThat(whole.mistakes().list()).hasSize(Mistakes.MAX);
    assertThat(merged.mistakes()).usingRecursiveComparison().isEqualTo(whole.mistakes());
    Samples samples = Stripes.samples(0, 1, count);
    for (Mistake mistake : whole.mistakes().list()) {
      int index = Math.toIntExact(mistake.id());
      assertThat(mistake.label())
          .isEqualTo(samples.label(index))
          .isNotEqualTo(mistake.prediction());
      assertThat(mistake.picture().planes()).startsWith(samples.payload(index));
    }
    assertThat(task.evaluate(model, samples).mistakes().list()).isEmpty();
  }

  @Test
  void nothingToEvaluateIsTheNeutralElement() {
    Evaluation none = task.evaluate(model, Stripes.samples(0, 1, 0));
    assertThat(none.samples()).isZero();
  }
}
