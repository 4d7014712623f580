package org.qsnn.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.qsnn.event.EventFiles.ascii;
import static org.qsnn.event.EventFiles.concat;
import static org.qsnn.event.EventFiles.events;
import static org.qsnn.event.EventFiles.ints;
import static org.qsnn.event.EventFiles.read;
import static org.qsnn.event.EventFiles.shorts;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.qsnn.DataException;

/** DAT, EVT 2.0 and EVT 3.0, word by word as their descriptions say. */
class PropheseeReaderTest {
  private static final Sensor VGA = new Sensor(640, 480);
  private static final Sensor HD = new Sensor(1280, 720);
  private static final String DAT = "% Data file containing CD events\n% Version 2\n";
  private static final String SIZED = DAT + "% Width 640\n% Height 480\n";
  private static final String EVT2 = "% evt 2.0\n% geometry 640x480\n% end\n";
  private static final String EVT3 = "% format EVT3;height=720;width=1280\n% end\n";

  private static byte[] dat(String header, int... timestampsAndData) {
    return concat(ascii(header), new byte[] {0x0C, 8}, ints(timestampsAndData));
  }

  private static int pixel(int x, int y, boolean on) {
    return x | y << 14 | (on ? 1 << 28 : 0);
  }

  private static byte[] evt2(int... words) {
    return concat(ascii(EVT2), ints(words));
  }

  private static byte[] evt3(int... words) {
    return concat(ascii(EVT3), shorts(words));
  }

  private static void assertRefused(EventFormat format, byte[] file, String... message) {
    assertThatThrownBy(() -> read(format, file))
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith("x.aedat: offset ")
        .hasMessageContainingAll(message);
  }

  @Test
  void datHoldsEventsBehindTheirTypeAndSize() {
    byte[] file = dat(SIZED, 5, pixel(639, 479, true), 7, pixel(0, 1, false));

    assertThat(read(EventFormat.DAT, file))
        .isEqualTo(events(VGA, new long[] {5, 639, 479, 1}, new long[] {7, 0, 1, 0}));
  }

  @Test
  void aDatFilesClockGoesOnAfter72Minutes() {
    byte[] file = dat(SIZED, -1, pixel(1, 1, true), 4, pixel(1, 1, true));

    assertThat(read(EventFormat.DAT, file).timestamp(1)).isEqualTo((1L << 32) + 4);
  }

  @Test
  void version1OfDatHasFewerBits() {
    byte[] file = dat(SIZED.replace("Version 2", "Version 1"), 5, 300 | 200 << 9 | 1 << 17);

    assertThat(read(EventFormat.DAT, file)).isEqualTo(events(VGA, new long[] {5, 300, 200, 1}));
  }

  @Test
  void aDatFileThatSaysNoSizeIsTakenForTheSmallestCommonCameras() {
    assertThat(read(EventFormat.DAT, dat(DAT, 5, pixel(200, 3, true))).sensor())
        .isEqualTo(new Sensor(240, 180));
  }

  @Test
  void damagedDatFilesSayWhatIsWrongAndWhere() {
    assertRefused(EventFormat.DAT, dat(SIZED), "expected events", "the end of the file");
    assertRefused(EventFormat.DAT, ascii(SIZED), "type and size of an event: expected 2 bytes");
    assertRefused(EventFormat.DAT, concat(dat(SIZED, 5, 0), new byte[3]), "the file is truncated");
    assertRefused(
        EventFormat.DAT, dat(SIZED, 5, pixel(640, 3, true)), "event 0", "640 × 480", "x = 640");
    assertRefused(EventFormat.DAT, dat(SIZED, 5, 0, 4, 0), "event 1", "at least 5 µs");
    assertRefused(EventFormat.DAT, dat("% Version 2\n", 5, 0), "% Data file containing");
    assertRefused(
        EventFormat.DAT, dat(DAT.replace("Version 2", "Version 7"), 5, 0), "% Version 2", "\"7\"");
    assertRefused(
        EventFormat.DAT,
        concat(ascii(SIZED), new byte[] {0x0E, 8}, ints(5, 0)),
        "type of events: expected 0x00 or 0x0c",
        "0x0e");
    assertRefused(
        EventFormat.DAT,
        concat(ascii(SIZED), new byte[] {0, 16}, ints(5, 0)),
        "size of an event: expected 8 bytes, found 16");
  }

