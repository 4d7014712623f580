package org.qsnn.fuzz;

import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Every reader of the product that needs no Spark. */
final class FuzzedReaders {
  private FuzzedReaders() {}

  /**
   * @param root for files that have to lie somewhere to be read
   */
  static Stream<FuzzedReader> all(Path root) throws IOException {
    return Stream.of(
            TensorFiles.readers(),
            RunTexts.readers(),
            Recordings.readers(),
            Pictures.readers(),
            new StoredSets(root).readers())
        .flatMap(readers -> readers);
  }
}
