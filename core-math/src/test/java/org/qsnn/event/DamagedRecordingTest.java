package org.qsnn.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.qsnn.event.EventFiles.data31;

import com.sun.management.ThreadMXBean;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
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
        Arguments.of(EventFormat.N_MNIST, file("N-MNIST", saccade())));
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
