package org.qsnn.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.qsnn.event.EventFiles.ascii;
import static org.qsnn.event.EventFiles.concat;
import static org.qsnn.event.EventFiles.events;
import static org.qsnn.event.EventFiles.npy;
import static org.qsnn.event.EventFiles.npz;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.qsnn.DataException;

/** Events in .csv and .npz files, by the names of their columns. */
class EventTableTest {
  private static final Sensor DVS128 = Sensor.DVS128;
  private static final Events TWO =
      events(DVS128, new long[] {5, 1, 2, 1}, new long[] {7, 3, 4, 0});

  private static Events read(EventFormat format, byte[] file, EventTable table) {
    RecordingCollector collector = new RecordingCollector("x");
    format.read(
        new ByteArrayInputStream(file), "x", RecordingOptions.DEFAULT.withTable(table), collector);
    return collector.events();
  }

  private static Events csv(String text) {
    return read(EventFormat.CSV, ascii(text), EventTable.USUAL);
  }

  private static void assertRefused(EventFormat format, byte[] file, String... message) {
    assertThatThrownBy(() -> read(format, file, EventTable.USUAL))
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith("x: offset ")
        .hasMessageContainingAll(message);
  }

  @Test
  void columnsOfTextMayStandInAnyOrder() {
    assertThat(csv("t,x,y,p\n5,1,2,1\n7,3,4,0\n")).isEqualTo(TWO);
    assertThat(csv("x;y;polarity;timestamp\r\n1;2;1;5\r\n\r\n3;4;-1;7")).isEqualTo(TWO);
    assertThat(csv("# t x y p\n5 1 2 1\n7 3 4 0\n")).isEqualTo(TWO);
    assertThat(csv("\"Time\",\"Other\",\"X\",\"Y\",\"On\"\n5.0,a,1,2,True\n7,b,3,4,false\n"))
        .isEqualTo(TWO);
    assertThat(
            read(
                EventFormat.CSV,
                concat(EventFiles.bytes(0xEF, 0xBB, 0xBF), ascii("t,x,y,p\n5,1,2,1\n7,3,4,0")),
                EventTable.USUAL))
        .isEqualTo(TWO);
  }

  @Test
  void columnsAndTheUnitOfTimeCanBeNamed() {
    EventTable table = new EventTable("stamp, u, v, sign", EventTable.Unit.S);

    assertThat(read(EventFormat.CSV, ascii("u,v,sign,stamp\n1,2,1,0.000005\n3,4,0,7e-6"), table))
        .isEqualTo(TWO);
    assertThat(new EventTable("a,b,c", EventTable.Unit.US).isComplete()).isFalse();
    assertThatThrownBy(() -> read(EventFormat.CSV, ascii("t,x,y,p\n5,1,2,1"), table))
        .hasMessageContaining("a column stamp, as dataset.recordings.columns says");
  }

  @Test
  void damagedTextSaysWhatIsWrongAndWhere() {
    assertRefused(EventFormat.CSV, ascii(""), "it is empty");
    assertRefused(EventFormat.CSV, ascii("t,x,y,p\n"), "expected events");
    assertRefused(
        EventFormat.CSV, ascii("5,1,2,1\n"), "a column t among names of columns such as t,x,y,p");
    assertRefused(EventFormat.CSV, ascii("t,x,y,p\n5,1,2\n"), "offset 8", "4 columns", "found 3");
    assertRefused(
        EventFormat.CSV,
        ascii("t,x,y,p\n5,1,a,1\n"),
        "offset 8: column y",
        "a number, found \"a\"");
    assertRefused(
        EventFormat.CSV, ascii("t,x,y,p\n5,1.5,2,1\n"), "a pixel of the sensor", "x = -1");
    assertRefused(EventFormat.CSV, ascii("t,x,y,p\n5,1,2,1\n4,1,2,1\n"), "offset 16", "at least 5");
    assertRefused(EventFormat.CSV, ascii("t,x,y,p\n1e300,1,2,1\n"), "within ±2^61 µs");
  }

