package org.qsnn.event;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/** Packs numbers of any number of bits, lowest bit first, into bytes. */
final class BitWriter {
  /** Most bits of one number: with up to seven of its first byte they fit into a long. */
  static final int MAX_BITS = 57;

  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private byte[] bytes;
  private long position;

  /**
   * @param expectedBytes grows beyond it
   */
  BitWriter(int expectedBytes) {
    this.bytes = new byte[expectedBytes + Long.BYTES];
  }

  /**
   * @param value that needs no more than so many bits
   */
  void write(long value, int bits) {
    int at = (int) (position >>> 3);
    if (at > bytes.length - Long.BYTES) {
      bytes = Arrays.copyOf(bytes, Math.addExact(at, (at >> 1) + Long.BYTES));
    }
    LONG.set(bytes, at, (long) LONG.get(bytes, at) | value << (position & 7));
    position += bits;
  }

  /** Zeros up to a whole byte. */
  void align() {
    position = position + 7 & ~7L;
  }

  /** Everything so far, at a whole byte. */
  byte[] toBytes() {
    return Arrays.copyOf(bytes, (int) (position >>> 3));
  }
}
