package org.qsnn.distributed;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ExecutorLossesTest {
  @Test
  void lostExecutorIsToldInOneLineWithSparksReason() {
    assertThat(ExecutorLosses.line("1", "Command exited with code 137.\nmore"))
        .isEqualTo(
            "executor 1 is lost (Command exited with code 137); others compute its results again");
    assertThat(ExecutorLosses.line("2", "")).contains("2 is lost (Spark does not say why)");
  }

  @Test
  void executorThatSparkEndsItselfIsNotLost() {
    assertThat(ExecutorLosses.isIntended("Executor killed by driver.")).isTrue();
    assertThat(ExecutorLosses.isIntended("Command exited with code 137")).isFalse();
  }
}
