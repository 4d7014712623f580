package org.qsnn.event;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Locale;

/**
 * AEDAT 2.0 of a DVS128: lines that start with {@code #}, then records of 8 bytes, big endian:
 * address and timestamp in µs, both unsigned. The first event may follow the last line at once.
 */
final class Aedat2Reader {
  static final String MAGIC = "#!AER-DAT2.0";
  static final String CHIP = "# AEChip:";

  private static final int RECORD_BYTES = 8;
  private static final int RECORDS = 8192;
  private static final VarHandle RECORD =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private Aedat2Reader() {}

  static void read(RecordingInput in, Aedat2Convention convention, EventSink sink) {
    readHeader(in);
    EventBlocks blocks = new EventBlocks(in, Sensor.DVS128, sink);
    byte[] buffer = new byte[RECORDS * RECORD_BYTES];
    for (int found = in.read(buffer); found > 0; found = in.read(buffer)) {
      long start = in.offset() - found;
      decode(in, start, buffer, found / RECORD_BYTES, convention, blocks);
      in.requireWhole(start, found, RECORD_BYTES);
    }
    blocks.finish();
  }

  private static void readHeader(RecordingInput in) {
    in.requireMagic(MAGIC);
    while (in.peek() == '#') {
      long start = in.offset();
      String line = in.line("header line");
      if (line.startsWith(CHIP)) {
        requireDvs128(in, start, line.substring(CHIP.length()).strip());
      }
      in.requireShortHeader();
    }
  }

  /** Another chip has other addresses: what would be read is noise. */
  private static void requireDvs128(RecordingInput in, long offset, String chip) {
    if (!chip.contains("DVS128") && !chip.contains("Tmpdiff128")) {
      throw in.failure(offset, "AEChip", "a DVS128", RecordingInput.shown(chip));
    }
  }

  private static void decode(
      RecordingInput in,
      long start,
      byte[] buffer,
      int count,
      Aedat2Convention convention,
      EventBlocks to) {
    long[] timestamps = new long[count];
    short[] x = new short[count];
    short[] y = new short[count];
    boolean[] on = new boolean[count];
    for (int i = 0; i < count; i++) {
      long record = (long) RECORD.get(buffer, i * RECORD_BYTES);
      int address = (int) (record >>> Integer.SIZE);
      if ((address & ~Aedat2Convention.ADDRESS_MASK) != 0) {
        throw in.failure(
            start + (long) i * RECORD_BYTES,
            "address",
            "15 bits, a pixel of the sensor of " + Sensor.DVS128,
            String.format(Locale.ROOT, "0x%08x", address));
      }
      timestamps[i] = record & 0xFFFF_FFFFL;
      x[i] = (short) convention.x(address);
      y[i] = (short) convention.y(address);
      on[i] = Aedat2Convention.isOn(address);
    }
    to.add(timestamps, x, y, on, i -> start + (long) i * RECORD_BYTES);
  }
}
