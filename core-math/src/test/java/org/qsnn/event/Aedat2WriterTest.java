package org.qsnn.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.qsnn.event.EventFiles.events;
import static org.qsnn.event.EventFiles.read;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.qsnn.tensor.RandomStream;

class Aedat2WriterTest {
  private static byte[] written(Events events, Aedat2Convention convention) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Aedat2Writer.write(events, convention, out);
    return out.toByteArray();
  }

  @ParameterizedTest
  @EnumSource
  void readsBackWhatWasWritten(Aedat2Convention convention) throws IOException {
    RandomStream random = RandomStream.of(5);
    EventsBuilder builder = Events.builder(Sensor.DVS128);
    for (long i = 0, t = 0xFFF0_0000L; i < 20_000; i++, t += random.nextInt(50)) {
      builder.append(t, random.nextInt(128), random.nextInt(128), random.nextBoolean());
    }
    Events events = builder.build();
    EventFormat format =
        convention == Aedat2Convention.DVS128
            ? EventFormat.AEDAT2_DVS128
            : EventFormat.AEDAT2_CIFAR10_DVS;

    assertThat(read(format, written(events, convention))).isEqualTo(events);
  }

  @ParameterizedTest
  @EnumSource
  void everyAddressIsAPixelOfItsOwn(Aedat2Convention convention) {
    for (int address = 0; address <= Aedat2Convention.ADDRESS_MASK; address++) {
      int x = convention.x(address);
      int y = convention.y(address);

      assertThat(convention.address(x, y, Aedat2Convention.isOn(address))).isEqualTo(address);
    }
  }

  @Test
  void writesTheBytesThatJaerWrites() throws IOException {
    byte[] file =
        written(events(Sensor.DVS128, new long[] {0x8000_0001L, 5, 3, 0}), Aedat2Convention.DVS128);

    assertThat(new String(file, StandardCharsets.ISO_8859_1))
        .isEqualTo(
            "#!AER-DAT2.0\r\n"
                + "# This is a raw AE data file - do not edit\r\n"
                + "# Data format is int32 address, int32 timestamp (8 bytes total), repeated for"
                + " each event\r\n"
                + "# Timestamps tick: 1 us\r\n"
                + "# AEChip: ch.unizh.ini.jaer.chip.retina.DVS128\r\n"
                + "\0\0\3\13\u0080\0\0\1");
  }

  @Test
  void refusesWhatTheFormatCannotHold() {
    Events late = events(Sensor.DVS128, new long[] {0x1_0000_0000L, 0, 0, 1});
    Events early = events(Sensor.DVS128, new long[] {-1, 0, 0, 1});
    Events small = events(new Sensor(34, 34), new long[] {1, 0, 0, 1});

    assertThatThrownBy(() -> written(late, Aedat2Convention.DVS128))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll("0…4294967295", "4294967296");
    assertThatThrownBy(() -> written(early, Aedat2Convention.DVS128)).hasMessageContaining("-1");
    assertThatThrownBy(() -> written(small, Aedat2Convention.DVS128))
        .hasMessageContainingAll("128 × 128", "34 × 34");
  }
}
