package org.qsnn.event;

/**
 * The {@code .bin} files of N-MNIST and N-Caltech101, recorded while the camera moved in saccades
 * (Orchard et al., 2015): records of 5 bytes without a header: x, y, then a bit of polarity (1 is
 * ON) and a big-endian timestamp in µs of 23 bits.
 */
final class SaccadeReader {
  private static final int RECORD_BYTES = 5;
  private static final int RECORDS = 8192;

  private SaccadeReader() {}

  static void read(RecordingInput in, Sensor sensor, EventSink sink) {
    EventBlocks blocks = new EventBlocks(in, sensor, sink);
    byte[] buffer = new byte[RECORDS * RECORD_BYTES];
    for (int found = in.read(buffer); found > 0; found = in.read(buffer)) {
      long start = in.offset() - found;
      decode(start, buffer, found / RECORD_BYTES, blocks);
      in.requireWhole(start, found, RECORD_BYTES);
    }
    blocks.finish();
  }

  private static void decode(long start, byte[] buffer, int count, EventBlocks to) {
    long[] timestamps = new long[count];
    short[] x = new short[count];
    short[] y = new short[count];
    boolean[] on = new boolean[count];
    for (int i = 0; i < count; i++) {
      int at = i * RECORD_BYTES;
      int high = buffer[at + 2] & 0xFF;
      x[i] = (short) (buffer[at] & 0xFF);
      y[i] = (short) (buffer[at + 1] & 0xFF);
      on[i] = high >> 7 == 1;
      timestamps[i] = (high & 0x7FL) << 16 | (buffer[at + 3] & 0xFF) << 8 | (buffer[at + 4] & 0xFF);
    }
    to.add(timestamps, x, y, on, i -> start + (long) i * RECORD_BYTES);
  }
}
