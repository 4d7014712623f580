package org.qsnn.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.qsnn.event.EventFiles.bytes;
import static org.qsnn.event.EventFiles.events;
import static org.qsnn.event.EventFiles.read;
import static org.qsnn.event.EventFormat.N_CALTECH101;
import static org.qsnn.event.EventFormat.N_MNIST;

import org.junit.jupiter.api.Test;
import org.qsnn.DataException;

class SaccadeReaderTest {
  @Test
  void readsPolarityAndTimestampsOf23Bits() {
    assertThat(read(N_MNIST, bytes(33, 0, 0x80, 1, 2, 5, 33, 0x7F, 0xFF, 0xFE)))
        .isEqualTo(
            events(
                new Sensor(34, 34), new long[] {0x102, 33, 0, 1}, new long[] {0x7FFFFE, 5, 33, 0}));
  }

  @Test
  void sensorsDiffer() {
    byte[] file = bytes(239, 179, 0x80, 1, 2);

    assertThat(read(N_CALTECH101, file).sensor()).isEqualTo(new Sensor(240, 180));
    assertThatThrownBy(() -> read(N_MNIST, file))
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith(
            "x.aedat: offset 0: event 0: expected a pixel of the sensor of 34 × 34 pixels,"
                + " found x = 239, y = 179");
  }

  @Test
  void anOverflowAdvancesTimeAndIsNoPixel() {
    assertThat(read(N_MNIST, bytes(1, 2, 0x80, 0, 9, 0, 240, 0, 0, 0, 3, 4, 0, 0, 1)))
        .isEqualTo(
            events(
                new Sensor(34, 34), new long[] {9, 1, 2, 1}, new long[] {(1 << 13) + 1, 3, 4, 0}));
    assertThatThrownBy(() -> read(N_MNIST, bytes(0, 240, 0, 0, 0)))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("only other data {overflows of the clock=1}");
  }

  @Test
  void refusesBadFiles() {
    assertThatThrownBy(() -> read(N_MNIST, bytes(1, 1, 0, 0, 9, 1, 1)))
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith(
            "x.aedat: offset 5: event: expected 5 bytes, found 2: the file is truncated");
    assertThatThrownBy(() -> read(N_MNIST, bytes(1, 1, 0, 0, 9, 1, 1, 0, 0, 8)))
        .isInstanceOf(DataException.class)
        .hasMessageContainingAll("offset 5", "at least 9", "found 8");
    assertThatThrownBy(() -> read(N_MNIST, bytes()))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("it is empty");
  }
}
