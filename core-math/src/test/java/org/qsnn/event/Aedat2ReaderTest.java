package org.qsnn.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;
import static org.qsnn.event.EventFiles.aedat2;
import static org.qsnn.event.EventFiles.blocks;
import static org.qsnn.event.EventFiles.events;
import static org.qsnn.event.EventFiles.read;
import static org.qsnn.event.EventFormat.AEDAT2_CIFAR10_DVS;
import static org.qsnn.event.EventFormat.AEDAT2_DAVIS240;
import static org.qsnn.event.EventFormat.AEDAT2_DAVIS346;
import static org.qsnn.event.EventFormat.AEDAT2_DVS128;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.qsnn.DataException;

class Aedat2ReaderTest {
  private static final String HEADER = "#!AER-DAT2.0\r\n# This is a raw AE data file\r\n";
  private static final int HEADER_BYTES = HEADER.length();

  /** y = 3, x = 5, OFF, then y = 127, x = 0, ON. */
  private static final byte[] TWO =
      aedat2(HEADER, 3 << 8 | 5 << 1 | 1, 1000, 127 << 8, 0xF000_0000L);

  @Test
  void readsAddressesAsTheCameraCounts() {
    assertThat(read(AEDAT2_DVS128, TWO))
        .isEqualTo(
            events(
                Sensor.DVS128, new long[] {1000, 5, 3, 0}, new long[] {0xF000_0000L, 0, 127, 1}));
  }

  @Test
  void turnsThePictureAsReadersOfCifar10DvsDo() {
    assertThat(read(AEDAT2_CIFAR10_DVS, TWO))
        .isEqualTo(
            events(
                Sensor.DVS128,
                new long[] {1000, 124, 122, 0},
                new long[] {0xF000_0000L, 0, 127, 1}));
  }

  @Test
  void headerLinesMayEndWithLineFeedsAlone() {
    assertThat(read(AEDAT2_DVS128, aedat2("#!AER-DAT2.0\n#\n#x\n", 0, 7)).timestamp(0))
        .isEqualTo(7);
  }

  @Test
  void handsOnALongRecordingInBlocks() {
    int count = 20_000;
    byte[] file =
        aedat2(HEADER, LongStream.range(0, 2 * count).map(i -> i % 2 == 0 ? i % 4 : i).toArray());

    List<Events> blocks = blocks(AEDAT2_DVS128, file);

    assertThat(blocks).hasSizeGreaterThan(1);
    assertThat(blocks.stream().mapToInt(Events::size).sum()).isEqualTo(count);
    assertThat(read(AEDAT2_DVS128, file).timestamp(count - 1)).isEqualTo(2 * count - 1);
  }

  @Test
  void namesARecordThatIsCutOff() {
    assertThatThrownBy(() -> read(AEDAT2_DVS128, Arrays.copyOf(TWO, TWO.length - 3)))
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith(
            String.format(
                Locale.ROOT,
                "x.aedat: offset %d: event: expected 8 bytes, found 5: the file is truncated",
                HEADER_BYTES + 8));
  }

  @Test
  void namesATimestampThatRunsBackwards() {
    assertThatThrownBy(() -> read(AEDAT2_DVS128, aedat2(HEADER, 0, 10, 2, 10, 4, 9)))
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith(
            String.format(
                Locale.ROOT,
                "x.aedat: offset %d: event 2: expected a timestamp of at least 10 µs, found 9",
                HEADER_BYTES + 16));
  }

  @Test
  void seesATimestampThatRunsBackwardsBetweenBlocks() {
    long[] values = LongStream.range(0, 2 * 8193).map(i -> i % 2 == 0 ? 0 : 500).toArray();
    values[values.length - 1] = 499;

    assertThatThrownBy(() -> read(AEDAT2_DVS128, aedat2(HEADER, values)))
        .isInstanceOf(DataException.class)
        .hasMessageContainingAll(
            "offset " + (HEADER_BYTES + 8 * 8192), "event 8192", "at least 500", "found 499");
  }

