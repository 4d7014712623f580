package org.qsnn.event;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Locale;
import java.util.function.Supplier;
import org.qsnn.DataException;

/**
 * AEDAT 4 (<a href="https://docs.inivation.com/software/software-advanced-usage/file-formats">
 * docs.inivation.com</a>): a line of text, the header as a flatbuffer behind its length, then
 * packets of a stream number, a length and a compressed flatbuffer, and a table of all packets,
 * which is not read. Of several streams of events the first is decoded; frames, triggers and
 * inertial samples are passed over. A block is a packet.
 */
final class Aedat4Reader {
  static final String MAGIC = "#!AER-DAT4.0";

  private static final int PACKET_HEADER_BYTES = 8;

  private final RecordingInput in;
  private final Aedat4Compression compression;
  private final long end;
  private final Aedat4Stream stream;

  /** Reads the header. */
  private Aedat4Reader(RecordingInput in) {
    this.in = in;
    in.requireMagic(MAGIC);
    long start = in.offset();
    int length = littleEndian(in.bytes(Integer.BYTES, "length of the header")).getInt(0);
    if (length < 0 || length > RecordingInput.MAX_HEADER) {
      throw in.failure(
          start,
          "length of the header",
          String.format(Locale.ROOT, "0…%d bytes", RecordingInput.MAX_HEADER),
          Integer.toUnsignedString(length));
    }
    byte[] flatbuffer = in.bytes(length, "header");
    Aedat4Tables.Header header = decoded(start, "header", () -> Aedat4Tables.header(flatbuffer));
    this.compression =
        decoded(start, "header", () -> Aedat4Compression.ofCode(header.compression()));
    this.stream = decoded(start, "header", () -> Aedat4Stream.of(header.infoNode()));
    this.end = decoded(start, "header", header::dataTablePosition);
  }

  static void read(RecordingInput in, EventSink sink) {
    Aedat4Reader reader = new Aedat4Reader(in);
    EventBlocks blocks = new EventBlocks(in, reader.stream.sensor(), sink);
    while (reader.hasPacket()) {
      reader.readPacket(blocks);
    }
    blocks.finish();
  }

  /** An interrupted recording has no table of packets: they go on to the end of the file. */
  private boolean hasPacket() {
    if (end == -1) {
      return !in.atEnd();
    }
    if (in.offset() > end) {
      throw in.failure(in.offset(), "end of the packets", "offset " + end, in.offset());
    }
    return in.offset() < end;
  }

  private void readPacket(EventBlocks blocks) {
    long start = in.offset();
    ByteBuffer header = littleEndian(in.bytes(PACKET_HEADER_BYTES, "packet header"));
    int length = header.getInt(4);
    if (length < 0 || length > Aedat4Compression.MAX_BYTES) {
      throw in.failure(
          start + 4,
          "length of a packet",
          String.format(Locale.ROOT, "0…%d bytes", Aedat4Compression.MAX_BYTES),
          Integer.toUnsignedString(length));
    }
    if (header.getInt(0) == stream.id()) {
      decode(start, unpacked(start, in.bytes(length, "packet")), blocks);
    } else {
      in.skip(length, "packet");
    }
  }

  private byte[] unpacked(long start, byte[] packet) {
    try {
      return compression.unpack(packet);
    } catch (IOException | RuntimeException e) {
      // The LZ4 decoder reports some damage as unchecked exceptions.
      throw in.failure(start, "damaged packet (%s): %s".formatted(compression, e.getMessage()), e);
    }
  }

  private void decode(long start, byte[] flatbuffer, EventBlocks blocks) {
    Aedat4Tables.EventPacket events =
        decoded(start, "packet of events", () -> Aedat4Tables.eventPacket(flatbuffer));
    blocks.add(events.timestamps(), events.x(), events.y(), events.on(), i -> start);
  }

  /** What a flatbuffer says, or that it is damaged. */
  private <T> T decoded(long start, String what, Supplier<T> value) {
    try {
      return value.get();
    } catch (IndexOutOfBoundsException e) {
      throw damaged(start, what, "an offset points out of it", e);
    } catch (IllegalArgumentException e) {
      throw damaged(start, what, e.getMessage(), e);
    }
  }

  private DataException damaged(long start, String what, String how, RuntimeException cause) {
    return in.failure(start, "damaged %s: %s".formatted(what, how), cause);
  }

  private static ByteBuffer littleEndian(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }
}
