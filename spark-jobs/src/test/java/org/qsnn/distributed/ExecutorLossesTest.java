package org.qsnn.distributed;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.SparkException;
import org.junit.jupiter.api.Test;
import org.qsnn.ConfigurationException;

class ExecutorLossesTest {
  @Test
  void lostExecutorIsToldInOneLineWithSparksReason() {
    assertThat(ExecutorLosses.line("1", "Worker shutting down.\nmore"))
        .isEqualTo("executor 1 is lost (Worker shutting down); others compute its results again");
    assertThat(ExecutorLosses.line("2", "")).contains("2 is lost (Spark does not say why)");
  }

  @Test
  void deathThatSomebodyCanPreventIsToldWithWhatToDo() {
    assertThat(ExecutorLosses.line("1", "Command exited with code 52"))
        .contains("(Command exited with code 52: its heap is exhausted; give more with")
        .contains("--executor-memory); others compute");
    assertThat(ExecutorLosses.line("1", "Command exited with code 137"))
        .contains("it was killed, most likely for its memory", "spark.executor.memoryOverhead");
    assertThat(ExecutorLosses.line("1", "Command exited with code 521")).doesNotContain("heap");
  }

  /** Spark fails a job that lost executors with whatever it missed last. */
  @Test
  void jobThatFailedForItsExecutorsIsExplainedByTheirDeaths() {
    Exception fetch =
        new SparkException(
            "ResultStage 3 has failed the maximum allowable number of times: 4. Most recent failure"
                + " reason:\nMissing an output location for shuffle 0 partition 0",
            null);

    assertThat(explained(new IOException(fetch), "Worker lost", "Command exited with code 52"))
        .hasValueSatisfying(
            e ->
                assertThat(e)
                    .hasMessageContainingAll("executors were lost", "its heap is exhausted")
                    .hasMessageContaining("--executor-memory"));
    assertThat(explained(fetch, "Worker lost")).isEmpty();
    assertThat(explained(new SparkException("another", null), "code 52")).isEmpty();
  }

  private static Optional<ConfigurationException> explained(Throwable failure, String... reasons) {
    return ExecutorLosses.explain(failure, Stream.of(reasons));
  }

  @Test
  void executorThatSparkEndsItselfIsNotLost() {
    assertThat(ExecutorLosses.isIntended("Executor killed by driver.")).isTrue();
    assertThat(ExecutorLosses.isIntended("Command exited with code 0")).isTrue();
    assertThat(ExecutorLosses.isIntended("Finished decommissioning")).isTrue();
    assertThat(ExecutorLosses.isIntended("Command exited with code 137")).isFalse();
  }
}
