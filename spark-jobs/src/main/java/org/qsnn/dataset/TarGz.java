package org.qsnn.dataset;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Locale;
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
   * @throws DataException if it is damaged, or far more comes out of it than it is long
   */
  void forEachFile(Visitor visitor) {
    files.read(
        archive.path(),
        file -> {
          UnpackedStream unpacked = unpacked(file);
          TarArchiveInputStream tar = new TarArchiveInputStream(unpacked);
          for (TarArchiveEntry entry = next(tar, unpacked);
              entry != null;
              entry = next(tar, unpacked)) {
            if (entry.isFile()) {
              visitor.visit(new Entry(entry.getName(), entry.getSize()), tar);
            }
            passOver(tar);
          }
          return archive;
        });
  }

  private UnpackedStream unpacked(InputStream file) {
    try {
      InputStream buffered = new BufferedInputStream(file, BUFFER);
      return new UnpackedStream(new GzipCompressorInputStream(buffered, true), archive);
    } catch (IOException e) {
      throw damaged(e);
    }
  }

  private TarArchiveEntry next(TarArchiveInputStream tar, UnpackedStream unpacked) {
    try {
      unpacked.startHeader();
      TarArchiveEntry entry = tar.getNextEntry();
      unpacked.endHeader();
      if (entry != null && entry.isSparse()) {
        throw new IOException("a file with holes, " + entry.getName());
      }
      return entry;
    } catch (IOException | IllegalArgumentException | IndexOutOfBoundsException e) {
      throw damaged(e);
    }
  }

  /** What a visitor leaves of a file is not to be taken for the header of the next. */
  private void passOver(TarArchiveInputStream tar) {
    try {
      tar.transferTo(OutputStream.nullOutputStream());
    } catch (IOException e) {
      throw damaged(e);
    }
  }

  DataException damaged(Exception e) {
    String expected =
        String.format(
            Locale.ROOT,
            "%s: expected a whole .tar.gz archive of %s, found ",
            archive.path(),
            content);
    return new DataException(
        expected
            + (isCutOff(e)
                ? String.format(
                    Locale.ROOT,
                    "one that ends in the middle, after %d bytes: an interrupted download?",
                    archive.bytes())
                : "a damaged one or something else: " + e.getMessage()),
        e);
  }

  private static boolean isCutOff(Exception e) {
    String message = String.valueOf(e.getMessage());
    return e instanceof EOFException
        || message.contains("Truncated")
        || message.contains("Unexpected end");
  }
}
