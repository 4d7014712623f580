package org.qsnn.inspect;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/** What {@link Inspection} needs of a file system. All failures are {@code DataException}s. */
public interface InspectedFiles {
  /** Makes a value of a file's bytes. */
  @FunctionalInterface
  interface Decoder<T> {
    T decode(InputStream in, long length) throws IOException;
  }

  /**
   * Whether a folder lies there; false for a file.
   *
   * @throws org.qsnn.DataException if nothing does
   */
  boolean isFolder(String path);

  /** Names in a folder, sorted. */
  List<String> names(String folder);

  /** Opens a file, hands its bytes to the decoder, and closes it. */
  <T> T read(String path, Decoder<T> decoder);
}
