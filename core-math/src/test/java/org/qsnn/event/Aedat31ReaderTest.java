package org.qsnn.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.qsnn.event.EventFiles.aedat31;
import static org.qsnn.event.EventFiles.ascii;
import static org.qsnn.event.EventFiles.blocks;
import static org.qsnn.event.EventFiles.concat;
import static org.qsnn.event.EventFiles.data31;
import static org.qsnn.event.EventFiles.events;
import static org.qsnn.event.EventFiles.header31;
import static org.qsnn.event.EventFiles.packet31;
import static org.qsnn.event.EventFiles.read;
import static org.qsnn.event.EventFormat.AEDAT31;

import java.util.Arrays;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.qsnn.DataException;

class Aedat31ReaderTest {
  private static final int START = aedat31().length;
  private static final byte[] ONE = packet31(1, 0, data31(5, 3, true), 10);

  @Test
  void readsPolarityPacketsAndKeepsInvalidEvents() {
    byte[] file =
        aedat31(
            packet31(1, 0, data31(5, 3, true), 10, data31(127, 0, false) | 1, 10),
            packet31(1, 0, data31(0, 127, false), 11));

    assertThat(blocks(AEDAT31, file))
        .containsExactly(
            events(Sensor.DVS128, new long[] {10, 5, 3, 1}, new long[] {10, 127, 0, 0}),
            events(Sensor.DVS128, new long[] {11, 0, 127, 0}));
  }

  @Test
  void overflowsAreTheUpperBitsOfTimestamps() {
    byte[] file = aedat31(packet31(1, 0, 0, Integer.MAX_VALUE), packet31(1, 3, 0, 1));

    assertThat(read(AEDAT31, file).timestamp(0)).isEqualTo(0x7FFF_FFFFL);
    assertThat(read(AEDAT31, file).timestamp(1)).isEqualTo((3L << 31) + 1);
  }

  @Test
  void passesOverOtherPacketsAndUnusedCapacity() {
    byte[] special = packet31(header31(0, 12, 4, 0, 2, 1), 1, 2, 3, 4, 5, 6);
    byte[] roomy = packet31(header31(1, 8, 4, 0, 3, 1), data31(1, 2, true), 7, -1, -1, -1, -1);
    byte[] none = packet31(1, 0);

    assertThat(blocks(AEDAT31, aedat31(special, roomy, none, ONE)))
        .containsExactly(
            events(Sensor.DVS128, new long[] {7, 1, 2, 1}),
            events(Sensor.DVS128, new long[] {10, 5, 3, 1}));
  }

  @Test
  void knowsTheSensorsOfItsSources() {
    byte[] davis = concat(ascii("#!AER-DAT3.1\r\n#Source 1: DAVIS240C\r\n#!END-HEADER\r\n"), ONE);

    assertThat(read(AEDAT31, davis).sensor()).isEqualTo(new Sensor(240, 180));
    assertThat(read(AEDAT31, aedat31(ONE)).sensor()).isEqualTo(Sensor.DVS128);
  }

  @Test
  void theSourceInForceNamesTheSensorAndAKeptOneWhereItIsAFile() {
    byte[] packet = from(1, ONE);

    assertThat(sensorOf("#Source 1: DAVIS640", packet)).isEqualTo(new Sensor(640, 480));
    assertThat(sensorOf("#Source 2: DVS128\r\n#Source 1: DAVIS346B", packet))
        .isEqualTo(new Sensor(346, 260));
    assertThat(sensorOf("#Source 1: DVS128\r\n#-Source 1: DAVIS240C", packet))
        .isEqualTo(Sensor.DVS128);
    assertThat(sensorOf("#Source 0: File\r\n#-Source 1: DAVIS240C", packet))
        .isEqualTo(new Sensor(240, 180));
  }

  private static Sensor sensorOf(String sources, byte[] packet) {
    String header = "#!AER-DAT3.1\r\n" + sources + "\r\n#!END-HEADER\r\n";
    return read(AEDAT31, concat(ascii(header), packet)).sensor();
  }

  /** A packet of another source. */
  private static byte[] from(int source, byte[] packet) {
    byte[] changed = packet.clone();
    changed[2] = (byte) source;
    return changed;
  }

  @Test
  void aSourceThatIsNotKnownIsNamedWhereAPixelLiesOutside() {
    String header = "#!AER-DAT3.1\r\n#Source 1: Blink 9\r\n#!END-HEADER\r\n";
    byte[] outside = packet31(1, 0, data31(128, 3, true), 9);

    assertThat(sensorOf("#Source 1: Blink 9", ONE)).isEqualTo(Sensor.DVS128);
    assertThatThrownBy(() -> read(AEDAT31, concat(ascii(header), outside)))
        .isInstanceOf(DataException.class)
        .hasMessageContainingAll(
            "event 0: expected a pixel of the sensor of 128 × 128 pixels, a DVS128's, since no"
                + " camera is known of the header's source 1: \"Blink 9\", found x = 128");
  }

  @Test
  void twoCamerasInOneFileAreNamed() {
    String header = "#!AER-DAT3.1\r\n#Source 1: DVS128\r\n#Source 2: DVS128\r\n#!END-HEADER\r\n";
    byte[] file = concat(ascii(header), from(1, ONE), from(2, ONE));

    assertThatThrownBy(() -> read(AEDAT31, file))
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith(
            "x.aedat: offset "
                + (header.length() + 36 + 2)
                + ": packet of events: expected all of one camera, source 1, found source 2; the"
                + " header names source 1: \"DVS128\", source 2: \"DVS128\"");
  }

