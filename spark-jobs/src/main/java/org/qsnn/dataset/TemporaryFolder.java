package org.qsnn.dataset;

import org.qsnn.DataException;
import org.qsnn.storage.FileEntry;
import org.qsnn.storage.FileStore;

/**
 * A folder on the local disk, in {@code java.io.tmpdir}, for an archive that is not read from its
 * start to its end; it is deleted when it is closed.
 *
 * @param path absolute, with scheme
 */
record TemporaryFolder(FileStore files, String path) implements AutoCloseable {
  /**
   * @throws DataException if it cannot be made
   */
  static TemporaryFolder of(FileStore files, FileEntry archive) {
    String place = System.getProperty("java.io.tmpdir");
    String temporary = files.temporary("file:" + place + "/qsnn-archive");
    try {
      files.createFolder(temporary);
      return new TemporaryFolder(files, temporary);
    } catch (DataException e) {
      throw new DataException(
          archive.path()
              + ": cannot be unpacked: no folder can be made in java.io.tmpdir = "
              + place
              + ": "
              + e.getMessage(),
          e);
    }
  }

  @Override
  public void close() {
    files.discard(path);
  }
}