  @Test
  void evt2TellsTheUpperBitsOfTimeInWordsOfTheirOwn() {
    byte[] file =
        evt2(0x8000_0001, 1 << 28 | 5 << 22 | 639 << 11 | 479, 0x8000_0002, 63 << 22 | 3 << 11 | 4);

    assertThat(read(EventFormat.EVT2, file))
        .isEqualTo(events(VGA, new long[] {64 + 5, 639, 479, 1}, new long[] {128 + 63, 3, 4, 0}));
  }

  @Test
  void anEvt2FilesClockGoesOnAfterItsBits() {
    byte[] file = evt2(0x8FFF_FFFF, 0, 0x8000_0000, 1 << 22);

    assertThat(read(EventFormat.EVT2, file).timestamp(1)).isEqualTo((1L << 34) + 1);
  }

  @Test
  void whatElseAnEvt2FileTellsIsCounted() {
    RecordingSummary.Accumulator accumulator = new RecordingSummary.Accumulator();
    byte[] file = evt2(5, 0x8000_0001, 0xA000_0001, 5, 0xE000_0000, 0xF000_0000, 0xF000_0001);
    EventFormat.EVT2.read(new ByteArrayInputStream(file), "x", accumulator);

    assertThat(accumulator.summary().events()).isEqualTo(1);
    assertThat(accumulator.summary().passedOver())
        .containsEntry("events before the first time", 1L)
        .containsEntry("external triggers", 1L)
        .containsEntry("words of other data", 3L);
  }

  @Test
  void damagedEvt2FilesSayWhatIsWrongAndWhere() {
    int start = EVT2.length();
    assertRefused(
        EventFormat.EVT2,
        evt2(0x8000_0001, 0x5000_0000),
        "offset " + (start + 4) + ": type of a word: expected one of EVT2, found 0x5");
    assertRefused(
        EventFormat.EVT2,
        concat(evt2(0x8000_0001, 7), new byte[] {1}),
        "offset " + (start + 8) + ": event: expected 4 bytes, found 1: the file is truncated");
    assertRefused(EventFormat.EVT2, evt2(0x8000_0002, 0, 0x8000_0001, 0), "at least 128 µs");
    assertRefused(EventFormat.EVT2, evt2(0x8000_0001, 640 << 11), "x = 640");
    assertRefused(EventFormat.EVT2, evt2(5, 6), "only other data");
    assertRefused(EventFormat.EVT2, evt3(0), "header: expected EVT2, found \"EVT3\"");
  }

  @Test
  void evt3TellsWhatChanges() {
    byte[] file =
        evt3(
            0x8001,
            0x6002,
            0x0000 | 719,
            0x2000 | 1 << 11 | 1279,
            0x6003,
            0x2000 | 5,
            0x8002,
            0x2000 | 6);

    assertThat(read(EventFormat.EVT3, file))
        .isEqualTo(
            events(
                HD,
                new long[] {4096 + 2, 1279, 719, 1},
                new long[] {4096 + 3, 5, 719, 0},
                new long[] {2 * 4096, 6, 719, 0}));
  }

  @Test
  void vectorsOfEvt3MoveTheirBaseOn() {
    byte[] file =
        evt3(0x8000, 0x6000, 7, 0x3000 | 1 << 11 | 100, 0x4801, 0x4000, 0x5081, 0x4001, 0x2001);

    assertThat(read(EventFormat.EVT3, file))
        .isEqualTo(
            events(
                HD,
                new long[] {0, 100, 7, 1},
                new long[] {0, 111, 7, 1},
                new long[] {0, 124, 7, 1},
                new long[] {0, 131, 7, 1},
                new long[] {0, 132, 7, 1},
                new long[] {0, 1, 7, 0}));
  }

  @Test
  void anEvt3FilesClockGoesOnAfter17Seconds() {
    byte[] file = evt3(0x8FFF, 0x6FFF, 1, 0x2001, 0x8000, 0x6004, 0x2001, 0x8000, 0x2002);

    Events events = read(EventFormat.EVT3, file);

    assertThat(events.timestamp(1) - events.timestamp(0)).isEqualTo(5);
    assertThat(events.timestamp(2)).isEqualTo((1 << 24) + 4);
  }

  @Test
  void whatElseAnEvt3FileTellsIsCounted() {
    RecordingSummary.Accumulator accumulator = new RecordingSummary.Accumulator();
    byte[] file = evt3(1, 0x2001, 0x8000, 0xA101, 0xE005, 0xF123, 0x7001, 0x2001);
    EventFormat.EVT3.read(new ByteArrayInputStream(file), "x", accumulator);

    assertThat(accumulator.summary().events()).isEqualTo(1);
    assertThat(accumulator.summary().passedOver())
        .containsEntry("events before the first time", 1L)
        .containsEntry("external triggers", 1L)
        .containsEntry("words of other data", 3L);
  }

