package org.qsnn.fuzz;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Twenty thousand damaged inputs of every reader. */
@Tag("chaos")
class FuzzIT {
  private static final int INPUTS = 20_000;

  @TempDir private static Path root;

  static Stream<FuzzedReader> readers() throws IOException {
    return FuzzedReaders.all(root);
  }

  /** {@code -Dfuzz.seed=…} for others. */
  @ParameterizedTest
  @MethodSource("readers")
  @Timeout(value = 10, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void damagedInputIsTakenOrRefusedAsDocumented(FuzzedReader reader) {
    Fuzzer.run(reader, Long.getLong("fuzz.seed", 20), INPUTS);
  }

  /** Each takes a connection, some wait for a limit of time. */
  @Test
  @Timeout(value = 10, unit = TimeUnit.MINUTES)
  void damagedAnswerOfAServerIsTakenOrRefusedAsDocumented() throws IOException {
    try (HttpAnswers answers = new HttpAnswers(root)) {
      Fuzzer.run(answers.reader(), Long.getLong("fuzz.seed", 20), 1000);
    }
  }
}