  @Test
  void arraysAreFoundByTheirNames() throws IOException {
    byte[] file = npz(TWO);

    assertThat(read(EventFormat.NPZ, file, EventTable.USUAL)).isEqualTo(TWO);
    assertThat(EventFormat.of(new ByteArrayInputStream(file), "x", Aedat2Convention.DVS128))
        .isEqualTo(EventFormat.NPZ);
  }

  @Test
  void otherArraysArePassedOver() {
    Map<String, byte[]> arrays = new HashMap<>();
    arrays.put("label.npy", npy("<i8", 1, new byte[8]));
    for (String name : new String[] {"t", "x", "y", "p"}) {
      arrays.put(name + ".npy", npy("|u1", 2, new byte[] {1, 2}));
    }
    RecordingCollector collector = new RecordingCollector("x");
    EventFormat.NPZ.read(new ByteArrayInputStream(npz(arrays)), "x", collector);

    assertThat(collector.events().size()).isEqualTo(2);
    assertThat(collector.passedOver()).containsEntry("arrays of other data", 1L);
  }

  @Test
  void damagedArchivesSayWhatIsWrong() {
    byte[] one = npy("|u1", 2, new byte[] {1, 2});
    assertRefused(EventFormat.NPZ, npz(Map.of("t.npy", one)), "a column x among", "found \"t\"");
    assertRefused(
        EventFormat.NPZ,
        npz(Map.of("t.npy", one, "x.npy", one, "y.npy", npy("|u1", 1, new byte[1]), "p.npy", one)),
        "array y: expected 2 numbers",
        "found 1");
    assertRefused(
        EventFormat.NPZ,
        npz(Map.of("t.npy", npy("|u1", 2_000_000_000, new byte[1]))),
        "array t: expected at most");
    assertRefused(
        EventFormat.NPZ, npz(Map.of("t.npy", npy("<i8", 5, new byte[1]))), "40 bytes, found 1");
    assertRefused(
        EventFormat.NPZ, npz(Map.of("t.npy", npy("|O", 1, new byte[1]))), "whole numbers, floats");
    assertRefused(EventFormat.NPZ, npz(Map.of("t.npy", ascii("hello"))), "a NumPy array");
    assertRefused(EventFormat.NPZ, Arrays.copyOf(npz(TWO), 150), "trunc");
    byte[] bomb = npy("|u1", 200_000_000, new byte[200_000_000]);
    assertRefused(EventFormat.NPZ, npz(Map.of("t.npy", bomb)), "it unpacks without end");
  }

  @Test
  void ofSeveralCamerasOneCanBeChosen() {
    byte[] first = EventFiles.packet31(1, 0, EventFiles.data31(1, 2, true), 5);
    byte[] second = EventFiles.packet31(1, 0, EventFiles.data31(3, 4, false), 4);
    second[2] = 2;
    byte[] file = EventFiles.aedat31(first, second);
    RecordingCollector collector = new RecordingCollector("x");

    assertThatThrownBy(() -> EventFiles.read(EventFormat.AEDAT31, file))
        .hasMessageContaining("dataset.recordings.source chooses one");
    EventFormat.AEDAT31.read(
        new ByteArrayInputStream(file), "x", RecordingOptions.DEFAULT.withSource(2), collector);
    assertThat(collector.events()).isEqualTo(events(DVS128, new long[] {4, 3, 4, 0}));
    assertThat(collector.passedOver()).containsEntry("events of other sources", 1L);
    assertThatThrownBy(
            () ->
                EventFormat.AEDAT4.read(
                    new ByteArrayInputStream(EventFiles.aedat4(0, EventFiles.packet4(0, 3, TWO))),
                    "x",
                    RecordingOptions.DEFAULT.withSource(1),
                    collector))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("a stream 1 of events, as dataset.recordings.source says");
  }
}
