package org.qsnn.source;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;
import org.qsnn.DataException;
import org.qsnn.storage.FileEntry;
import org.qsnn.storage.FileStore;

/**
 * A .tar.gz, read from its first to its last entry. What counts of an entry's path is its last
 * part; nobody writes under the rest of it.
 *
 * @param content what is expected in it, for messages
 */
record TarGz(FileStore files, FileEntry archive, String content) {
  private static final int BUFFER = 1 << 16;

  /**
   * A file in the archive.
   *
   * @param path as the archive has it
   */
  record Entry(String path, long bytes) {
    String name() {
      return path.substring(path.lastIndexOf('/') + 1);
    }
  }

  /** Takes one file; the stream ends where the file does. */
  interface Visitor {
    void visit(Entry entry, InputStream in);
  }

  /**
   * Shows every file of the archive, in its order.
   *
   * @throws DataException if it is damaged
   */
  void forEachFile(Visitor visitor) {
    files.read(
        archive.path(),
        file -> {
          TarArchiveInputStream tar = open(file);
          for (TarArchiveEntry entry = next(tar); entry != null; entry = next(tar)) {
            if (entry.isFile()) {
              visitor.visit(new Entry(entry.getName(), entry.getSize()), tar);
            }
          }
          return archive;
        });
  }

  private TarArchiveInputStream open(InputStream file) {
    try {
      InputStream buffered = new BufferedInputStream(file, BUFFER);
      return new TarArchiveInputStream(new GzipCompressorInputStream(buffered, true));
    } catch (IOException e) {
      throw damaged(e);
    }
  }

  private TarArchiveEntry next(TarArchiveInputStream tar) {
    try {
      return tar.getNextEntry();
    } catch (IOException e) {
      throw damaged(e);
    }
  }

  DataException damaged(IOException e) {
    return new DataException(
        "%s: expected a whole .tar.gz archive of %s, found a damaged one or something else: %s"
            .formatted(archive.path(), content, e.getMessage()),
        e);
  }
}
