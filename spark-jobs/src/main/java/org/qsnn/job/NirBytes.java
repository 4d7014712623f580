package org.qsnn.job;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.qsnn.nir.NirFile;
import org.qsnn.nir.NirGraph;

/** A graph as the bytes of its file. The library behind it writes to a local file only. */
final class NirBytes {
  private NirBytes() {}

  static byte[] of(NirGraph graph) {
    try {
      Path file = Files.createTempFile("qsnn-", ".nir");
      try {
        NirFile.write(graph, file);
        return Files.readAllBytes(file);
      } finally {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
