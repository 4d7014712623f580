package org.qsnn.classify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.qsnn.network.InferenceNetwork.Answer;

class PredictionTest {
  private static final List<String> NAMES = List.of("cup", "key");

  /** One sample, two classes. */
  private static Prediction of(float... logits) {
    return Prediction.of(new Answer(logits, new long[0][]), 1, 0, logits.length / 2, NAMES);
  }

  @Test
  void scoresAreTheSoftmaxOfMeanLogits() {
    Prediction prediction = of(1, 0, 3, 0);

    assertThat(prediction.name()).isEqualTo("cup");
    assertThat(prediction.score()).isCloseTo((float) (1 / (1 + Math.exp(-2))), within(1e-6f));
    assertThat(prediction.scores().get(0) + prediction.scores().get(1))
        .isCloseTo(1f, within(1e-6f));
  }

  @Test
  void decidedAfterTheTimestepFromWhichTheAnswerStays() {
    assertThat(of(1, 0, 1, 0, 1, 0).decidedAfter()).isEqualTo(1);
    // key leads after the first and the second; then cup.
    assertThat(of(0, 3, 1, 0, 5, 0).decidedAfter()).isEqualTo(3);
    // cup, then key, then cup again.
    assertThat(of(1, 0, 0, 2, 4, 0, 1, 0).decidedAfter()).isEqualTo(3);
    assertThat(of(2, 5).decidedAfter()).isEqualTo(1);
  }

  @Test
  void classesWithoutNamesAreCalledByTheirNumber() {
    Answer answer = new Answer(new float[] {0, 1}, new long[0][]);
    assertThat(Prediction.of(answer, 1, 0, 1, List.of()).name()).isEqualTo("1");
  }

  @Test
  void eachSampleOfABatchHasItsOwnAnswer() {
    // Two timesteps, two samples, two classes.
    Answer answer = new Answer(new float[] {1, 0, 0, 1, 1, 0, 0, 1}, new long[0][]);
    assertThat(Prediction.of(answer, 2, 0, 2, NAMES).name()).isEqualTo("cup");
    assertThat(Prediction.of(answer, 2, 1, 2, NAMES).name()).isEqualTo("key");
  }
}
