package org.qsnn.event;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * AEDAT 3.1: lines of text up to {@code #!END-HEADER}, then packets, little endian. A packet's
 * header says how many events of which size follow, and how often the timestamps, which have 31
 * bits, overflowed. Only polarity packets are decoded. An event's valid bit is not used: real
 * recordings have it cleared on good events. A block is a packet, or a part of a large one.
 */
final class Aedat31Reader {
  static final String MAGIC = "#!AER-DAT3.1";

  private static final String END_OF_HEADER = "#!END-HEADER";
  private static final String FORMAT = "#Format:";
  private static final int HEADER_BYTES = 28;
  private static final int EVENT_BYTES = 8;
  private static final int EVENTS = 8192;
  private static final int POLARITY = 1;
  private static final int SHOWN = 8;
  private static final Map<Integer, String> OTHERS =
      Map.of(
          0, "special events",
          2, "frames",
          3, "IMU samples",
          4, "IMU samples",
          5, "samples",
          6, "ear events",
          7, "configuration events",
          8, "points",
          9, "points",
          10, "points");

  private final RecordingInput in;
  private final EventBlocks blocks;
  private final List<Aedat31Source> sources = new ArrayList<>();
  private final byte[] buffer = new byte[EVENTS * EVENT_BYTES];

  private Aedat31Reader(RecordingInput in, EventBlocks blocks) {
    this.in = in;
    this.blocks = blocks;
  }

  static void read(RecordingInput in, EventBlocks blocks) {
    new Aedat31Reader(in, blocks).read();
  }

  private void read() {
    readHeader();
    blocks.startOn(Sensor.DVS128);
    int source = -1;
    while (!in.atEnd()) {
      Packet packet = readPacketHeader();
      if (packet.type == POLARITY && !isChosen(packet.source)) {
        in.skip((long) packet.capacity * packet.eventBytes, "packet");
        blocks.passOver("events of other sources", packet.events);
      } else if (packet.type == POLARITY) {
        source = source < 0 ? begin(packet.source) : source;
        requireSource(packet, source);
        decode(packet);
      } else {
        in.skip((long) packet.capacity * packet.eventBytes, "packet");
        blocks.passOver(OTHERS.getOrDefault(packet.type, "unknown events"), packet.events);
      }
    }
  }

  private boolean isChosen(int source) {
    int chosen = blocks.options().source();
    return chosen == RecordingOptions.ANY_SOURCE || chosen == source;
  }

  /** A source that is not known is taken for a DVS128, the camera of DVS128-Gesture. */
  private int begin(int source) {
    Optional<Camera> camera = Aedat31Source.camera(sources, source);
    if (camera.isPresent()) {
      blocks.startOn(camera.get().sensor(), "");
    } else if (!sources.isEmpty()) {
      blocks.startOn(
          Sensor.DVS128, ", a DVS128's, since no camera is known of the header's " + named());
    }
    return source;
  }

  private void readHeader() {
    in.requireMagic(MAGIC);
    while (true) {
      long start = in.offset();
      String line = in.line("header line");
      if (line.equals(END_OF_HEADER)) {
        return;
      }
      if (!line.startsWith("#")) {
        throw in.failure(
            start, "header", "a line with # or " + END_OF_HEADER, RecordingInput.shown(line));
      }
      if (line.startsWith(FORMAT) && !line.substring(FORMAT.length()).strip().equals("RAW")) {
        throw in.failure(start, "format", "RAW", RecordingInput.shown(line));
      }
      Aedat31Source.of(line).ifPresent(sources::add);
      in.requireShortHeader();
    }
  }

  /** Two cameras see two pictures, on two clocks. */
  private void requireSource(Packet packet, int source) {
    if (packet.source != source) {
      throw in.failure(
          packet.offset + 2,
          "packet of events",
          "all of one camera, source " + source,
          "source "
              + packet.source
              + "; the header names "
              + named()
              + "; dataset.recordings.source chooses one");
    }
  }

  private String named() {
    return sources.stream()
        .limit(SHOWN)
        .map(source -> "source " + source.id() + ": " + RecordingInput.shown(source.name()))
        .collect(Collectors.joining(", "));
  }

  /** Offset in the file and the fields that are used. */
  private record Packet(
      long offset, int type, int source, int eventBytes, long overflow, int capacity, int events) {}

  private Packet readPacketHeader() {
    long start = in.offset();
    in.fill(buffer, HEADER_BYTES, "packet header");
    ByteBuffer header = ByteBuffer.wrap(buffer).order(ByteOrder.LITTLE_ENDIAN);
    int type = header.getShort(0);
    int source = header.getShort(2) & 0xFFFF;
    int eventBytes = header.getInt(4);
    int timestampOffset = header.getInt(8);
    int overflow = header.getInt(12);
    int capacity = header.getInt(16);
    int events = header.getInt(20);
    require(eventBytes > 0, start + 4, "size of an event", "more than 0 bytes", eventBytes);
    require(capacity >= 0, start + 16, "capacity of a packet", "at least 0 events", capacity);
    require(events >= 0 && events <= capacity, start + 20, "events", "0…" + capacity, events);
    if (type == POLARITY) {
      require(eventBytes == EVENT_BYTES, start + 4, "size of an event", "8 bytes", eventBytes);
      require(timestampOffset == 4, start + 8, "offset of timestamps", "4", timestampOffset);
      require(overflow >= 0, start + 12, "overflows of timestamps", "at least 0", overflow);
    }
    return new Packet(start, type, source, eventBytes, overflow, capacity, events);
  }

  private void require(boolean holds, long offset, String what, String expected, int found) {
    if (!holds) {
      throw in.failure(offset, what, expected, found);
    }
  }

  private void decode(Packet packet) {
    for (int left = packet.events; left > 0; ) {
      int count = Math.min(left, EVENTS);
      in.fill(
          buffer,
          count * EVENT_BYTES,
          String.format(
              Locale.ROOT,
              "last %d of %d events of the packet at offset %d",
              left,
              packet.events,
              packet.offset));
      decode(count, packet.overflow);
      left -= count;
    }
    in.skip((long) (packet.capacity - packet.events) * EVENT_BYTES, "unused part of a packet");
  }

  private void decode(int count, long overflow) {
    ByteBuffer events = ByteBuffer.wrap(buffer).order(ByteOrder.LITTLE_ENDIAN);
    long start = in.offset() - (long) count * EVENT_BYTES;
    long[] timestamps = new long[count];
    short[] x = new short[count];
    short[] y = new short[count];
    boolean[] on = new boolean[count];
    for (int i = 0; i < count; i++) {
      int data = events.getInt(i * EVENT_BYTES);
      int timestamp = events.getInt(i * EVENT_BYTES + 4);
      require(
          timestamp >= 0, start + (long) i * EVENT_BYTES + 4, "timestamp", "31 bits", timestamp);
      timestamps[i] = overflow << 31 | timestamp;
      x[i] = (short) (data >>> 17);
      y[i] = (short) (data >>> 2 & 0x7FFF);
      on[i] = (data >> 1 & 1) == 1;
    }
    blocks.add(count, timestamps, x, y, on, i -> start + (long) i * EVENT_BYTES);
  }
}
