package org.qsnn.event;

import com.google.flatbuffers.Table;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
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
      return bytes(__offset(8), 1);
    }

    private byte[] bytes(int field, int elementBytes) {
      if (field == 0) {
        return new byte[0];
      }
      byte[] bytes =
          new byte[checkedLength(bb, __vector(field), __vector_len(field), elementBytes)];
      bb.get(__vector(field), bytes);
      return bytes;
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

    int size() {
      return size;
    }

    /** In µs since 1970. */
    long timestamp(int index) {
      return bb.getLong(first + index * EVENT_BYTES);
    }

    int x(int index) {
      return bb.getShort(first + index * EVENT_BYTES + 8);
    }

    int y(int index) {
      return bb.getShort(first + index * EVENT_BYTES + 10);
    }

    boolean isOn(int index) {
      return bb.get(first + index * EVENT_BYTES + 12) != 0;
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
    ByteBuffer bytes = ByteBuffer.wrap(flatbuffer).order(ByteOrder.LITTLE_ENDIAN);
    StringBuilder found = new StringBuilder();
    for (int i = 0; i < IDENTIFIER_BYTES; i++) {
      found.append((char) bytes.get(Integer.BYTES + i));
    }
    if (!identifier.contentEquals(found)) {
      throw new IllegalArgumentException(
          "expected identifier \"%s\", found %s"
              .formatted(identifier, RecordingInput.shown(found.toString())));
    }
    return table.apply(bytes);
  }

  private static int rootOf(ByteBuffer bytes) {
    return bytes.getInt(0);
  }

  private static int checkedLength(ByteBuffer bytes, int first, int length, int elementBytes) {
    if (length < 0 || first < 0 || first + (long) length * elementBytes > bytes.limit()) {
      throw new IndexOutOfBoundsException(
          "a vector of %d elements at %d in %d bytes".formatted(length, first, bytes.limit()));
    }
    return length;
  }
}
