package org.qsnn.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.qsnn.DataException;
import org.qsnn.tensor.RandomStream;

class EventCodecTest {
  /** Four events, the last after a pause that is written whole. */
  private static final String GOLDEN =
      "0180004000005ed0b2000000008001e1f3ff0500fffffbe0f5050000802004000000a9862e6d";

  /**
   * @param largestGap one of the gaps between two events in twenty is up to this, others a tenth
   */
  private static Events random(Sensor sensor, int size, long largestGap, long seed) {
    RandomStream random = RandomStream.of(seed);
    EventsBuilder events = Events.builder(sensor);
    long timestamp = random.nextInt(1 << 30) * 5L;
    for (int i = 0; i < size; i++) {
      double largest = random.nextInt(20) == 0 ? largestGap : largestGap / 10.0;
      timestamp += (long) (random.nextDouble() * largest);
      int x = random.nextInt(sensor.width());
      events.append(timestamp, x, random.nextInt(sensor.height()), random.nextBoolean());
    }
    return events.build();
  }

  @ParameterizedTest
  @CsvSource({
    "128, 128, 4000, 300",
    "34, 34, 3000, 40",
    "240, 180, 1000, 1000000",
    "1, 1, 500, 0",
    "32768, 32768, 1000, 100",
    "5, 32768, 129, 281474976710655",
    "2, 3, 128, 10",
    "48, 48, 127, 10",
    "7, 9, 1, 10",
    "7, 9, 0, 10"
  })
  void roundTrips(int width, int height, int size, long largestGap) {
    for (long seed = 0; seed < 20; seed++) {
      Events events = random(new Sensor(width, height), size, largestGap, seed);
      assertThat(EventCodec.decode(EventCodec.encode(events))).isEqualTo(events);
    }
  }

  @Test
  void roundTripsEveryTimestampThatALongHolds() {
    Events early = Events.builder(new Sensor(1, 1)).append(Long.MIN_VALUE, 0, 0, true).build();
    Events late = Events.builder(new Sensor(1, 1)).append(Long.MAX_VALUE, 0, 0, true).build();
    assertThat(EventCodec.decode(EventCodec.encode(early))).isEqualTo(early);
    assertThat(EventCodec.decode(EventCodec.encode(late))).isEqualTo(late);
  }

  @Test
  void sliceIsStoredWithoutItsRecording() {
    Events slice = random(Sensor.DVS128, 500, 100, 1).slice(100, 300);
    assertThat(EventCodec.decode(EventCodec.encode(slice))).isEqualTo(slice);
  }

  @Test
  void bytesAreThoseOfVersion1() {
    Events events =
        Events.builder(new Sensor(128, 64))
            .append(3_000_000_000L, 1, 2, true)
            .append(3_000_000_005L, 127, 63, false)
            .append(3_000_000_005L, 0, 0, true)
            .append(3_100_000_000L, 64, 32, false)
            .build();
    byte[] golden = HexFormat.of().parseHex(GOLDEN);
    assertThat(HexFormat.of().formatHex(EventCodec.encode(events))).isEqualTo(GOLDEN);
    assertThat(EventCodec.decode(golden)).isEqualTo(events);
  }

  @Test
  void takesAboutThreeBytesAnEvent() {
    Events events = random(Sensor.DVS128, 100_000, 300, 1);
    assertThat(EventCodec.encode(events).length / 100_000.0).isLessThan(3);
  }

  @Test
  void rareLongPausesDoNotCostTheirBlock() {
    Events events = random(Sensor.DVS128, 50_000, 100, 1);
    EventsBuilder paused = Events.builder(Sensor.DVS128);
    for (int i = 0; i < events.size(); i++) {
      long pauses = i / 1000 * 60_000_000_000L;
      paused.append(events.timestamp(i) + pauses, events.x(i), events.y(i), events.isOn(i));
    }
    assertThat(EventCodec.encode(paused.build()))
        .hasSizeLessThan(EventCodec.encode(events).length + 50 * 9);
  }

  @Test
  void everyChangedBitIsFound() {
    byte[] bytes = EventCodec.encode(random(Sensor.DVS128, 150, 300, 1));
    for (int bit = 0; bit < 8 * bytes.length; bit++) {
      byte[] damaged = bytes.clone();
      damaged[bit >> 3] ^= (byte) (1 << (bit & 7));
      assertThatExceptionOfType(DataException.class)
          .as("bit %d", bit)
          .isThrownBy(() -> EventCodec.decode(damaged))
          .withMessageStartingWith("stored events: expected CRC-32C ");
    }
  }

