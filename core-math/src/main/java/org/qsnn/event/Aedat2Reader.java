package org.qsnn.event;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Locale;
import java.util.Optional;

/**
 * AEDAT 2.0 of a DVS128, a DVS640 or a DAVIS: lines that start with {@code #}, then records of 8
 * bytes, big endian: address and timestamp in µs. The first event may follow the last line at once.
 * Timestamps have 32 bits and go on from 0 after 72 minutes, which shows as a step back by more
 * than half of their range. What a DAVIS or the input of a camera adds is passed over.
 */
final class Aedat2Reader {
  static final String MAGIC = "#!AER-DAT2.0";
  static final String CHIP = "# AEChip:";

  private static final int RECORD_BYTES = 8;
  private static final int RECORDS = 8192;
  private static final long WRAP = 1L << 32;
  private static final VarHandle RECORD =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private static final String NO_CHIP =
      " (the file names no camera; dataset.recordings.aedat2 does, or --recording of inspect)";

  private final RecordingInput in;
  private final Aedat2Convention convention;
  private final EventBlocks blocks;
  private boolean namesChip;
  private long lastTimestamp;
  private long wrapped;

  private Aedat2Reader(RecordingInput in, Aedat2Convention convention, EventBlocks blocks) {
    this.in = in;
    this.convention = convention;
    this.blocks = blocks;
  }

  static void read(RecordingInput in, Aedat2Convention convention, EventBlocks blocks) {
    blocks.startOn(convention.sensor());
    new Aedat2Reader(in, convention, blocks).read();
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

  /** The address of an event may begin with the byte of a #, too. */
  private void readHeader() {
    in.requireMagic(MAGIC);
    while (in.isLine('#')) {
      long start = in.offset();
      String line = in.line("header line");
      if (line.startsWith(CHIP)) {
        requireChip(start, line.substring(CHIP.length()).strip());
      }
      in.requireShortHeader();
    }
  }

  /** Another chip has other addresses: what would be read is noise. */
  private void requireChip(long offset, String chip) {
    if (Camera.namedIn(chip).equals(Optional.of(convention.camera()))) {
      namesChip = true;
    } else {
      throw in.failure(offset, "AEChip", "a " + convention.camera(), RecordingInput.shown(chip));
    }
  }

  private void decode(long start, byte[] buffer, int count) {
    long[] timestamps = new long[count];
    short[] x = new short[count];
    short[] y = new short[count];
    boolean[] on = new boolean[count];
    int[] records = new int[count];
    int size = 0;
    for (int i = 0; i < count; i++) {
      long record = (long) RECORD.get(buffer, i * RECORD_BYTES);
      int address = (int) (record >>> Integer.SIZE);
      requireAddress(start + (long) i * RECORD_BYTES, address);
      String other = convention.other(address);
      if (!other.isEmpty()) {
        blocks.passOver(other, 1);
        continue;
      }
      timestamps[size] = timestamp(record & 0xFFFF_FFFFL);
      x[size] = (short) convention.x(address);
      y[size] = (short) convention.y(address);
      on[size] = convention.isOn(address);
      records[size++] = i;
    }
    blocks.add(size, timestamps, x, y, on, i -> start + (long) records[i] * RECORD_BYTES);
  }

  private long timestamp(long low) {
    if (lastTimestamp - low > WRAP / 2) {
      wrapped += WRAP;
    }
    lastTimestamp = low;
    return wrapped + low;
  }

  private void requireAddress(long offset, int address) {
    if (!convention.has(address)) {
      throw in.failure(
          offset,
          "address",
          convention.bits()
              + " bits, as a "
              + convention.camera()
              + " has"
              + (namesChip ? "" : NO_CHIP),
          String.format(Locale.ROOT, "0x%08x", address));
    }
  }
}