  @Test
  void namesAnAddressOutsideTheSensor() {
    assertThatThrownBy(() -> read(AEDAT2_DVS128, aedat2(HEADER, 0, 10, 0x1_8000, 10)))
        .isInstanceOf(DataException.class)
        .hasMessage(
            String.format(
                Locale.ROOT,
                "x.aedat: offset %d: address: expected 16 bits, as a DVS128 has (the file names no"
                    + " camera; dataset.recordings.aedat2 does, or --recording of inspect), found"
                    + " 0x00018000",
                HEADER_BYTES + 8));
  }

  @Test
  void refusesARecordingWithoutEvents() {
    assertThatThrownBy(() -> read(AEDAT2_DVS128, aedat2(HEADER)))
        .isInstanceOf(DataException.class)
        .hasMessage(
            String.format(
                Locale.ROOT,
                "x.aedat: offset %d: recording: expected events, found the end of the file: it is empty",
                HEADER_BYTES));
  }

  @Test
  void refusesAnotherMagic() {
    assertThatThrownBy(() -> read(AEDAT2_DVS128, aedat2("#!AER-DAT3.1\r\n", 0, 1)))
        .isInstanceOf(DataException.class)
        .hasMessage(
            "x.aedat: offset 0: first bytes: expected \"#!AER-DAT2.0\", found \"#!AER-DAT3.1\"");
    assertThatThrownBy(() -> read(AEDAT2_DVS128, aedat2("#!AER-DAT2.01\r\n", 0, 1)))
        .hasMessageContainingAll("offset 12", "nothing after #!AER-DAT2.0", "\"1\"");
    assertThatThrownBy(() -> read(AEDAT2_DVS128, new byte[0]))
        .isInstanceOf(DataException.class)
        .hasMessageEndingWith("found no bytes at all: it is empty");
  }

  @Test
  void refusesTheAddressesOfAnotherChip() {
    byte[] davis =
        aedat2("#!AER-DAT2.0\n# AEChip: eu.seebetter.ini.chips.davis.Davis346red\n", 0, 1);

    assertThatThrownBy(() -> read(AEDAT2_DVS128, davis))
        .isInstanceOf(DataException.class)
        .hasMessage(
            "x.aedat: offset 13: AEChip: expected a DVS128,"
                + " found \"eu.seebetter.ini.chips.davis.Davis346red\"");
  }

  @Test
  void passesOverTheSignalsOfTheInputAndCountsThem() {
    RecordingCollector whole =
        collected(AEDAT2_DVS128, aedat2(HEADER, 0xFFFF, 9, 2, 10, 0x8000, 3));

    assertThat(whole.events()).isEqualTo(events(Sensor.DVS128, new long[] {10, 1, 0, 1}));
    assertThat(whole.passedOver()).containsExactly(entry("external events", 2L));
    assertThatThrownBy(() -> read(AEDAT2_DVS128, aedat2(HEADER, 0x8000, 3)))
        .isInstanceOf(DataException.class)
        .hasMessageEndingWith("expected events, found only other data {external events=1}");
  }

  @Test
  void timeGoesOnWhereTheTimerGoesAround() {
    byte[] file = aedat2(HEADER, 0, 0xFFFF_FFF0L, 0, 5, 0, 6, 0, 0xFFFF_FFF0L, 0, 1);

    assertThat(read(AEDAT2_DVS128, file))
        .isEqualTo(
            events(
                Sensor.DVS128,
                new long[] {0xFFFF_FFF0L, 0, 0, 1},
                new long[] {(1L << 32) + 5, 0, 0, 1},
                new long[] {(1L << 32) + 6, 0, 0, 1},
                new long[] {(1L << 32) + 0xFFFF_FFF0L, 0, 0, 1},
                new long[] {(2L << 32) + 1, 0, 0, 1}));
  }

