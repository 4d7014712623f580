package org.qsnn.event;

/**
 * The {@code .bin} files of N-MNIST and N-Caltech101, recorded while the camera moved in saccades
 * (Orchard et al., 2015): records of 5 bytes without a header: x, y, then a bit of polarity (1 is
 * ON) and a big-endian timestamp in µs of 23 bits. A record with y = 240 is no pixel's: it says
 * that the camera's own clock went around, 2¹³ µs, which are added to all times from there on.
 */
final class SaccadeReader {
  private static final int RECORD_BYTES = 5;
  private static final int RECORDS = 8192;

  private static final int OVERFLOW_Y = 240;
  private static final long OVERFLOW = 1 << 13;

  private final RecordingInput in;
  private final EventBlocks blocks;
  private long overflows;

  private SaccadeReader(RecordingInput in, EventBlocks blocks) {
    this.in = in;
    this.blocks = blocks;
  }

  static void read(RecordingInput in, Sensor sensor, EventBlocks blocks) {
    blocks.startOn(sensor);
    new SaccadeReader(in, blocks).read();
  }

  private void read() {
    byte[] buffer = new byte[RECORDS * RECORD_BYTES];
    for (int found = in.read(buffer); found > 0; found = in.read(buffer)) {
      long start = in.offset() - found;
      decode(start, buffer, found / RECORD_BYTES);
      in.requireWhole(start, found, RECORD_BYTES);
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
      int at = i * RECORD_BYTES;
      int high = buffer[at + 2] & 0xFF;
      int row = buffer[at + 1] & 0xFF;
      if (row == OVERFLOW_Y) {
        overflows++;
        blocks.passOver("overflows of the clock", 1);
        continue;
      }
      long low = (high & 0x7FL) << 16 | (buffer[at + 3] & 0xFF) << 8 | (buffer[at + 4] & 0xFF);
      timestamps[size] = overflows * OVERFLOW + low;
      x[size] = (short) (buffer[at] & 0xFF);
      y[size] = (short) row;
      on[size] = high >> 7 == 1;
      records[size++] = i;
    }
    blocks.add(size, timestamps, x, y, on, i -> start + (long) records[i] * RECORD_BYTES);
  }
}
