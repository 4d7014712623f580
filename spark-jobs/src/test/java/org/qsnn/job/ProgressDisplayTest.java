package org.qsnn.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.qsnn.training.StepProgress;
import org.qsnn.training.TrainingProgress;

class ProgressDisplayTest {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);

  @Test
  void linesShowEpochsOnly() {
    try (TrainingProgress display = TrainingProgress.lines(out)) {
      display.stepDone(new StepProgress(0, 2, 0, 5, 2.3, 0.1, 100));
      display.epochDone("epoch 1/2  loss 2.300");
    }

    assertThat(shown()).isEqualTo("epoch 1/2  loss 2.300" + System.lineSeparator());
  }

  @Test
  void barShowsTheEpochWithItsNumbers() {
    try (TrainingProgress display = new ProgressBarDisplay(out)) {
      display.stepDone(new StepProgress(1, 3, 0, 5, 2.3, 0.1, 100));
      display.stepDone(new StepProgress(1, 3, 3, 5, 1.25, 0.678, 812.4));
    }

    assertThat(shown())
        .contains("epoch 2/3  80%", "4/5", "loss 1.250 acc 0.678 812/s")
        .endsWith(System.lineSeparator());
  }

  @Test
  void lineOfAnEpochTakesThePlaceOfItsBar() {
    try (TrainingProgress display = new ProgressBarDisplay(out)) {
      display.stepDone(new StepProgress(0, 2, 4, 5, 2.3, 0.1, 100));
      display.epochDone("epoch 1/2 done");
      display.stepDone(new StepProgress(1, 2, 0, 5, 2.2, 0.2, 100));
      display.epochDone("epoch 2/2 done");
    }

    assertThat(shown())
        .contains(ProgressBarDisplay.CLEAR_LINE + "epoch 1/2 done" + System.lineSeparator())
        .endsWith(ProgressBarDisplay.CLEAR_LINE + "epoch 2/2 done" + System.lineSeparator());
    assertThat(shown().indexOf("epoch 2/2  20%")).isGreaterThan(shown().indexOf("epoch 1/2 done"));
  }

  @Test
  void trainingThatIsCompleteAlreadyShowsNothing() {
    new ProgressBarDisplay(out).close();

    assertThat(shown()).isEmpty();
  }

  private String shown() {
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
