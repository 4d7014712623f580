package org.qsnn.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.qsnn.tensor.RandomStream;

class EvaluationTest {
  private static final int CLASSES = 4;
  private static final int LAYERS = 3;

  @Test
  void anySplitMergedInAnyShapeEqualsTheWhole() {
    for (int trial = 0; trial < 50; trial++) {
      RandomStream random = RandomStream.of(7, trial);
      Evaluation whole = new Evaluation(CLASSES, LAYERS, 2);
      List<Evaluation> parts = new ArrayList<>();
      for (int i = 0; i < 1 + random.nextInt(6); i++) {
        parts.add(new Evaluation(CLASSES, LAYERS, 2));
      }
      for (int sample = 0; sample < 40; sample++) {
        addSample(random, whole, parts.get(random.nextInt(parts.size())));
      }
      while (parts.size() > 1) {
        int left = random.nextInt(parts.size() - 1);
        parts.set(left, parts.get(left).merge(parts.remove(left + 1)));
      }
      assertSame(parts.get(0), whole);
    }
  }

  @Test
  void emptyIsNeutral() {
    RandomStream random = RandomStream.of(11);
    Evaluation evaluation = new Evaluation(CLASSES, LAYERS, 2);
    addSample(random, evaluation, new Evaluation(CLASSES, LAYERS, 2));
    Evaluation empty = new Evaluation(CLASSES, LAYERS, 2);

    assertSame(empty.merge(evaluation), evaluation);
    assertSame(evaluation.merge(empty), evaluation);
  }

  @Test
  void survivesSerialization() throws Exception {
    Evaluation evaluation = new Evaluation(CLASSES, LAYERS, 2);
    addSample(RandomStream.of(3), evaluation, new Evaluation(CLASSES, LAYERS, 2));
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(evaluation);
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      assertSame((Evaluation) in.readObject(), evaluation);
    }
  }

  @Test
  void meanLossOfNothingIsAnError() {
    assertThatThrownBy(() -> new Evaluation(CLASSES, LAYERS, 2).meanLoss())
        .hasMessage("mean loss of 0 samples");
  }

  private static void addSample(RandomStream random, Evaluation whole, Evaluation part) {
    int label = random.nextInt(CLASSES);
    int predicted = random.nextInt(CLASSES);
    // eighths: their sums are exact, so that the loss too must agree to the bit
    double loss = random.nextInt(100) / 8.0;
    whole.add(label, predicted, loss);
    part.add(label, predicted, loss);
    for (int layer = 0; layer < LAYERS; layer++) {
      long[] spikes = {random.nextInt(1001), random.nextInt(1001)};
      whole.addSpikes(layer, spikes, 1000);
      part.addSpikes(layer, spikes, 1000);
    }
  }

  private static void assertSame(Evaluation found, Evaluation expected) {
    assertThat(found.confusion().rows()).isDeepEqualTo(expected.confusion().rows());
    assertThat(found.spikes()).usingRecursiveComparison().isEqualTo(expected.spikes());
    assertThat(found.meanLoss()).isEqualTo(expected.meanLoss());
    assertThat(found.accuracy()).isEqualTo(expected.accuracy());
  }
}
