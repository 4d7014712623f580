package org.qsnn.source;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
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
   * Bytes that each byte of an archive may unpack to; recordings unpack to three, images to two.
   */
  private static final int MOST_UNPACKED = 32;

  private static final long FREE_UNPACKED = 64 << 20;

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
      return new TarArchiveInputStream(new Bounded(new GzipCompressorInputStream(buffered, true)));
    } catch (IOException e) {
      throw damaged(e);
    }
  }

  private TarArchiveEntry next(TarArchiveInputStream tar) {
    try {
      return tar.getNextEntry();
    } catch (IOException | IllegalArgumentException | IndexOutOfBoundsException e) {
      throw damaged(e);
    }
  }

  /** What the archive unpacks to, in proportion to its own length. */
  private final class Bounded extends FilterInputStream {
    private final long limit = FREE_UNPACKED + MOST_UNPACKED * archive.bytes();
    private long unpacked;

    Bounded(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      int next = super.read();
      count(next < 0 ? 0 : 1);
      return next;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      int found = super.read(bytes, offset, length);
      count(Math.max(0, found));
      return found;
    }

    @Override
    public long skip(long length) throws IOException {
      long skipped = super.skip(Math.min(length, BUFFER));
      count(skipped);
      return skipped;
    }

    private void count(long bytes) {
      unpacked += bytes;
      if (unpacked > limit) {
        throw new DataException(
            String.format(
                Locale.ROOT,
                "%s: expected at most %d bytes in the archive of %d (%d for each and 64 MiB), found"
                    + " more",
                archive.path(),
                limit,
                archive.bytes(),
                MOST_UNPACKED));
      }
    }
  }

  DataException damaged(Exception e) {
    String expected =
        "%s: expected a whole .tar.gz archive of %s, found ".formatted(archive.path(), content);
    return new DataException(
        expected
            + (isCutOff(e)
                ? String.format(
                    Locale.ROOT,
                    "one that ends in the middle, after %d bytes: a download that broke off?",
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
