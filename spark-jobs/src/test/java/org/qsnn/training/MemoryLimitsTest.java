package org.qsnn.training;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.qsnn.ConfigurationException;
import org.qsnn.train.MinimumMemory;

class MemoryLimitsTest {
  private static final MemoryLimits LIMITS =
      new MemoryLimits(1L << 30, 1L << 30, "--executor-memory");

  @Test
  void whatFitsIsTaken() {
    assertThatCode(() -> LIMITS.require(new MinimumMemory(1, 1, 1L << 30, 1L << 30), "x"))
        .doesNotThrowAnyException();
  }

  @ParameterizedTest
  @CsvSource({
    "3000000000, 1, 1, 1, 3000000000 parameters and may have 2147483639; lower x",
    "1, 600000000, 1, 1, 600000000 numbers in a tensor and may have 536870911; lower x",
    "1, 1, 3221225472, 1, '3072 MB off the heap of an executor, which has as much as its heap, and"
        + " may have 1024; give more with --executor-memory, or lower x'",
    "1, 1, 1, 2147483648, '2048 MB of the driver''s heap and may have 1024; give more with"
        + " --driver-memory, or lower x'",
  })
  void whatDoesNotFitIsNamedWithWhatToDo(
      long parameters, long tensor, long natively, long driver, String message) {
    MinimumMemory needed = new MinimumMemory(parameters, tensor, natively, driver);

    assertThatThrownBy(() -> LIMITS.require(needed, "lower x"))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage("the network is too large: it needs at least " + message);
  }
}
