package org.qsnn.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** The short form of {@link FuzzIT}. */
class FuzzTest {
  private static final long SEED = 1;
  private static final int INPUTS = 300;

  @TempDir private Path root;

  @TestFactory
  Stream<DynamicTest> damagedInputIsTakenOrRefusedAsDocumented() throws IOException {
    return FuzzedReaders.all(root)
        .map(
            reader ->
                DynamicTest.dynamicTest(reader.name(), () -> Fuzzer.run(reader, SEED, INPUTS)));
  }

  @Test
  void faultSuiteExpectsEveryReader() throws IOException {
    try (InputStream list = FuzzTest.class.getResourceAsStream("/fault-suite.txt")) {
      assertThat(new String(list.readAllBytes(), UTF_8))
          .contains(
              "FuzzIT damagedInputIsTakenOrRefusedAsDocumented "
                  + FuzzedReaders.all(root).count()
                  + " chaos");
    }
  }
}
