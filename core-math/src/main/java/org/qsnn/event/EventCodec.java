package org.qsnn.event;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Locale;
import java.util.zip.CRC32C;
import org.qsnn.DataException;

/**
 * Events as few bytes: about 2.9 an event of a DVS128, 13 in memory, 8 in AEDAT 2.0. The layout is
 * in EVENTS.md.
 *
 * <p>A timestamp is the difference from the one before, in a {@link RiceCode}; pixel and polarity
 * have a fixed number of bits.
 */
public final class EventCodec {
  private static final int VERSION = 1;

  /** Version, width, height, first timestamp. */
  private static final int HEADER_BYTES = 13;

  /** Number of events and CRC-32C. */
  private static final int FOOTER_BYTES = 8;

  /** Events that share a Rice parameter. */
  private static final int BLOCK = 128;

  private EventCodec() {}

  /**
   * The bytes of the events; equal events give equal bytes.
   *
   * @throws IllegalArgumentException if an event comes 2⁴⁸ µs or more after the one before
   */
  public static byte[] encode(Events events) {
    BitWriter writer = new BitWriter(HEADER_BYTES + 3 * events.size() + FOOTER_BYTES);
    writer.write(VERSION, 8);
    writer.write(events.sensor().width(), 16);
    writer.write(events.sensor().height(), 16);
    long first = events.isEmpty() ? 0 : events.timestamp(0);
    writer.write(first & 0xFFFFFFFFL, 32);
    writer.write(first >>> 32, 32);
    long[] differences = new long[BLOCK];
    for (int from = 0; from < events.size(); from += BLOCK) {
      writeBlock(writer, events, from, differences);
    }
    writer.align();
    writer.write(events.size(), 32);
    writer.write(0, 32);
    byte[] bytes = writer.toBytes();
    ByteBuffer.wrap(bytes)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putInt(bytes.length - Integer.BYTES, checksum(bytes));
    return bytes;
  }

  private static void writeBlock(BitWriter writer, Events events, int from, long[] differences) {
    int size = Math.min(BLOCK, events.size() - from);
    for (int i = 0; i < size; i++) {
      int event = from + i;
      differences[i] = event == 0 ? 0 : events.timestamp(event) - events.timestamp(event - 1);
    }
    int parameter = RiceCode.parameter(differences, size);
    int columnBits = bits(events.sensor().width());
    int eventBits = eventBits(events.sensor());
    writer.write(parameter, RiceCode.PARAMETER_BITS);
    for (int i = 0; i < size; i++) {
      RiceCode.write(writer, differences[i], parameter);
      int pixel = events.y(from + i) << columnBits | events.x(from + i);
      writer.write((long) pixel << 1 | (events.isOn(from + i) ? 1 : 0), eventBits);
    }
  }

  /** Bits of the largest of so many coordinates. */
  private static int bits(int coordinates) {
    return Integer.SIZE - Integer.numberOfLeadingZeros(coordinates - 1);
  }

  /** Of polarity and pixel. */
  private static int eventBits(Sensor sensor) {
    return 1 + bits(sensor.width()) + bits(sensor.height());
  }

  private static int checksum(byte[] bytes) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, 0, bytes.length - Integer.BYTES);
    return (int) crc.getValue();
  }

  /**
   * The events that were encoded.
   *
   * @throws DataException if the bytes are not what {@link #encode} returned
   */
  public static Events decode(byte[] bytes) {
    int end = bytes.length - FOOTER_BYTES;
    if (end < HEADER_BYTES) {
      throw damaged("at least 21 bytes", bytes.length);
    }
    ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    int stored = buffer.getInt(end + Integer.BYTES);
    int found = checksum(bytes);
    if (stored != found) {
      throw damaged(
          String.format(Locale.ROOT, "CRC-32C %08x", stored),
          String.format(Locale.ROOT, "%08x", found));
    }
    if (bytes[0] != VERSION) {
      throw damaged("version " + VERSION, bytes[0]);
    }
    Sensor sensor = sensor(buffer.getShort(1) & 0xFFFF, buffer.getShort(3) & 0xFFFF);
    int size = buffer.getInt(end);
    // One bit of the pause at least.
    if (size < 0 || size > 8L * end / (1 + eventBits(sensor))) {
      throw damaged(String.format(Locale.ROOT, "no more events than %d bytes can hold", end), size);
    }
    return read(new BitReader(bytes, HEADER_BYTES, end), sensor, buffer.getLong(5), size);
  }

  private static Sensor sensor(int width, int height) {
    if (Math.min(width, height) < 1 || Math.max(width, height) > Sensor.MAX_SIZE) {
      throw damaged("the size of a sensor", width + " × " + height);
    }
    return new Sensor(width, height);
  }

  private static Events read(BitReader reader, Sensor sensor, long first, int size) {
    long[] timestamps = new long[size];
    short[] x = new short[size];
    short[] y = new short[size];
    boolean[] on = new boolean[size];
    int columnBits = bits(sensor.width());
    int eventBits = eventBits(sensor);
    long timestamp = first;
    int parameter = 0;
    for (int i = 0; i < size; i++) {
      if (i % BLOCK == 0) {
        parameter = parameter(reader);
      }
      timestamp = later(timestamp, RiceCode.read(reader, parameter));
      int event = (int) reader.read(eventBits);
      int column = event >>> 1 & (1 << columnBits) - 1;
      int row = event >>> (1 + columnBits);
      if (!sensor.contains(column, row)) {
        throw damaged(
            "a pixel of the sensor of " + sensor,
            String.format(Locale.ROOT, "(%d, %d)", column, row));
      }
      timestamps[i] = timestamp;
      x[i] = (short) column;
      y[i] = (short) row;
      on[i] = (event & 1) == 1;
    }
    if (!reader.isAtEnd()) {
      throw damaged(String.format(Locale.ROOT, "the bytes of %d events", size), "more");
    }
    return new Events(sensor, timestamps, x, y, on);
  }

  private static int parameter(BitReader reader) {
    int parameter = (int) reader.read(RiceCode.PARAMETER_BITS);
    if (parameter >= RiceCode.WHOLE_BITS) {
      throw damaged("a parameter below " + RiceCode.WHOLE_BITS, parameter);
    }
    return parameter;
  }

  private static long later(long timestamp, long pause) {
    long later = timestamp + pause;
    if (later < timestamp) {
      throw damaged("timestamps below 2^63 µs", "an event later than that");
    }
    return later;
  }

  private static DataException damaged(String expected, Object found) {
    return new DataException(
        String.format(Locale.ROOT, "stored events: expected %s, found %s", expected, found));
  }
}
