package org.qsnn.event;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Locale;
import org.qsnn.DataException;

/** Reads what {@link BitWriter} packed. */
final class BitReader {
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private final byte[] bytes;
  private final long end;
  private long position;

  /**
   * Reads the bytes {@code from … end − 1}.
   *
   * @param bytes goes on for at least eight more, which are looked at but not used
   */
  BitReader(byte[] bytes, int from, int end) {
    this.bytes = bytes;
    this.end = end * 8L;
    this.position = from * 8L;
  }

  /** The next bits, lowest first; at least {@link BitWriter#MAX_BITS} of them. */
  long peek() {
    return (long) LONG.get(bytes, (int) (position >>> 3)) >>> (position & 7);
  }

  void skip(int bits) {
    position += bits;
    if (position > end) {
      throw new DataException(
          String.format(
              Locale.ROOT, "stored events: expected more than the %d bytes there are", end / 8));
    }
  }

  /** A number of up to {@link BitWriter#MAX_BITS} bits. */
  long read(int bits) {
    long value = peek() & (1L << bits) - 1;
    skip(bits);
    return value;
  }

  /** Whether less than a byte is left. */
  boolean isAtEnd() {
    return end - position < 8;
  }
}
