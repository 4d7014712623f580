package org.qsnn.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.qsnn.event.EventFiles.ascii;
import static org.qsnn.event.EventFiles.bytes;
import static org.qsnn.event.EventFiles.concat;
import static org.qsnn.event.EventFiles.events;

import java.io.ByteArrayInputStream;
import org.junit.jupiter.api.Test;
import org.qsnn.DataException;
import org.qsnn.event.GestureLabels.Row;

class GestureLabelsTest {
  private static final String HEADER = "class,startTime_usec,endTime_usec\n";

  private static GestureLabels read(String text) {
    return GestureLabels.read(new ByteArrayInputStream(ascii(text)), "x.csv");
  }

  @Test
  void readsRowsInTheFilesOrder() {
    GestureLabels labels = read(HEADER + "11,100,200\r\n\n1,50,60");

    assertThat(labels.rows()).containsExactly(new Row(2, 10, 100, 200), new Row(4, 0, 50, 60));
    assertThat(labels.overlapping()).isEmpty();
  }

  @Test
  void aSampleHasItsFirstAndNotItsLastMicrosecond() {
    Events recording =
        events(
            Sensor.DVS128,
            new long[] {99, 0, 0, 1},
            new long[] {100, 1, 0, 1},
            new long[] {199, 2, 0, 1},
            new long[] {200, 3, 0, 1});

    assertThat(new Row(2, 0, 100, 200).of(recording)).isEqualTo(recording.slice(1, 3));
    assertThat(new Row(2, 0, 300, 400).of(recording).isEmpty()).isTrue();
  }

  @Test
  void reportsRowsThatOverlap() {
    GestureLabels labels = read(HEADER + "1,0,100\n2,99,150\n3,150,200\n4,20,30\n");

    assertThat(labels.overlapping()).containsExactly(labels.rows().get(1), labels.rows().get(3));
  }

  @Test
  void aByteOrderMarkDoesNotMatter() {
    byte[] marked = concat(bytes(0xEF, 0xBB, 0xBF), ascii(HEADER + "1,0,100\r\n"));

    assertThat(GestureLabels.read(new ByteArrayInputStream(marked), "x.csv").rows())
        .containsExactly(new Row(2, 0, 0, 100));
  }

  @Test
  void aFullListOfRowsThatAllOverlapIsReadAtOnce() {
    GestureLabels labels = read(HEADER + "1,0,9\n".repeat(10_000));

    assertThat(labels.overlapping()).hasSize(9_999);
  }

  @Test
  void refusesARowThatEndsBeforeItStarts() {
    assertThatThrownBy(() -> read(HEADER + "1,0,100\n2,200,199\n"))
        .isInstanceOf(DataException.class)
        .hasMessage(
            "x.csv: offset 42: line 3: expected an end at or after the start 200, found 199");
  }

  @Test
  void refusesOtherBadRows() {
    assertRefused(HEADER + "0,1,2\n", "line 2", "class 1…11", "found 0");
    assertRefused(HEADER + "12,1,2\n", "found 12");
    assertRefused(HEADER + "1,1\n", "three columns", "found 2");
    assertRefused(HEADER + "1,1,2,\n", "three columns", "found 4");
    assertRefused(HEADER + "1,x,2\n", "a number", "\"x\"");
    assertRefused(HEADER + "1,1,99999999999999999999\n", "a number");
    assertRefused("1,1,2\n", "line 1", "class,startTime_usec,endTime_usec");
    assertRefused(HEADER, "found none");
    assertRefused("", "found none");
    assertRefused(HEADER + " ".repeat(1 << 16), "at most 65536 bytes");
  }

  private static void assertRefused(String text, String... parts) {
    assertThatThrownBy(() -> read(text))
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith("x.csv: ")
        .hasMessageContainingAll(parts);
  }
}