  @Test
  void everyTruncationIsFound() {
    byte[] bytes = EventCodec.encode(random(Sensor.DVS128, 150, 300, 1));
    for (int length = 0; length < bytes.length; length++) {
      byte[] cut = Arrays.copyOf(bytes, length);
      assertThatThrownBy(() -> EventCodec.decode(cut))
          .as("%d bytes", length)
          .isInstanceOf(DataException.class);
    }
  }

  @Test
  void bytesThatNoEncoderWroteAreRefusedWhateverTheirChecksum() {
    byte[] bytes = EventCodec.encode(random(new Sensor(100, 100), 300, 300, 1));
    RandomStream random = RandomStream.of(1);
    int refused = 0;
    for (int i = 0; i < 2000; i++) {
      byte[] forged = bytes.clone();
      for (int changes = 1 + random.nextInt(8); changes > 0; changes--) {
        forged[random.nextInt(forged.length)] = (byte) random.nextLong();
      }
      try {
        Events events = EventCodec.decode(checked(forged));
        assertThat(events.size()).isLessThan(10_000);
      } catch (DataException e) {
        assertThat(e).hasMessageStartingWith("stored events: expected ");
        refused++;
      }
    }
    assertThat(refused).isBetween(500, 1999);
  }

  @Test
  void namesWhatIsWrong() {
    byte[] bytes = EventCodec.encode(random(new Sensor(100, 100), 10, 300, 1));
    assertThatThrownBy(() -> EventCodec.decode(new byte[20]))
        .hasMessage("stored events: expected at least 21 bytes, found 20");
    assertThatThrownBy(() -> EventCodec.decode(checked(changed(bytes, 0, 2))))
        .hasMessage("stored events: expected version 1, found 2");
    assertThatThrownBy(() -> EventCodec.decode(checked(changed(changed(bytes, 1, 0), 2, 0))))
        .hasMessage("stored events: expected the size of a sensor, found 0 × 100");
    assertThatThrownBy(() -> EventCodec.decode(checked(changed(bytes, bytes.length - 5, 127))))
        .hasMessageContaining("no more events than");
    assertThatThrownBy(() -> EventCodec.decode(checked(changed(bytes, bytes.length - 8, 2))))
        .hasMessage("stored events: expected the bytes of 2 events, found more");
    assertThatThrownBy(() -> EventCodec.decode(checked(changed(bytes, bytes.length - 8, 18))))
        .hasMessageContaining("expected more than the");
    assertThatThrownBy(() -> EventCodec.decode(checked(changed(bytes, 1, 65))))
        .hasMessageContaining("expected a pixel of the sensor of 65 × 100 pixels, found (");
  }

  @Test
  void refusesGapsThatItCannotStore() {
    Events events =
        Events.builder(new Sensor(1, 1)).append(0, 0, 0, true).append(1L << 48, 0, 0, true).build();
    assertThatIllegalArgumentException().isThrownBy(() -> EventCodec.encode(events));
    Events overflowing =
        Events.builder(new Sensor(1, 1))
            .append(Long.MIN_VALUE, 0, 0, true)
            .append(Long.MAX_VALUE, 0, 0, true)
            .build();
    assertThatIllegalArgumentException().isThrownBy(() -> EventCodec.encode(overflowing));
  }

  @Test
  void countsAreBoundedByTheBytesThatTheyTakeAtLeast() {
    byte[] bytes = new byte[13 + 10_000 + 8];
    ByteBuffer.wrap(bytes)
        .order(ByteOrder.LITTLE_ENDIAN)
        .put(0, (byte) 1)
        .putShort(1, (short) 128)
        .putShort(3, (short) 128)
        .putInt(bytes.length - 8, 5_010);

    assertThatThrownBy(() -> EventCodec.decode(checked(bytes)))
        .hasMessage("stored events: expected no more events than 10013 bytes can hold, found 5010");
  }

  @Test
  void refusesParametersAndTimesThatNoEncoderWrites() {
    byte[] bytes = EventCodec.encode(random(new Sensor(100, 100), 10, 300, 1));
    assertThatThrownBy(() -> EventCodec.decode(checked(changed(bytes, 13, 63))))
        .hasMessage("stored events: expected a parameter below 48, found 63");
    byte[] late = bytes.clone();
    ByteBuffer.wrap(late).order(ByteOrder.LITTLE_ENDIAN).putLong(5, Long.MAX_VALUE);
    assertThatThrownBy(() -> EventCodec.decode(checked(late)))
        .hasMessageContaining("expected timestamps below 2^63 µs");
  }

  private static byte[] changed(byte[] bytes, int index, int value) {
    byte[] changed = bytes.clone();
    changed[index] = (byte) value;
    return changed;
  }

  /** The bytes with the checksum that they should have. */
  private static byte[] checked(byte[] bytes) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, 0, bytes.length - 4);
    ByteBuffer.wrap(bytes)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putInt(bytes.length - 4, (int) crc.getValue());
    return bytes;
  }
}
