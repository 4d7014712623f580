package org.qsnn.event;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/** Writes AEDAT 2.0 files of a DVS128, as jAER does, so that other readers can open them. */
public final class Aedat2Writer {
  private static final int EVENTS = 8192;
  private static final long MAX_TIMESTAMP = 0xFFFF_FFFFL;

  /** No date and no user: the same events are the same bytes. */
  private static final List<String> HEADER =
      List.of(
          Aedat2Reader.MAGIC,
          "# This is a raw AE data file - do not edit",
          "# Data format is int32 address, int32 timestamp (8 bytes total), repeated for each event",
          "# Timestamps tick: 1 us",
          Aedat2Reader.CHIP + " ch.unizh.ini.jaer.chip.retina.DVS128");

  private Aedat2Writer() {}

  /**
   * Writes a whole file; the stream stays open.
   *
   * @param convention which address a pixel gets; readers must use the same
   * @throws IllegalArgumentException if the sensor is not a DVS128's, or a timestamp does not fit
   *     into 32 bits; nothing is written then
   */
  public static void write(Events events, Aedat2Convention convention, OutputStream out)
      throws IOException {
    requireWritable(events, convention);
    out.write((String.join("\r\n", HEADER) + "\r\n").getBytes(StandardCharsets.US_ASCII));
    ByteBuffer records = ByteBuffer.allocate(EVENTS * 2 * Integer.BYTES);
    for (int i = 0; i < events.size(); i++) {
      records
          .putInt(convention.address(events.x(i), events.y(i), events.isOn(i)))
          .putInt((int) events.timestamp(i));
      if (!records.hasRemaining() || i == events.size() - 1) {
        out.write(records.array(), 0, records.position());
        records.clear();
      }
    }
  }

  private static void requireWritable(Events events, Aedat2Convention convention) {
    if (convention.camera() != Camera.DVS128 || !events.sensor().equals(Sensor.DVS128)) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "AEDAT 2.0: expected events of a sensor of %s, found %s of a %s",
              Sensor.DVS128,
              events.sensor(),
              convention.camera()));
    }
    if (!events.isEmpty()
        && (events.timestamp(0) < 0 || events.timestamp(events.size() - 1) > MAX_TIMESTAMP)) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "AEDAT 2.0: expected timestamps of 0…%d µs, found %d…%d",
              MAX_TIMESTAMP,
              events.timestamp(0),
              events.timestamp(events.size() - 1)));
    }
  }
}
