package org.qsnn.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.qsnn.event.EventFiles.events;
import static org.qsnn.event.EventFiles.read;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
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
  @EnumSource(names = {"DVS128", "DVS128_UPRIGHT", "CIFAR10_DVS"})
  void readsBackWhatWasWritten(Aedat2Convention convention) throws IOException {
    RandomStream random = RandomStream.of(5);
    EventsBuilder builder = Events.builder(Sensor.DVS128);
    for (long i = 0, t = 0xFFF0_0000L; i < 20_000; i++, t += random.nextInt(50)) {
      builder.append(t, random.nextInt(128), random.nextInt(128), random.nextBoolean());
    }
    Events events = builder.build();
    EventFormat format = EventFormat.valueOf("AEDAT2_" + convention);

    assertThat(read(format, written(events, convention))).isEqualTo(events);
  }

  @ParameterizedTest
  @EnumSource
  void everyPixelHasAnAddressOfItsOwn(Aedat2Convention convention) {
    Sensor sensor = convention.sensor();
    Set<Integer> addresses = new HashSet<>();
    for (int i = 0; i < 2 * sensor.width() * sensor.height(); i++) {
      int x = i / 2 % sensor.width();
      int y = i / 2 / sensor.width();
      boolean on = i % 2 == 0;
      int address = convention.address(x, y, on);

      assertThat(addresses.add(address)).isTrue();
      assertThat(convention.has(address)).isTrue();
      assertThat(convention.other(address)).isEmpty();
      assertThat(convention.x(address)).isEqualTo(x);
      assertThat(convention.y(address)).isEqualTo(y);
      assertThat(convention.isOn(address)).isEqualTo(on);
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
