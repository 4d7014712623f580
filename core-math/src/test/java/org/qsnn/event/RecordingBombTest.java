package org.qsnn.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.qsnn.event.EventFiles.aedat4;
import static org.qsnn.event.EventFiles.ascii;
import static org.qsnn.event.EventFiles.compressed;
import static org.qsnn.event.EventFiles.concat;
import static org.qsnn.event.EventFiles.header4;
import static org.qsnn.event.EventFiles.npy;
import static org.qsnn.event.EventFiles.npz;
import static org.qsnn.event.EventFiles.packet4;

import com.sun.management.ThreadMXBean;
import java.io.ByteArrayInputStream;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.qsnn.ConfigurationException;
import org.qsnn.DataException;

/** Small files that claim, or unpack to, much: they cost little, and end in one line. */
class RecordingBombTest {
  private static final long MOST_ALLOCATED = 64L << 20;
  private static final Duration MOST_TIME = Duration.ofSeconds(2);

  /** Of this thread alone, whatever else the machine does. */
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private static final Events ONE =
      Events.builder(new Sensor(20, 10)).append(1, 2, 3, true).build();

  static Stream<Named<byte[]>> bombs() {
    return Stream.of(
        Named.of("zstd packet", aedat4(3, bomb(3))),
        Named.of("40 zstd packets", aedat4(3, repeated(bomb(3), 40))),
        Named.of("LZ4 packet", aedat4(1, bomb(1))),
        Named.of("4000 small LZ4 packets", aedat4(1, repeated(packet4(1, 9, ONE), 4000))),
        Named.of("npz array", npz(Map.of("t.npy", npy("|u1", 60_000_000, new byte[60_000_000])))),
        Named.of("deep XML", header("<node name='outInfo'>".repeat(45_000))),
        Named.of("XML with nested attributes", header("<attr key='a'>".repeat(70_000))),
        Named.of("XML of many names", header(names(90_000))),
        Named.of("long text in XML", header("<attr key='a'>" + "x".repeat(1_000_000) + "</attr>")),
        Named.of("billion laughs", header(laughs())),
        Named.of("header of 16 MB", concat(ascii("#!AER-DAT4.0\r\n"), new byte[] {0, 0, 0, 1})),
        Named.of(
            "lines of a header", concat(ascii("#!AER-DAT2.0\r\n"), ascii("#\n".repeat(200_000)))));
  }

  private static byte[] header(String inside) {
    return aedat4(header4(0, -1, "<dv>" + inside + "</dv>"));
  }

  private static String names(int count) {
    StringBuilder names = new StringBuilder();
    for (int i = 0; i < count; i++) {
      names.append("<a").append(Integer.toString(i, 36)).append("/>");
    }
    return names.toString();
  }

  private static String laughs() {
    return "<!DOCTYPE dv [<!ENTITY a 'ha'><!ENTITY b '&a;&a;&a;&a;'><!ENTITY c '&b;&b;&b;'>]>&c;";
  }

  private static byte[] repeated(byte[] packet, int times) {
    return concat(Collections.nCopies(times, packet).toArray(byte[][]::new));
  }

  /** A packet of the stream of events, of 16 MB of zeros. */
  private static byte[] bomb(int compression) {
    byte[] zeros = new byte[1 << 24];
    ByteBuffer.wrap(zeros).order(ByteOrder.LITTLE_ENDIAN).putInt(zeros.length - Integer.BYTES);
    byte[] body = compressed(compression, zeros);
    ByteBuffer header = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
    return concat(header.putInt(3).putInt(body.length).array(), body);
  }

  @ParameterizedTest
  @MethodSource("bombs")
  void aBombIsRefusedBeforeItIsAllocated(byte[] file) {
    long before = allocated();
    long start = THREADS.getCurrentThreadCpuTime();

    assertThatThrownBy(() -> readAny(file))
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith("x.aedat: offset ")
        .message()
        .doesNotContain("\n");

    assertThat(allocated() - before)
        .as("bytes allocated for %d", file.length)
        .isLessThan(MOST_ALLOCATED + 64L * file.length);
    assertThat(Duration.ofNanos(THREADS.getCurrentThreadCpuTime() - start)).isLessThan(MOST_TIME);
  }

  private static void readAny(byte[] file) throws java.io.IOException {
    ByteArrayInputStream in = new ByteArrayInputStream(file);
    EventFormat.of(in, "x.aedat", Aedat2Convention.DVS128)
        .read(in, "x.aedat", new RecordingSummary.Accumulator());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 3})
  void aPacketOfManyEventsIsNoBomb(int compression) {
    EventsBuilder many = Events.builder(new Sensor(20, 10));
    for (int i = 0; i < 200_000; i++) {
      many.append(i, i % 20, i % 10, i % 2 == 0);
    }

    assertThat(
            EventFiles.read(
                EventFormat.AEDAT4, aedat4(compression, packet4(compression, 3, many.build()))))
        .isEqualTo(many.build());
  }

  @Test
  void aPictureOfALargeSensorIsSmall() {
    RecordingSummary.Accumulator accumulator = new RecordingSummary.Accumulator();
    accumulator.accept(Events.builder(new Sensor(32768, 32768)).append(0, 5, 5, true).build());
    RecordingSummary summary = accumulator.summary();
    long before = allocated();

    assertThat(new RecordingPicture(summary).rgb()).isNotEmpty();
    assertThat(allocated() - before).isLessThan(MOST_ALLOCATED);
  }

  @Test
  void aRecordingThatDoesNotFitIntoMemoryIsNamedBeforeItIsFull() {
    RecordingCollector collector = new RecordingCollector("x.aedat", 100_000);
    Events block = EventFiles.read(EventFormat.N_MNIST, Arrays.copyOf(new byte[] {1, 1}, 5 * 1000));

    collector.accept(block);
    collector.accept(block);
    assertThatThrownBy(() -> collector.accept(block))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage(
            "x.aedat: expected at most 2307 events, as many as the memory of this process can hold,"
                + " found more; give it more (--driver-memory)");
  }

  private static long allocated() {
    return THREADS.getThreadAllocatedBytes(Thread.currentThread().getId());
  }
}