  @Test
  void readsTheEventsOfADavisAndCountsItsSamples() {
    String header = "#!AER-DAT2.0\n# AEChip: eu.seebetter.ini.chips.davis.DAVIS240C\n";
    int corner = 179 << 22 | 239 << 12 | 1 << 11;
    byte[] file = aedat2(header, corner, 10, 0x8000_0000L, 3, 0x8000_0C07L, 4, 1 << 10, 5, 0, 11);
    RecordingCollector whole = collected(AEDAT2_DAVIS240, file);

    assertThat(whole.events())
        .isEqualTo(
            events(new Sensor(240, 180), new long[] {10, 0, 0, 1}, new long[] {11, 239, 179, 0}));
    assertThat(whole.passedOver())
        .containsExactly(
            entry("APS samples", 1L), entry("IMU samples", 1L), entry("external events", 1L));
  }

  @Test
  void aDavisThatIsNotNamedInTheFileCanBeNamed() {
    byte[] file = aedat2(HEADER, 100 << 22 | 200 << 12, 10);

    assertThat(read(AEDAT2_DAVIS346, file))
        .isEqualTo(events(new Sensor(346, 260), new long[] {10, 145, 159, 0}));
    assertThatThrownBy(() -> read(AEDAT2_DVS128, file))
        .isInstanceOf(DataException.class)
        .hasMessageContainingAll("the file names no camera", "dataset.recordings.aedat2");
    assertThatThrownBy(() -> read(AEDAT2_DAVIS240, aedat2(HEADER, 180 << 22, 1)))
        .hasMessageContainingAll("a pixel of the sensor of 240 × 180 pixels", "y = -1");
  }

  @Test
  void aDavis640HasTheAddressesOfADavisAndADvs640ItsOwn() {
    assertThat(read(EventFormat.AEDAT2_DAVIS640, aedat2(HEADER, 479 << 22 | 639 << 12, 10)))
        .isEqualTo(events(new Sensor(640, 480), new long[] {10, 0, 0, 0}));
    assertThat(read(EventFormat.AEDAT2_DVS640, aedat2(HEADER, 479 << 11 | 638 << 1 | 1, 10)))
        .isEqualTo(events(new Sensor(640, 480), new long[] {10, 1, 0, 1}));
    assertThatThrownBy(() -> read(EventFormat.AEDAT2_DVS640, aedat2(HEADER, 1 << 21, 10)))
        .isInstanceOf(DataException.class)
        .hasMessageContainingAll("21 bits, as a DVS640 has", "0x00200000");
  }

  @Test
  void theFirstEventMayBeginLikeALine() {
    long address = 0x2302_1000L;

    assertThat(read(AEDAT2_DAVIS346, aedat2(HEADER, address, 10, address, 0x0A0A)).size())
        .isEqualTo(2);
  }

  private static RecordingCollector collected(EventFormat format, byte[] file) {
    RecordingCollector collector = new RecordingCollector("x.aedat");
    format.read(new ByteArrayInputStream(file), "x.aedat", collector);
    return collector;
  }

  @Test
  void refusesAHeaderThatDoesNotEnd() {
    assertThatThrownBy(() -> read(AEDAT2_DVS128, aedat2("#!AER-DAT2.0\r\n# and then")))
        .isInstanceOf(DataException.class)
        .hasMessageContainingAll("offset 14", "end of line", "10 bytes without one");
    assertThatThrownBy(() -> AEDAT2_DVS128.read(new EndlessHeader(), "x.aedat"))
        .isInstanceOf(DataException.class)
        .hasMessageContainingAll("x.aedat", "header", "4194304 bytes");
  }

  @Test
  void namesTheOffsetWhereReadingFails() {
    assertThatThrownBy(() -> AEDAT2_DVS128.read(new Broken(), "x.aedat"))
        .isInstanceOf(DataException.class)
        .hasMessageContainingAll("x.aedat: offset 0", "disk on fire");
  }

  private static final class Broken extends InputStream {
    @Override
    public int read() throws IOException {
      throw new IOException("disk on fire");
    }
  }

  /** A first line, then comments for ever. */
  private static final class EndlessHeader extends InputStream {
    private static final byte[] START = EventFiles.ascii("#!AER-DAT2.0\n");

    private long position;

    @Override
    public int read() {
      int next = position < START.length ? START[(int) position] : position % 80 == 0 ? '\n' : '#';
      position++;
      return next;
    }
  }
}