  @Test
  void damagedEvt3FilesSayWhatIsWrongAndWhere() {
    int start = EVT3.length();
    assertRefused(
        EventFormat.EVT3,
        evt3(0x8000, 0x1000),
        "offset " + (start + 2) + ": type of a word: expected one of EVT3, found 0x1");
    assertRefused(
        EventFormat.EVT3, concat(evt3(0x8000, 1, 0x2001), new byte[1]), "the file is truncated");
    assertRefused(
        EventFormat.EVT3, evt3(0x8000, 1, 0x3000 | 1279, 0x5002), "1280 × 720", "x = 1280, y = 1");
    assertRefused(EventFormat.EVT3, evt3(0x8000, 0x2001), "events before the first row=1");
    int[] vectors = new int[70_000];
    java.util.Arrays.fill(vectors, 0x4000);
    assertRefused(
        EventFormat.EVT3,
        concat(evt3(0x8000, 1, 0x3000), shorts(vectors), shorts(0x4001)),
        "x = 4094");
  }

  @Test
  void wordsMayBeBigEndianAndTheHeaderMayBeMissing() {
    byte[] big =
        concat(
            ascii("% evt 3.0\n% endianness big\n% geometry 320x320\n% end\n"),
            EventFiles.bytes(0x80, 0, 0, 1, 0x20, 2));
    byte[] bare = shorts(0x8000, 1, 0x2002);

    assertThat(read(EventFormat.EVT3, big))
        .isEqualTo(events(new Sensor(320, 320), new long[] {0, 2, 1, 0}));
    assertThat(read(EventFormat.EVT3, bare).size()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({
    "% plugin_name hal_plugin_gen3_fx3, 640, 480",
    "% plugin_name hal_plugin_gen41_evk3, 1280, 720",
    "% sensor_name IMX636, 1280, 720",
    "% generation 4.2, 1280, 720",
    "% sensor_name GenX320, 320, 320",
    "% geometry 304x240, 304, 240",
    "% plugin_name hal_plugin_prophesee, 128, 128"
  })
  void theHeaderTellsTheSensor(String line, int width, int height) {
    byte[] file = concat(ascii(line + "\n% evt 2.0\n"), ints(0x8000_0001, 0));

    assertThat(read(EventFormat.EVT2, file).sensor()).isEqualTo(new Sensor(width, height));
  }

  @ParameterizedTest
  @ValueSource(strings = {"% geometry 0x0\n", "% geometry 99999x1\n", "% Width 7\n", "%\n"})
  void aSenselessSizeIsNone(String line) {
    byte[] file = concat(ascii(line + "% evt 2.0\n"), ints(0x8000_0001, 0));

    assertThat(read(EventFormat.EVT2, file).sensor()).isEqualTo(Sensor.DVS128);
  }

  @Test
  void theHeaderTellsTheFormat() throws IOException {
    assertThat(format(DAT)).isEqualTo(EventFormat.DAT);
    assertThat(format("% Date 2020\n% evt 2.0\n")).isEqualTo(EventFormat.EVT2);
    assertThat(format(EVT3)).isEqualTo(EventFormat.EVT3);
    assertThatThrownBy(() -> format("% format EVT21;height=720;width=1280\n% end\n"))
        .isInstanceOf(DataException.class)
        .hasMessage(
            "x.raw: offset 0: header: expected a DAT file or EVT 2.0 or 3.0, found \"EVT21\"");
    assertThatThrownBy(() -> format("% Date 2020\n"))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("--recording");
  }

  private static EventFormat format(String start) throws IOException {
    return EventFormat.of(
        new ByteArrayInputStream(start.getBytes(StandardCharsets.ISO_8859_1)),
        "x.raw",
        Aedat2Convention.DVS128);
  }

  @Test
  void longFilesComeBlockByBlock() {
    int[] words = new int[40_001];
    words[0] = 0x8000_0001;
    for (int i = 1; i < words.length; i++) {
      words[i] = i % 640 << 11 | i % 480;
    }

    assertThat(EventFiles.blocks(EventFormat.EVT2, evt2(words)))
        .hasSize(5)
        .allMatch(block -> block.size() <= 8192);
    assertThat(read(EventFormat.EVT2, evt2(words)).size()).isEqualTo(40_000);
  }
}
