package org.qsnn.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.qsnn.event.EventFiles.data31;

import com.sun.management.ThreadMXBean;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.qsnn.DataException;
import org.qsnn.tensor.RandomStream;

/** Whatever is wrong with a file, it is a {@link DataException}, and costs little memory. */
class DamagedRecordingTest {
  private static final int TRIALS = 200;
  private static final int EVENT_COUNT = 60;
  private static final long MAX_ALLOCATED = 16L << 20;
  private static final Events EVENTS = someEvents(new Sensor(20, 10));

  private static Events someEvents(Sensor sensor) {
    RandomStream random = RandomStream.of(1);
    EventsBuilder builder = Events.builder(sensor);
    for (int t = 0; t < EVENT_COUNT; t++) {
      builder.append(
          t, random.nextInt(sensor.width()), random.nextInt(sensor.height()), random.nextBoolean());
    }
    return builder.build();
  }

  static Stream<Arguments> files() throws IOException {
    return Stream.of(
        Arguments.of(EventFormat.AEDAT2_DVS128, file("AEDAT 2.0", aedat2())),
        Arguments.of(EventFormat.AEDAT31, file("AEDAT 3.1", aedat31())),
        Arguments.of(EventFormat.AEDAT4, file("AEDAT 4, plain", aedat4(0))),
        Arguments.of(EventFormat.AEDAT4, file("AEDAT 4, LZ4", aedat4(1))),
        Arguments.of(EventFormat.AEDAT4, file("AEDAT 4, zstd", aedat4(3))),
        Arguments.of(EventFormat.DAT, file("DAT", dat())),
        Arguments.of(EventFormat.EVT2, file("EVT 2.0", evt2())),
        Arguments.of(EventFormat.EVT3, file("EVT 3.0", evt3())),
        Arguments.of(EventFormat.CSV, file("CSV", csv())),
        Arguments.of(EventFormat.NPZ, file("NPZ", npz())),
        Arguments.of(EventFormat.N_MNIST, file("N-MNIST", saccade())));
  }

  /** Without the list of files at its end, which is not needed. */
  private static byte[] npz() {
    byte[] whole = EventFiles.npz(EVENTS);
    String text = new String(whole, StandardCharsets.ISO_8859_1);
    return Arrays.copyOf(whole, text.indexOf("PK\u0001\u0002"));
  }

  private static byte[] csv() {
    StringBuilder text = new StringBuilder("t,x,y,p\n");
    for (int i = 0; i < EVENTS.size(); i++) {
      text.append(EVENTS.timestamp(i)).append(',').append(EVENTS.x(i)).append(',');
      text.append(EVENTS.y(i)).append(',').append(EVENTS.isOn(i) ? 1 : 0).append('\n');
    }
    return EventFiles.ascii(text.toString().strip());
  }

  private static byte[] dat() {
    int[] words = new int[2 * EVENTS.size()];
    for (int i = 0; i < EVENTS.size(); i++) {
      words[2 * i] = (int) EVENTS.timestamp(i);
      words[2 * i + 1] = EVENTS.x(i) | EVENTS.y(i) << 14 | (EVENTS.isOn(i) ? 1 << 28 : 0);
    }
    return EventFiles.concat(
        EventFiles.ascii(
            "% Data file containing CD events\n% Version 2\n% Width 20\n% Height 10\n"),
        new byte[] {0x0C, 8},
        EventFiles.ints(words));
  }

  private static byte[] evt2() {
    int[] words = new int[1 + EVENTS.size()];
    words[0] = 0x8000_0000;
    for (int i = 0; i < EVENTS.size(); i++) {
      words[1 + i] =
          (EVENTS.isOn(i) ? 1 << 28 : 0)
              | (int) EVENTS.timestamp(i) << 22
              | EVENTS.x(i) << 11
              | EVENTS.y(i);
    }
    return EventFiles.concat(
        EventFiles.ascii("% evt 2.0\n% geometry 20x10\n% end\n"), EventFiles.ints(words));
  }

