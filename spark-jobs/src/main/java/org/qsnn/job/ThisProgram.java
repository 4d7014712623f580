package org.qsnn.job;

import java.net.URISyntaxException;
import java.nio.file.Path;

/** Where these classes come from. */
final class ThisProgram {
  private ThisProgram() {}

  /** The packaged program, or the folder of its classes. */
  static Path file() {
    try {
      return Path.of(ThisProgram.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException("the program's own location is not a URI", e);
    }
  }
}
