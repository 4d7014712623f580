package org.qsnn.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;
import static org.qsnn.event.EventFiles.XML;
import static org.qsnn.event.EventFiles.aedat4;
import static org.qsnn.event.EventFiles.ascii;
import static org.qsnn.event.EventFiles.bytes;
import static org.qsnn.event.EventFiles.concat;
import static org.qsnn.event.EventFiles.events;
import static org.qsnn.event.EventFiles.header4;
import static org.qsnn.event.EventFiles.packet4;
import static org.qsnn.event.EventFiles.read;
import static org.qsnn.event.EventFormat.AEDAT4;

import java.io.ByteArrayInputStream;
import java.util.Arrays;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.qsnn.DataException;

class Aedat4ReaderTest {
  private static final Sensor SENSOR = new Sensor(20, 10);
  private static final int STREAM = 3;
  private static final long TIME = 1_605_507_493_718_345L;
  private static final Events FIRST =
      events(SENSOR, new long[] {TIME, 19, 0, 1}, new long[] {TIME + 1, 0, 9, 0});
  private static final Events SECOND = events(SENSOR, new long[] {TIME + 5, 2, 3, 1});

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4})
  void readsEventsOfEachCompression(int compression) {
    byte[] file =
        aedat4(
            compression,
            packet4(compression, STREAM, FIRST),
            packet4(compression, 1, SECOND),
            packet4(compression, STREAM, Events.builder(SENSOR).build()),
            packet4(compression, STREAM, SECOND));

    assertThat(EventFiles.blocks(AEDAT4, file)).containsExactly(FIRST, SECOND);
  }

  @Test
  void stopsAtTheTableOfPackets() {
    byte[] packet = packet4(0, STREAM, FIRST);
    long end = aedat4(header4(0, 1 << 20, XML), packet).length;

    assertThat(read(AEDAT4, concat(aedat4(header4(0, end, XML), packet), ascii("table"))))
        .isEqualTo(FIRST);
    assertThatThrownBy(() -> read(AEDAT4, aedat4(header4(0, end - 1, XML), packet)))
        .isInstanceOf(DataException.class)
        .hasMessageContainingAll("end of the packets", "offset " + (end - 1));
    assertThatThrownBy(() -> read(AEDAT4, aedat4(header4(0, end + 8, XML), packet)))
        .isInstanceOf(DataException.class)
        .hasMessageContainingAll("offset " + end, "packet header", "found 0", "truncated");
  }

  @Test
  void namesWhatIsCutOff() {
    byte[] file = aedat4(1, packet4(1, STREAM, FIRST));
    int packet = aedat4(1).length;

    assertThatThrownBy(() -> read(AEDAT4, Arrays.copyOf(file, file.length - 1)))
        .isInstanceOf(DataException.class)
        .hasMessageContainingAll("x.aedat: offset " + (packet + 8), "packet", "truncated");
    assertThatThrownBy(() -> read(AEDAT4, Arrays.copyOf(file, 100)))
        .hasMessageContainingAll("x.aedat: offset 18", "header", "found 82", "truncated");
  }

  @Test
  void refusesLengthsOfGigabytes() {
    byte[] header = ascii("#!AER-DAT4.0\r\n");
    assertThatThrownBy(() -> read(AEDAT4, concat(header, bytes(0xFF, 0xFF, 0xFF, 0x7F, 1, 2))))
        .isInstanceOf(DataException.class)
        .hasMessage(
            "x.aedat: offset 14: length of the header: expected 0…1048576 bytes, found 2147483647");
    assertThatThrownBy(() -> read(AEDAT4, concat(header, bytes(0, 0, 0, 0x80))))
        .hasMessageContaining("found 2147483648");
    assertThatThrownBy(
            () -> read(AEDAT4, aedat4(0, bytes(STREAM, 0, 0, 0, 0xFF, 0xFF, 0xFF, 0x7F))))
        .isInstanceOf(DataException.class)
        .hasMessageContainingAll("length of a packet", "0…268435456", "2147483647");
    assertThatThrownBy(() -> read(AEDAT4, aedat4(0, bytes(STREAM, 0, 0, 0, 0, 0, 0, 8))))
        .hasMessageContainingAll("expected 134217728 bytes, found 0: the file is truncated");
  }

  @Test
  void refusesDamagedPackets() {
    byte[] file = aedat4(0, packet4(0, STREAM, FIRST));
    int packet = aedat4(0).length;

    assertDamaged(changed(file, packet + 8, 1), "expected 1 bytes, found more");
    assertDamaged(changed(file, packet + 11, 1), "found");
    assertDamaged(changed(file, packet + 11, 0x7F), "expected a length of 0…268435456");
    assertDamaged(changed(file, packet + 16, 'X'), "expected identifier \"EVTS\"", "\"XVTS\"");
    assertDamaged(changed(file, packet + 15, 0x40), "an offset points out of it");
    assertDamaged(aedat4(1, packet4(0, STREAM, FIRST)), "LZ4");
    assertDamaged(aedat4(3, packet4(0, STREAM, FIRST)), "ZSTD");
  }

  private static void assertDamaged(byte[] file, String... parts) {
    assertThatThrownBy(() -> read(AEDAT4, file))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("damaged packet")
        .hasMessageContainingAll(parts);
  }

  private static byte[] changed(byte[] file, int offset, int value) {
    byte[] changed = file.clone();
    changed[offset] = (byte) value;
    return changed;
  }

  @Test
  void refusesHeadersThatDoNotDescribeEvents() {
    assertBadHeader(header4(9, -1, XML), "compression", "found 9");
    assertBadHeader(header4(0, -1, XML.replace(">20<", ">0<")), "0 × 10");
    assertBadHeader(header4(0, -1, XML.replace(">20<", ">a<")), "sizeX", "\"a\"");
    assertBadHeader(header4(0, -1, "<dv>"), "XML");
    assertBadHeader(header4(0, -1, "<!DOCTYPE dv SYSTEM \"file:///etc/passwd\"><dv/>"), "DOCTYPE");
    assertBadHeader(changed(header4(0, -1, XML), 8, 'X'), "IOHE", "XOHE");
  }

  @Test
  void packetsSayWhatTheyAreWhereTheHeaderDoesNot() {
    String xml = "<dv version=\"4.0\"><node name=\"outInfo\"></node></dv>";
    byte[] frames = packet4(1, 7, FIRST);
    byte[] file =
        aedat4(header4(0, -1, xml), as(packet4(0, 7, FIRST), "FRME"), packet4(0, 2, FIRST), frames);
    RecordingCollector whole = new RecordingCollector("x.aedat");
    AEDAT4.read(new ByteArrayInputStream(file), "x.aedat", whole);

    assertThat(whole.events()).isEqualTo(FIRST.on(Sensor.DVS128));
    assertThat(whole.guessesSensor()).isTrue();
    assertThat(whole.passedOver()).containsExactly(entry("packets of FRME", 2L));
  }

  @Test
  void theSensorIsTheSmallestThatHasAllPixelsWhereTheHeaderDoesNotSay() {
    String xml = XML.replaceAll("<node name=\"info\">.*?</node>", "");
    Events far = events(new Sensor(400, 300), new long[] {TIME, 345, 9, 1});
    Events farther = events(new Sensor(2000, 2000), new long[] {TIME, 1500, 1300, 1});

    assertThat(read(AEDAT4, aedat4(header4(0, -1, xml), packet4(0, STREAM, far))).sensor())
        .isEqualTo(new Sensor(346, 260));
    assertThat(read(AEDAT4, aedat4(header4(0, -1, xml), packet4(0, STREAM, farther))).sensor())
        .isEqualTo(new Sensor(1501, 1301));
  }

  @Test
  void otherStreamsAreCountedByTheirType() {
    byte[] file = aedat4(0, packet4(0, 1, FIRST), packet4(0, STREAM, FIRST), packet4(0, 9, FIRST));
    RecordingSummary.Accumulator summary = new RecordingSummary.Accumulator();
    AEDAT4.read(new ByteArrayInputStream(file), "x.aedat", summary);

    assertThat(summary.summary().passedOver())
        .containsExactly(
            entry("packets of IMUS", 1L), entry("packets of streams not described", 1L));
    assertThatThrownBy(() -> read(AEDAT4, aedat4(0, packet4(0, 1, FIRST))))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("found only other data {packets of IMUS=1}");
  }

  @Test
  void aClockThatJumpsIsNamed() {
    Events jump = events(SENSOR, new long[] {0, 1, 1, 1}, new long[] {TIME, 2, 2, 1});

    assertThatThrownBy(() -> read(AEDAT4, aedat4(0, packet4(0, STREAM, jump))))
        .isInstanceOf(DataException.class)
        .hasMessageContainingAll(
            "x.aedat: offset ",
            "event 1: expected a timestamp less than 2^48 µs (8.9 years) after the one before, 0 µs",
            "found " + TIME + ": the clock jumped");
  }

  /** A packet with another identifier. */
  private static byte[] as(byte[] packet, String identifier) {
    byte[] changed = packet.clone();
    System.arraycopy(ascii(identifier), 0, changed, 8 + 4 + 4, 4);
    return changed;
  }

  private static void assertBadHeader(byte[] header, String... parts) {
    assertThatThrownBy(() -> read(AEDAT4, aedat4(header)))
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith("x.aedat: offset 14: damaged header: ")
        .hasMessageContainingAll(parts);
  }

  @Test
  void namesTimestampsThatRunBackwardsAndPixelsOutsideTheSensor() {
    int packet = aedat4(0).length;
    byte[] backwards = aedat4(0, packet4(0, STREAM, SECOND), packet4(0, STREAM, FIRST));
    Events outside = events(new Sensor(50, 50), new long[] {TIME, 20, 9, 1});

    assertThatThrownBy(() -> read(AEDAT4, backwards))
        .isInstanceOf(DataException.class)
        .hasMessageContainingAll("event 1", "at least " + (TIME + 5), "found " + TIME);
    assertThatThrownBy(() -> read(AEDAT4, aedat4(0, packet4(0, STREAM, outside))))
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith(
            String.format(
                Locale.ROOT,
                "x.aedat: offset %d: event 0: expected a pixel of the sensor of 20 × 10 pixels,"
                    + " found x = 20, y = 9",
                packet));
  }

  @Test
  void refusesARecordingWithoutEvents() {
    assertThatThrownBy(() -> read(AEDAT4, aedat4(0)))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("it is empty");
    assertThatThrownBy(() -> read(AEDAT4, ascii("#!AER-DAT4.0\r\n")))
        .isInstanceOf(DataException.class)
        .hasMessageContainingAll("offset 14", "length of the header", "found 0");
  }
}