  private static byte[] evt3() {
    int[] words = new int[1 + 3 * EVENTS.size()];
    words[0] = 0x8000;
    for (int i = 0; i < EVENTS.size(); i++) {
      words[1 + 3 * i] = 0x6000 | (int) EVENTS.timestamp(i);
      words[2 + 3 * i] = EVENTS.y(i);
      words[3 + 3 * i] = 0x2000 | (EVENTS.isOn(i) ? 1 << 11 : 0) | EVENTS.x(i);
    }
    return EventFiles.concat(
        EventFiles.ascii("% format EVT3;height=10;width=20\n% end\n"), EventFiles.shorts(words));
  }

  private static Named<byte[]> file(String name, byte[] bytes) {
    return Named.of(name, bytes);
  }

  private static byte[] aedat2() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Aedat2Writer.write(someEvents(Sensor.DVS128), Aedat2Convention.DVS128, out);
    return out.toByteArray();
  }

  private static byte[] aedat31() {
    int[] values = new int[2 * EVENTS.size()];
    for (int i = 0; i < EVENTS.size(); i++) {
      values[2 * i] = data31(EVENTS.x(i), EVENTS.y(i), EVENTS.isOn(i));
      values[2 * i + 1] = (int) EVENTS.timestamp(i);
    }
    return EventFiles.aedat31(EventFiles.packet31(0, 0, 1, 2), EventFiles.packet31(1, 0, values));
  }

  private static byte[] aedat4(int compression) {
    return EventFiles.aedat4(
        compression,
        EventFiles.packet4(compression, 3, EVENTS.slice(0, 20)),
        EventFiles.packet4(compression, 1, EVENTS),
        EventFiles.packet4(compression, 3, EVENTS.slice(20, EVENT_COUNT)));
  }

  private static byte[] saccade() {
    byte[] bytes = new byte[5 * EVENTS.size()];
    for (int i = 0; i < EVENTS.size(); i++) {
      bytes[5 * i] = (byte) EVENTS.x(i);
      bytes[5 * i + 1] = (byte) EVENTS.y(i);
      bytes[5 * i + 3] = (byte) (EVENTS.timestamp(i) >> 8);
      bytes[5 * i + 4] = (byte) EVENTS.timestamp(i);
    }
    return bytes;
  }

  @ParameterizedTest(name = "{1}")
  @MethodSource("files")
  void theWholeFileCanBeRead(EventFormat format, byte[] file) {
    assertThat(EventFiles.read(format, file).size()).isEqualTo(EVENTS.size());
  }

  @ParameterizedTest(name = "{1}")
  @MethodSource("files")
  void aTruncatedFileIsADataExceptionOrAShorterRecording(EventFormat format, byte[] file) {
    RandomStream random = RandomStream.of(3, format.ordinal());
    for (int trial = 0; trial < TRIALS; trial++) {
      int length = trial == 0 ? file.length - 1 : random.nextInt(file.length);
      assertThat(eventsIn(format, Arrays.copyOf(file, length))).isLessThan(EVENTS.size());
    }
  }

  @ParameterizedTest(name = "{1}")
  @MethodSource("files")
  void changedBytesAreADataExceptionOrOtherEvents(EventFormat format, byte[] file) {
    RandomStream random = RandomStream.of(2, format.ordinal());
    for (int trial = 0; trial < TRIALS; trial++) {
      byte[] changed = file.clone();
      for (int flips = 1 + random.nextInt(4); flips > 0; flips--) {
        // Half of the damage hits headers, which are short.
        int range = random.nextBoolean() ? file.length : Math.min(file.length, 700);
        changed[random.nextInt(range)] = (byte) random.nextInt(256);
      }
      long before = allocated();
      eventsIn(format, changed);
      assertThat(allocated() - before).as("bytes allocated").isLessThan(MAX_ALLOCATED);
    }
  }

  /** The events of a file, −1 if it is refused. Any other exception fails the test. */
  private static int eventsIn(EventFormat format, byte[] file) {
    try {
      return format.read(new ByteArrayInputStream(file), "x").size();
    } catch (DataException e) {
      assertThat(e).hasMessageStartingWith("x: offset ");
      return -1;
    }
  }

  private static long allocated() {
    return ((ThreadMXBean) ManagementFactory.getThreadMXBean())
        .getThreadAllocatedBytes(Thread.currentThread().getId());
  }
}
