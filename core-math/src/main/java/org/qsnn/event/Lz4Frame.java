package org.qsnn.event;

import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Locale;
import org.apache.commons.codec.digest.XXHash32;

/**
 * One LZ4 frame (<a href="https://github.com/lz4/lz4/blob/dev/doc/lz4_Frame_format.md">format
 * 1.6</a>) as bytes. The recorder links the blocks of a frame, which lz4-java does not read;
 * commons-compress takes 250 kB for each frame, however short.
 */
final class Lz4Frame {
  private static final int MAGIC = 0x184D2204;
  private static final int VERSION = 0x40;
  private static final int BLOCK_CHECKSUMS = 0x10;
  private static final int CONTENT_SIZE = 0x08;
  private static final int CONTENT_CHECKSUM = 0x04;
  private static final int DICTIONARY = 0x01;
  private static final int MIN_MATCH = 4;
  private static final int LONG_LENGTH = 15;

  private final ByteBuffer in;
  private final int limit;
  private byte[] out;
  private int size;

  private Lz4Frame(byte[] frame, int limit) {
    this.in = ByteBuffer.wrap(frame).order(ByteOrder.LITTLE_ENDIAN);
    this.limit = limit;
    this.out = new byte[Math.min(limit, 4 * frame.length)];
  }

  /**
   * What was compressed.
   *
   * @param limit of its bytes
   * @throws IOException if the frame is damaged or cut off, or holds more
   */
  static byte[] unpacked(byte[] frame, int limit) throws IOException {
    Lz4Frame reading = new Lz4Frame(frame, limit);
    try {
      reading.read();
    } catch (BufferUnderflowException e) {
      throw new IOException("the frame is cut off", e);
    }
    return Arrays.copyOf(reading.out, reading.size);
  }

  private void read() throws IOException {
    require(in.getInt() == MAGIC, "an LZ4 frame");
    int start = in.position();
    int flags = in.get();
    in.get();
    require((flags & 0xC0) == VERSION && (flags & DICTIONARY) == 0, "version 1 of LZ4 frames");
    if ((flags & CONTENT_SIZE) != 0) {
      in.getLong();
    }
    int checked = hash(in.array(), start, in.position() - start) >>> 8 & 0xFF;
    require(checked == (in.get() & 0xFF), "the checksum of the frame's header");
    for (int header = in.getInt(); header != 0; header = in.getInt()) {
      readBlock(header, (flags & BLOCK_CHECKSUMS) != 0);
    }
    if ((flags & CONTENT_CHECKSUM) != 0) {
      require(in.getInt() == hash(out, 0, size), "the checksum of the content");
    }
    require(!in.hasRemaining(), "the end of the frame");
  }

  /**
   * @param header length of the block; its highest bit says that it is not compressed
   */
  private void readBlock(int header, boolean hasChecksum) throws IOException {
    int length = header & Integer.MAX_VALUE;
    if (length > in.remaining()) {
      throw new BufferUnderflowException();
    }
    int start = in.position();
    if (header < 0) {
      copyLiterals(length);
    } else {
      readSequences(start + length);
    }
    if (hasChecksum) {
      require(in.getInt() == hash(in.array(), start, length), "the checksum of a block");
    }
  }

  private void readSequences(int end) throws IOException {
    while (in.position() < end) {
      int token = in.get() & 0xFF;
      copyLiterals(length(token >> 4));
      // The last sequence of a block has no match.
      if (in.position() < end) {
        int distance = in.getShort() & 0xFFFF;
        copyMatch(distance, MIN_MATCH + length(token & 0xF));
      }
    }
    require(in.position() == end, "the end of a block");
  }

  private int length(int start) throws IOException {
    long length = start;
    if (start == LONG_LENGTH) {
      int more;
      do {
        more = in.get() & 0xFF;
        length += more;
      } while (more == 0xFF);
    }
    require(length <= limit, "at most " + limit + " bytes");
    return (int) length;
  }

  private void copyLiterals(int length) throws IOException {
    reserve(length);
    in.get(out, size, length);
    size += length;
  }

  /** The match may reach into what it makes: then it repeats itself. */
  private void copyMatch(int distance, int length) throws IOException {
    require(distance > 0 && distance <= size, "a match in what was unpacked");
    reserve(length);
    int start = size - distance;
    for (int left = length; left > 0; ) {
      int part = Math.min(left, size - start);
      System.arraycopy(out, start, out, size, part);
      size += part;
      left -= part;
    }
  }

  private void reserve(int more) throws IOException {
    long needed = (long) size + more;
    require(needed <= limit, String.format(Locale.ROOT, "at most %d bytes", limit));
    if (needed > out.length) {
      out = Arrays.copyOf(out, (int) Math.min(limit, Math.max(needed, 2L * out.length)));
    }
  }

  private static int hash(byte[] bytes, int offset, int length) {
    XXHash32 hash = new XXHash32();
    hash.update(bytes, offset, length);
    return (int) hash.getValue();
  }

  private static void require(boolean holds, String expected) throws IOException {
    if (!holds) {
      throw new IOException("expected " + expected + ", found something else");
    }
  }
}
