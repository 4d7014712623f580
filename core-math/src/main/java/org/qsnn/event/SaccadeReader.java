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
      decode(in, buffer, found, blocks);
      blocks.flush();
    }
    blocks.finish();
  }

  private static void decode(RecordingInput in, byte[] buffer, int length, EventBlocks to) {
    long start = in.offset() - length;
    int whole = length - length % RECORD_BYTES;
    for (int i = 0; i < whole; i += RECORD_BYTES) {
      int high = buffer[i + 2] & 0xFF;
      to.add(
          start + i,
          (high & 0x7F) << 16 | (buffer[i + 3] & 0xFF) << 8 | (buffer[i + 4] & 0xFF),
          buffer[i] & 0xFF,
          buffer[i + 1] & 0xFF,
          high >> 7 == 1);
    }
    if (whole < length) {
      throw in.failure(
          start + whole, "event", "5 bytes", (length - whole) + ": the file is truncated");
    }
  }
}