  @Test
  void aPacketMayBeLongerThanTheBuffer() {
    int[] values = new int[2 * 20_000];
    Arrays.setAll(values, i -> i % 2 == 0 ? data31(i % 128, 7, true) : i);

    assertThat(read(AEDAT31, aedat31(packet31(1, 0, values))).size()).isEqualTo(20_000);
    assertThat(read(AEDAT31, aedat31(packet31(1, 0, values))).timestamp(19_999)).isEqualTo(39_999);
  }

  @Test
  void namesWhatIsCutOff() {
    byte[] file = aedat31(ONE, ONE);

    assertThatThrownBy(() -> read(AEDAT31, Arrays.copyOf(file, file.length - 1)))
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith(
            String.format(
                    Locale.ROOT,
                    "x.aedat: offset %d: last 1 of 1 events of the packet at offset %d: expected 8 bytes,",
                    START + 36 + 28,
                    START + 36)
                + " found 7: the file is truncated");
    assertThatThrownBy(() -> read(AEDAT31, Arrays.copyOf(file, START + 36 + 5)))
        .hasMessageStartingWith(
            String.format(
                Locale.ROOT,
                "x.aedat: offset %d: packet header: expected 28 bytes, found 5: the file is truncated",
                START + 36));
  }

  @Test
  void namesTimestampsThatRunBackwards() {
    assertThatThrownBy(() -> read(AEDAT31, aedat31(ONE, packet31(1, 0, 0, 9))))
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith(
            String.format(
                Locale.ROOT,
                "x.aedat: offset %d: event 1: expected a timestamp of at least 10 µs, found 9",
                START + 36 + 28));
    assertThatThrownBy(() -> read(AEDAT31, aedat31(packet31(1, 0, 0, -5))))
        .hasMessageContainingAll("timestamp: expected 31 bits, found -5");
  }

  @Test
  void namesPixelsOutsideTheSensor() {
    assertThatThrownBy(() -> read(AEDAT31, aedat31(packet31(1, 0, data31(128, 3, true), 9))))
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith(
            String.format(
                Locale.ROOT,
                "x.aedat: offset %d: event 0: expected a pixel of the sensor of 128 × 128 pixels,"
                    + " found x = 128, y = 3",
                START + 28));
    assertThatThrownBy(() -> read(AEDAT31, aedat31(packet31(1, 0, data31(32767, 32767, true), 9))))
        .hasMessageContaining("x = 32767, y = 32767");
  }

  @Test
  void refusesSizesThatCannotBe() {
    assertRefused(header31(1, 16, 4, 0, 1, 1), 4, "size of an event", "8 bytes", "16");
    assertRefused(header31(2, 0, 4, 0, 1, 1), 4, "size of an event", "0");
    assertRefused(header31(1, 8, 0, 0, 1, 1), 8, "offset of timestamps", "4", "0");
    assertRefused(header31(1, 8, 4, -1, 1, 1), 12, "overflows", "-1");
    assertRefused(header31(1, 8, 4, 0, -1, 0), 16, "capacity", "-1");
    assertRefused(header31(1, 8, 4, 0, 1, 2), 20, "events", "0…1", "2");
    assertRefused(header31(1, 8, 4, 0, 1 << 30, 1 << 30), 28, "truncated");
    assertRefused(header31(7, 1 << 30, 4, 0, 1 << 30, 1), 28, "1152921504606846976", "truncated");
  }

  private static void assertRefused(byte[] header, int offset, String... parts) {
    assertThatThrownBy(() -> read(AEDAT31, aedat31(packet31(header, 0, 1))))
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith("x.aedat: offset " + (START + offset) + ": ")
        .hasMessageContainingAll(parts);
  }

  @Test
  void refusesHeadersOfAnotherKind() {
    assertThatThrownBy(() -> read(AEDAT31, ascii("#!AER-DAT2.0\r\n")))
        .isInstanceOf(DataException.class)
        .hasMessageContainingAll("#!AER-DAT3.1", "#!AER-DAT2.0");
    assertThatThrownBy(() -> read(AEDAT31, ascii("#!AER-DAT3.1\r\n#Format: PNGFrames\r\n")))
        .hasMessageContainingAll("offset 14: format: expected RAW", "PNGFrames");
    assertThatThrownBy(() -> read(AEDAT31, ascii("#!AER-DAT3.1\r\n#Format: RAW\r\nxyz\r\n")))
        .hasMessageContainingAll("offset 28", "#!END-HEADER", "\"xyz\"");
    assertThatThrownBy(() -> read(AEDAT31, ascii("#!AER-DAT3.1\r\n#Format: RAW\r\n")))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("offset 28");
  }

  @Test
  void refusesARecordingWithoutEvents() {
    assertThatThrownBy(() -> read(AEDAT31, aedat31()))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("it is empty");
    assertThatThrownBy(() -> read(AEDAT31, aedat31(packet31(1, 0), packet31(0, 0, 1, 2))))
        .hasMessageContaining("found only other data {special events=1}");
  }
}
