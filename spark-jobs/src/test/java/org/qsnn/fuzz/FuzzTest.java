package org.qsnn.fuzz;

import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
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
}
