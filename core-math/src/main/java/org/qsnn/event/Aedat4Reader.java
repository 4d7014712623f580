package org.qsnn.event;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.qsnn.DataException;

/**
 * AEDAT 4 (<a href="https://docs.inivation.com/software/software-advanced-usage/file-formats">
 * docs.inivation.com</a>): a line of text, the header as a flatbuffer behind its length, then
 * packets of a stream number, a length and a compressed flatbuffer, and a table of all packets,
 * which is not read. Of several streams of events the first is decoded; frames, triggers and
 * inertial samples are passed over. A block is a packet.
 *
 * <p>A header need not describe the streams (AEStream writes none): then packets say what they are,
 * and the sensor is the smallest of a common camera that has all pixels.
 */
final class Aedat4Reader {
  static final String MAGIC = "#!AER-DAT4.0";

  /** No header of a recording is longer; most have 3 kB. */
  static final int MAX_HEADER = 1 << 20;

  private static final int PACKET_HEADER_BYTES = 8;

  /** How many bytes a file may unpack to for each of its own; events unpack to two or three. */
  private static final int MOST_UNPACKED = 64;

  private static final int FREE_UNPACKED = 1 << 20;

  private final RecordingInput in;
  private final EventBlocks blocks;
  private final Aedat4Compression compression;
  private final long end;
  private final Map<Integer, String> types = new HashMap<>();
  private Optional<Aedat4Stream> stream;
  private long unpacked;

  /** Reads the header. */
  private Aedat4Reader(RecordingInput in, EventBlocks blocks) {
    this.in = in;
    this.blocks = blocks;
    in.requireMagic(MAGIC);
    long start = in.offset();
    int length = littleEndian(in.bytes(Integer.BYTES, "length of the header")).getInt(0);
    if (length < 0 || length > MAX_HEADER) {
      throw in.failure(
          start,
          "length of the header",
          String.format(Locale.ROOT, "0…%d bytes", MAX_HEADER),
          Integer.toUnsignedString(length));
    }
    byte[] flatbuffer = in.bytes(length, "header");
    Aedat4Tables.Header header = decoded(start, "header", () -> Aedat4Tables.header(flatbuffer));
    this.compression =
        decoded(start, "header", () -> Aedat4Compression.ofCode(header.compression()));
    List<Aedat4Stream> streams =
        decoded(start, "header", () -> Aedat4Streams.of(header.infoNode()));
    streams.forEach(described -> types.putIfAbsent(described.id(), described.type()));
    int chosen = blocks.options().source();
    this.stream =
        streams.stream()
            .filter(one -> one.type().equals(Aedat4Stream.EVENTS))
            .filter(one -> chosen == RecordingOptions.ANY_SOURCE || one.id() == chosen)
            .findFirst();
    if (stream.isEmpty() && chosen != RecordingOptions.ANY_SOURCE && !streams.isEmpty()) {
      throw in.failure(
          start,
          "header",
          "a stream " + chosen + " of events, as dataset.recordings.source says",
          streams.stream().map(one -> one.id() + ": " + one.type()).toList());
    }
    this.end = decoded(start, "header", header::dataTablePosition);
  }

  static void read(RecordingInput in, EventBlocks blocks) {
    Aedat4Reader reader = new Aedat4Reader(in, blocks);
    blocks.startOn(reader.stream.flatMap(Aedat4Stream::sensor), SensorSearch.ANY);
    while (reader.hasPacket()) {
      reader.readPacket();
    }
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

  private void readPacket() {
    long start = in.offset();
    ByteBuffer header = littleEndian(in.bytes(PACKET_HEADER_BYTES, "packet header"));
    int id = header.getInt(0);
    int length = header.getInt(4);
    if (length < 0 || length > Aedat4Compression.MAX_BYTES) {
      throw in.failure(
          start + 4,
          "length of a packet",
          String.format(Locale.ROOT, "0…%d bytes", Aedat4Compression.MAX_BYTES),
          Integer.toUnsignedString(length));
    }
    if (stream.isPresent() ? !isDecoded(id) : types.containsKey(id)) {
      in.skip(length, "packet");
      blocks.passOver("packets of " + types.getOrDefault(id, "streams not described"), 1);
      return;
    }
    byte[] flatbuffer = unpacked(start, in.bytes(length, "packet"));
    if (stream.isEmpty()) {
      describe(start, id, flatbuffer);
    }
    if (isDecoded(id)) {
      decode(start, flatbuffer);
    }
  }

  private boolean isDecoded(int id) {
    return stream.isPresent() && stream.get().id() == id;
  }

  /** A packet of a stream that the header does not describe: the first of events is decoded. */
  private void describe(long start, int id, byte[] flatbuffer) {
    String type = decoded(start, "packet", () -> Aedat4Tables.identifier(flatbuffer));
    Aedat4Stream found = Aedat4Stream.ofPacket(id, type);
    types.put(id, found.type());
    int chosen = blocks.options().source();
    boolean isChosen = chosen == RecordingOptions.ANY_SOURCE || chosen == id;
    if (found.type().equals(Aedat4Stream.EVENTS) && isChosen) {
      stream = Optional.of(found);
    } else {
      blocks.passOver("packets of " + found.type(), 1);
    }
  }

  /** In proportion to what was read: a few bytes may claim to be gigabytes. */
  private byte[] unpacked(long start, byte[] packet) {
    long limit = FREE_UNPACKED + MOST_UNPACKED * in.offset() - unpacked;
    try {
      byte[] flatbuffer = compression.unpack(packet, limit);
      unpacked += flatbuffer.length;
      return flatbuffer;
    } catch (IOException | RuntimeException e) {
      // The zstd decoder reports some damage as unchecked exceptions.
      throw in.failure(
          start,
          String.format(Locale.ROOT, "damaged packet (%s): %s", compression, e.getMessage()),
          e);
    }
  }

  private void decode(long start, byte[] flatbuffer) {
    Aedat4Tables.EventPacket events =
        decoded(start, "packet of events", () -> Aedat4Tables.eventPacket(flatbuffer));
    long[] timestamps = events.timestamps();
    blocks.add(timestamps.length, timestamps, events.x(), events.y(), events.on(), i -> start);
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
    return in.failure(start, String.format(Locale.ROOT, "damaged %s: %s", what, how), cause);
  }

  private static ByteBuffer littleEndian(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }
}
