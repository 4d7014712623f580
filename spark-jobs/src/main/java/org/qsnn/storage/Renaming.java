package org.qsnn.storage;

import java.io.IOException;
import org.apache.hadoop.fs.Path;

/**
 * A rename that may be tried again: the answer to the first try may have been lost, not the rename.
 * The old name is one that only we use.
 */
final class Renaming implements Patience.Attempt<Boolean> {
  private final FileSystems systems;
  private final Path from;
  private final Path to;
  private final Way way;
  private boolean isTried;

  /** Renames; false if something has the new name already. */
  interface Way {
    boolean rename(Path from, Path to) throws IOException;
  }

  Renaming(FileSystems systems, Path from, Path to, Way way) {
    this.systems = systems;
    this.from = from;
    this.to = to;
    this.way = way;
  }

  /** False if something else has the new name already. */
  @Override
  public Boolean make() throws IOException {
    if (isTried && !systems.of(from).exists(from) && systems.of(to).exists(to)) {
      return true;
    }
    isTried = true;
    return way.rename(from, to);
  }
}
