package org.qsnn.event;

import com.github.luben.zstd.RecyclingBufferPool;
import com.github.luben.zstd.ZstdInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Locale;

/** How the packets of an AEDAT 4 file are compressed: each is one frame. */
enum Aedat4Compression {
  NONE((packet, limit) -> packet),
  LZ4(Lz4Frame::unpacked),
  ZSTD(Aedat4Compression::unpackedZstd);

  /** No packet of a camera is larger: 16 million events. */
  static final int MAX_BYTES = 1 << 28;

  private final Unpacker unpacker;

  Aedat4Compression(Unpacker unpacker) {
    this.unpacker = unpacker;
  }

  private interface Unpacker {
    byte[] unpacked(byte[] packet, int limit) throws IOException;
  }

  /**
   * The compression with a header's code.
   *
   * @throws IllegalArgumentException if there is none
   */
  static Aedat4Compression ofCode(int code) {
    return switch (code) {
      case 0 -> NONE;
      case 1, 2 -> LZ4;
      case 3, 4 -> ZSTD;
      default ->
          throw new IllegalArgumentException(
              "expected compression 0 (none), 1 or 2 (LZ4), 3 or 4 (zstd), found " + code);
    };
  }

  /**
   * Unpacks a flatbuffer that is preceded by its length.
   *
   * @param limit of the unpacked bytes, which are not allocated beyond it
   * @return the flatbuffer without its length
   * @throws IOException if the frame is damaged, or its content has another length or is longer
   */
  byte[] unpack(byte[] packet, long limit) throws IOException {
    int most = (int) Math.min(limit, MAX_BYTES) + Integer.BYTES;
    byte[] unpacked = unpacker.unpacked(packet, most);
    requireLength(Integer.BYTES, unpacked.length);
    int length = ByteBuffer.wrap(unpacked).order(ByteOrder.LITTLE_ENDIAN).getInt();
    if (length < 0 || length > MAX_BYTES) {
      throw new IOException(
          String.format(Locale.ROOT, "expected a length of 0…%d, found %d", MAX_BYTES, length));
    }
    requireLength(length, unpacked.length - Integer.BYTES);
    if (unpacked.length - Integer.BYTES > length) {
      throw new IOException(String.format(Locale.ROOT, "expected %d bytes, found more", length));
    }
    return Arrays.copyOfRange(unpacked, Integer.BYTES, unpacked.length);
  }

  private static byte[] unpackedZstd(byte[] packet, int limit) throws IOException {
    try (InputStream in =
        new ZstdInputStream(new ByteArrayInputStream(packet), RecyclingBufferPool.INSTANCE)) {
      byte[] unpacked = in.readNBytes(limit);
      if (in.read() >= 0) {
        throw new IOException(String.format(Locale.ROOT, "expected at most %d bytes", limit));
      }
      return unpacked;
    }
  }

  private static void requireLength(int expected, int found) throws IOException {
    if (found < expected) {
      throw new IOException(
          String.format(Locale.ROOT, "expected %d bytes, found %d", expected, found));
    }
  }
}
