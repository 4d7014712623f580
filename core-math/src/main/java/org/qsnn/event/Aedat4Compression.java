package org.qsnn.event;

import com.github.luben.zstd.ZstdInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Locale;
import org.apache.commons.compress.compressors.lz4.FramedLZ4CompressorInputStream;

/** How the packets of an AEDAT 4 file are compressed: each is one frame. */
enum Aedat4Compression {
  NONE(in -> in),
  // The recorder links the blocks of a frame, which lz4-java does not read.
  LZ4(FramedLZ4CompressorInputStream::new),
  ZSTD(ZstdInputStream::new);

  /** No packet of a camera is larger: 16 million events. */
  static final int MAX_BYTES = 1 << 28;

  private final Opener opener;

  Aedat4Compression(Opener opener) {
    this.opener = opener;
  }

  private interface Opener {
    InputStream open(InputStream in) throws IOException;
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
   * @return the flatbuffer without its length
   * @throws IOException if the frame is damaged, or its content has another length
   */
  byte[] unpack(byte[] packet) throws IOException {
    try (InputStream in = opener.open(new ByteArrayInputStream(packet))) {
      byte[] prefix = in.readNBytes(Integer.BYTES);
      requireLength(Integer.BYTES, prefix.length);
      int length = ByteBuffer.wrap(prefix).order(ByteOrder.LITTLE_ENDIAN).getInt();
      if (length < 0 || length > MAX_BYTES) {
        throw new IOException(
            String.format(Locale.ROOT, "expected a length of 0…%d, found %d", MAX_BYTES, length));
      }
      byte[] flatbuffer = in.readNBytes(length);
      requireLength(length, flatbuffer.length);
      if (in.read() >= 0) {
        throw new IOException(String.format(Locale.ROOT, "expected %d bytes, found more", length));
      }
      return flatbuffer;
    }
  }

  private static void requireLength(int expected, int found) throws IOException {
    if (found < expected) {
      throw new IOException(
          String.format(Locale.ROOT, "expected %d bytes, found %d", expected, found));
    }
  }
}
