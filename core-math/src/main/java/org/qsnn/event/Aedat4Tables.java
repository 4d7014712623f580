package org.qsnn.event;

import com.google.flatbuffers.Table;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Function;

/**
 * The two flatbuffer tables of AEDAT 4 that are read, field by field as iniVation's schemas number
 * them. The runtime does not verify offsets: what lies outside the buffer shows as an {@link
 * IndexOutOfBoundsException}, which {@link #root} turns into a failure.
 */
final class Aedat4Tables {
  private static final int IDENTIFIER_BYTES = 4;

  private Aedat4Tables() {}

  /** The header: compression, where the packets end, and an XML document on the streams. */
  static final class Header extends Table {
    static final String IDENTIFIER = "IOHE";

    private Header(ByteBuffer bytes) {
      __reset(rootOf(bytes), bytes);
    }

    int compression() {
      int field = __offset(4);
      return field == 0 ? 0 : bb.getInt(bb_pos + field);
    }

    /** Offset in the file of the table of packets, which follows the last of them; −1: none. */
    long dataTablePosition() {
      int field = __offset(6);
      return field == 0 ? -1 : bb.getLong(bb_pos + field);
    }

    /** UTF-8. */
    byte[] infoNode() {
      int field = __offset(8);
      if (field == 0) {
        return new byte[0];
      }
      byte[] text = new byte[checkedLength(bb, __vector(field), __vector_len(field), 1)];
      bb.get(__vector(field), text);
      return text;
    }
  }

  /** Events: structs of 16 bytes. */
  static final class EventPacket extends Table {
    static final String IDENTIFIER = "EVTS";

    private static final int EVENT_BYTES = 16;

    private final int first;
    private final int size;

    private EventPacket(ByteBuffer bytes) {
      __reset(rootOf(bytes), bytes);
      int field = __offset(4);
      first = field == 0 ? 0 : __vector(field);
      size = field == 0 ? 0 : checkedLength(bb, first, __vector_len(field), EVENT_BYTES);
    }

    /** In µs since 1970. */
    long[] timestamps() {
      long[] timestamps = new long[size];
      Arrays.setAll(timestamps, i -> bb.getLong(first + i * EVENT_BYTES));
      return timestamps;
    }

    short[] x() {
      return shorts(8);
    }

    short[] y() {
      return shorts(10);
    }

    private short[] shorts(int offset) {
      short[] shorts = new short[size];
      for (int i = 0; i < size; i++) {
        shorts[i] = bb.getShort(first + i * EVENT_BYTES + offset);
      }
      return shorts;
    }

    boolean[] on() {
      boolean[] on = new boolean[size];
      for (int i = 0; i < size; i++) {
        on[i] = bb.get(first + i * EVENT_BYTES + 12) != 0;
      }
      return on;
    }
  }

  static Header header(byte[] flatbuffer) {
    return root(flatbuffer, Header.IDENTIFIER, Header::new);
  }

  static EventPacket eventPacket(byte[] flatbuffer) {
    return root(flatbuffer, EventPacket.IDENTIFIER, EventPacket::new);
  }

  /**
   * A flatbuffer without its length.
   *
   * @throws IllegalArgumentException if it has another identifier
   * @throws IndexOutOfBoundsException if an offset in it points out of it
   */
  private static <T> T root(byte[] flatbuffer, String identifier, Function<ByteBuffer, T> table) {
    String found = identifier(flatbuffer);
    if (!identifier.equals(found)) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "expected identifier \"%s\", found %s",
              identifier,
              RecordingInput.shown(found)));
    }
    return table.apply(ByteBuffer.wrap(flatbuffer).order(ByteOrder.LITTLE_ENDIAN));
  }

  /**
   * What a flatbuffer is, in four letters.
   *
   * @throws IndexOutOfBoundsException if it is shorter
   */
  static String identifier(byte[] flatbuffer) {
    Objects.checkFromIndexSize(Integer.BYTES, IDENTIFIER_BYTES, flatbuffer.length);
    return new String(flatbuffer, Integer.BYTES, IDENTIFIER_BYTES, StandardCharsets.ISO_8859_1);
  }

  private static int rootOf(ByteBuffer bytes) {
    return bytes.getInt(0);
  }

  private static int checkedLength(ByteBuffer bytes, int first, int length, int elementBytes) {
    if (length < 0 || first < 0 || first + (long) length * elementBytes > bytes.limit()) {
      throw new IndexOutOfBoundsException(
          String.format(
              Locale.ROOT,
              "a vector of %d elements at %d in %d bytes",
              length,
              first,
              bytes.limit()));
    }
    return length;
  }
}
