package org.qsnn.event;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Locale;

/**
 * Prophesee's DAT (<a href="https://docs.prophesee.ai/stable/data/file_formats/dat.html">
 * docs.prophesee.ai</a>), the format of N-CARS and GEN1: a header, two bytes that say type and size
 * of an event, then records of 8 bytes, little endian: timestamp in µs, which goes on from 0 after
 * 72 minutes, and x, y and polarity. Version 2 has 14 bits of x and y, version 1, of older ATIS
 * cameras, 9 and 8.
 */
final class DatReader {
  private static final int RECORD_BYTES = 8;
  private static final int RECORDS = 8192;
  private static final long WRAP = 1L << 32;

  /** Types of pixels' events: generic ones and those of changed contrast. */
  private static final int EVENT_2D = 0x00;

  private static final int EVENT_CD = 0x0C;

  private final RecordingInput in;
  private final EventBlocks blocks;
  private final EventColumns columns;
  private int xBits = 14;
  private int yBits = 14;
  private long lastTimestamp;
  private long wrapped;

  private DatReader(RecordingInput in, EventBlocks blocks) {
    this.in = in;
    this.blocks = blocks;
    this.columns = blocks.columns();
  }

  static void read(RecordingInput in, EventBlocks blocks) {
    new DatReader(in, blocks).read();
  }

  private void read() {
    readHeader();
    byte[] buffer = new byte[RECORDS * RECORD_BYTES];
    for (int found = in.read(buffer); found > 0; found = in.read(buffer)) {
      long start = in.offset() - found;
      decode(start, buffer, found / RECORD_BYTES);
      in.requireWhole(start, found, RECORD_BYTES);
    }
  }

  private void readHeader() {
    PropheseeHeader header = PropheseeHeader.read(in);
    if (!header.isDat()) {
      throw in.failure(0, "header", "% Data file containing …", "no such line: no DAT file");
    }
    switch (header.datVersion()) {
      case "2" -> {}
      case "1" -> {
        xBits = 9;
        yBits = 8;
      }
      default ->
          throw in.failure(
              0,
              "header",
              "% Version 2 or 1",
              header.datVersion().isEmpty()
                  ? "no version"
                  : RecordingInput.shown(header.datVersion()));
    }
    long start = in.offset();
    byte[] kind = in.bytes(2, "type and size of an event");
    if (kind[0] != EVENT_2D && kind[0] != EVENT_CD) {
      throw in.failure(
          start,
          "type of events",
          "0x00 or 0x0c, those of pixels",
          String.format(Locale.ROOT, "0x%02x", kind[0]));
    }
    if (kind[1] != RECORD_BYTES) {
      throw in.failure(start + 1, "size of an event", "8 bytes", kind[1] & 0xFF);
    }
    blocks.startOn(header.sensor(), new Sensor(1 << xBits, 1 << yBits));
  }

  private void decode(long start, byte[] buffer, int count) {
    ByteBuffer records = ByteBuffer.wrap(buffer).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < count; i++) {
      int at = i * RECORD_BYTES;
      int data = records.getInt(at + Integer.BYTES);
      columns.append(
          timestamp(records.getInt(at) & 0xFFFF_FFFFL),
          data & ((1 << xBits) - 1),
          data >>> xBits & ((1 << yBits) - 1),
          (data >>> (xBits + yBits) & 0xF) != 0,
          start + at);
    }
  }

  private long timestamp(long low) {
    if (lastTimestamp - low > WRAP / 2) {
      wrapped += WRAP;
    }
    lastTimestamp = low;
    return wrapped + low;
  }
}
