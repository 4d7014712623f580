package org.qsnn.storage;

import java.io.IOException;
import org.apache.hadoop.fs.Path;

/** The first operations of one stream of a {@link FlakyFileSystem}: all of them would be many. */
final class FewOperations {
  private static final int COUNTED = 10;
  private int done;

  <T> T counted(String name, Path path, FlakyFileSystem.Operation<T> operation) throws IOException {
    return done++ < COUNTED ? FlakyFileSystem.counted(name, path, operation) : operation.run();
  }
}
