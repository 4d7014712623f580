package org.qsnn.dataset;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import org.qsnn.DataException;
import org.qsnn.storage.FileEntry;

/**
 * What an archive unpacks to, in proportion to its own length: a megabyte of it may hold a gigabyte
 * of zeros, as a file, or as the name of one, which the library that reads tar archives keeps in
 * memory.
 */
final class UnpackedStream extends FilterInputStream {
  private static final int MAX_SKIPPED = 1 << 16;

  /** Bytes of a file's name and attributes. */
  private static final long MAX_HEADER = 1 << 20;

  /**
   * Bytes that each byte of an archive may unpack to; recordings unpack to three, images to two.
   */
  private static final int MOST_UNPACKED = 32;

  private static final long FREE_UNPACKED = 64 << 20;

  private final FileEntry archive;
  private final long limit;
  private long unpacked;
  private long headerEnd = Long.MAX_VALUE;

  UnpackedStream(InputStream in, FileEntry archive) {
    super(in);
    this.archive = archive;
    this.limit = FREE_UNPACKED + MOST_UNPACKED * archive.bytes();
  }

  /** What is read next is the header of a file. */
  void startHeader() {
    headerEnd = unpacked + MAX_HEADER;
  }

  /** What is read next is a file. */
  void endHeader() {
    headerEnd = Long.MAX_VALUE;
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
    long skipped = super.skip(Math.min(length, MAX_SKIPPED));
    count(skipped);
    return skipped;
  }

  private void count(long bytes) {
    unpacked += bytes;
    if (unpacked > headerEnd) {
      throw new DataException(
          String.format(
              Locale.ROOT,
              "%s: expected at most %d bytes of a file's name and attributes, found more",
              archive.path(),
              MAX_HEADER));
    }
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
