package org.qsnn.run;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class EpochLineTest {
  @Test
  void tellsAnEpochInOneLine() {
    assertThat(EpochLine.of(Examples.epoch(0.5123, 0.2), 10))
        .isEqualTo(
            "epoch 3/10  loss 1.234  train 0.456  validation 0.512  firing 0.19  147 samples/s"
                + "  12.3 s");
  }

  @Test
  void leavesValidationOutWhereThereIsNone() {
    assertThat(EpochLine.of(Examples.epoch(null, null), 10))
        .isEqualTo("epoch 3/10  loss 1.234  train 0.456  firing 0.19  147 samples/s  12.3 s");
  }

  @Test
  void closingLinesSayWhereEverythingLies() {
    assertThat(EpochLine.closing("hdfs://nn/runs/x", Examples.summary(0.9312, 0.9)))
        .containsExactly(
            "test accuracy  0.9000",
            "best epoch     7 of 10, validation accuracy 0.9312",
            "model          hdfs://nn/runs/x/model/best.safetensors  1.62 MB, 96.8 % less than the"
                + " 50.28 MB of float32",
            "run            hdfs://nn/runs/x",
            "               hdfs://nn/runs/x/summary.json",
            "               hdfs://nn/runs/x/metrics",
            "               hdfs://nn/runs/x/run.log");
  }

  @Test
  void closingLinesSayThatTheTestShowedMirrorImages() {
    assertThat(EpochLine.closing("x", Examples.summary(0.9312, 0.9, true)))
        .contains("test accuracy  0.9000, samples also shown mirrored");
  }
}
