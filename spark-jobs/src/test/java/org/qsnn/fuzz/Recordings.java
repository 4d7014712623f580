package org.qsnn.fuzz;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.github.luben.zstd.ZstdOutputStream;
import com.google.flatbuffers.FlatBufferBuilder;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntUnaryOperator;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.apache.commons.compress.compressors.lz4.FramedLZ4CompressorOutputStream;
import org.qsnn.event.Aedat2Convention;
import org.qsnn.event.Aedat2Writer;
import org.qsnn.event.EventCodec;
import org.qsnn.event.EventFormat;
import org.qsnn.event.Events;
import org.qsnn.event.EventsBuilder;
import org.qsnn.event.GestureLabels;
import org.qsnn.event.Sensor;
import org.qsnn.inspect.Inspection;
import org.qsnn.inspect.RecordingInspection;

/** Readers of recordings of event cameras, of their labels, and of stored events. */
final class Recordings {
  private static final Events EVENTS = events();

  private Recordings() {}

  static Stream<FuzzedReader> readers() {
    byte[] stored = EventCodec.encode(EVENTS);
    return Stream.of(
        recording(EventFormat.AEDAT2_DVS128, aedat2()),
        recording(EventFormat.AEDAT2_DAVIS240, addresses("DAVIS240C", Recordings::davis)),
        recording(EventFormat.AEDAT2_DVS640, addresses("DVS640", Recordings::dvs640)),
        recording(EventFormat.AEDAT31, aedat31()),
        recording(EventFormat.AEDAT4, aedat4(0), aedat4(1), aedat4(3)),
        recording(EventFormat.DAT, dat()),
        recording(EventFormat.EVT2, evt2()),
        recording(EventFormat.EVT3, evt3()),
        recording(
            EventFormat.CSV,
            ascii("t,x,y,p\n1,2,3,1\n5,6,7,0\n9,127,127,1\n"),
            ascii("x y polarity ts\n2.0 3 -1 1e3\n5 6 1 2.5e3\n")),
        recording(EventFormat.NPZ, NumpyFiles.compressed(EVENTS), NumpyFiles.stored(EVENTS)),
        FuzzedReader.of(
            "npz, summed again",
            List.of(NumpyFiles.times(EVENTS)),
            times -> read(EventFormat.NPZ, NumpyFiles.withTimes(times, EVENTS))),
        recording(EventFormat.N_MNIST, saccade()),
        recording(EventFormat.N_CALTECH101, saccade()),
        FuzzedReader.of("gesture labels", List.of(labels()), Recordings::readLabels),
        FuzzedReader.checksummed("stored events", List.of(stored), EventCodec::decode),
        FuzzedReader.of(
            "stored events, summed again",
            List.of(Arrays.copyOf(stored, stored.length - Integer.BYTES)),
            bytes -> EventCodec.decode(summed(bytes))));
  }

  private static FuzzedReader recording(EventFormat format, byte[]... seeds) {
    return FuzzedReader.of(format.key(), List.of(seeds), bytes -> read(format, bytes));
  }

  private static void read(EventFormat format, byte[] bytes) throws IOException {
    MemoryFiles files = new MemoryFiles(Map.of("x", bytes));
    Inspection inspection = RecordingInspection.of(files, "x", Optional.of(format)).inspection();
    inspection.json();
    RunTexts.requirePrintable(inspection.text());
    EventCodec.encode(format.read(new ByteArrayInputStream(bytes), "x"));
  }

  private static void readLabels(byte[] bytes) {
    GestureLabels.read(new ByteArrayInputStream(bytes), "x").overlapping();
  }

  private static Events events() {
    EventsBuilder builder = Events.builder(Sensor.DVS128);
    for (int i = 0; i < 60; i++) {
      builder.append(100L * i, 2 * i, 7 * i % 128, i % 3 > 0);
    }
    return builder.build();
  }

  private static byte[] aedat2() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      Aedat2Writer.write(EVENTS, Aedat2Convention.DVS128, out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  /** AEDAT 2.0 of another camera, by the address of each event. */
  private static byte[] addresses(String camera, IntUnaryOperator address) {
    ByteBuffer records = ByteBuffer.allocate(8 * EVENTS.size());
    for (int i = 0; i < EVENTS.size(); i++) {
      records.putInt(address.applyAsInt(i)).putInt((int) EVENTS.timestamp(i));
    }
    return concat(ascii("#!AER-DAT2.0\r\n# AEChip: " + camera + "\r\n"), records.array());
  }

  /** Each fifth one is a sample of a frame, of the inertial sensor, or an external event. */
  private static int davis(int i) {
    int other = i % 5 > 0 ? 0 : new int[] {1 << 31, 1 << 31 | 3 << 10, 1 << 10}[i / 5 % 3];
    return other | EVENTS.y(i) << 22 | EVENTS.x(i) << 12 | (EVENTS.isOn(i) ? 1 << 11 : 0);
  }

  private static int dvs640(int i) {
    return EVENTS.y(i) << 11 | EVENTS.x(i) << 1 | (EVENTS.isOn(i) ? 1 : 0);
  }

  private static byte[] aedat31() {
    ByteBuffer packet = littleEndian(28 + 8 * EVENTS.size());
    packet.putShort((short) 1).putShort((short) 1).putInt(8).putInt(4).putInt(0);
    packet.putInt(EVENTS.size()).putInt(EVENTS.size()).putInt(EVENTS.size());
    for (int i = 0; i < EVENTS.size(); i++) {
      packet.putInt(EVENTS.x(i) << 17 | EVENTS.y(i) << 2 | (EVENTS.isOn(i) ? 3 : 1));
      packet.putInt((int) EVENTS.timestamp(i));
    }
    return concat(ascii("#!AER-DAT3.1\r\n#Format: RAW\r\n#!END-HEADER\r\n"), packet.array());
  }

  private static byte[] aedat4(int compression) {
    String xml =
        "<dv version=\"2.0\"><node name=\"outInfo\"><node name=\"0\">"
            + "<attr key=\"typeIdentifier\" type=\"string\">EVTS</attr><node name=\"info\">"
            + "<attr key=\"sizeX\" type=\"int\">128</attr>"
            + "<attr key=\"sizeY\" type=\"int\">128</attr></node></node></node></dv>";
    FlatBufferBuilder header = new FlatBufferBuilder();
    int info = header.createString(xml);
    header.startTable(3);
    header.addInt(0, compression, 0);
    header.addLong(1, -1, 0);
    header.addOffset(2, info, 0);
    header.finishSizePrefixed(header.endTable(), "IOHE");
    byte[] packet = compressed(compression, packet4());
    return concat(
        ascii("#!AER-DAT4.0\r\n"),
        header.sizedByteArray(),
        littleEndian(8).putInt(0).putInt(packet.length).array(),
        packet);
  }

  private static byte[] packet4() {
    FlatBufferBuilder packet = new FlatBufferBuilder();
    packet.startVector(16, EVENTS.size(), 8);
    for (int i = EVENTS.size() - 1; i >= 0; i--) {
      packet.prep(8, 16);
      packet.pad(3);
      packet.putBoolean(EVENTS.isOn(i));
      packet.putShort((short) EVENTS.y(i));
      packet.putShort((short) EVENTS.x(i));
      packet.putLong(EVENTS.timestamp(i));
    }
    int elements = packet.endVector();
    packet.startTable(1);
    packet.addOffset(0, elements, 0);
    packet.finishSizePrefixed(packet.endTable(), "EVTS");
    return packet.sizedByteArray();
  }

  private static byte[] compressed(int compression, byte[] bytes) {
    ByteArrayOutputStream to = new ByteArrayOutputStream();
    try (OutputStream out =
        switch (compression) {
          case 0 -> to;
          case 1 -> new FramedLZ4CompressorOutputStream(to);
          default -> new ZstdOutputStream(to);
        }) {
      out.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return to.toByteArray();
  }

  private static byte[] dat() {
    ByteBuffer records = littleEndian(2 + 8 * EVENTS.size()).put((byte) 0x0C).put((byte) 8);
    for (int i = 0; i < EVENTS.size(); i++) {
      records.putInt((int) EVENTS.timestamp(i));
      records.putInt(EVENTS.x(i) | EVENTS.y(i) << 14 | (EVENTS.isOn(i) ? 1 << 28 : 0));
    }
    return concat(
        ascii("% Data file containing CD events\n% Version 2\n% Width 128\n% Height 128\n"),
        records.array());
  }

  private static byte[] evt2() {
    ByteBuffer words = littleEndian(8 * EVENTS.size());
    for (int i = 0; i < EVENTS.size(); i++) {
      int time = (int) EVENTS.timestamp(i);
      words.putInt(8 << 28 | time >> 6);
      int pixel = (time & 63) << 22 | EVENTS.x(i) << 11 | EVENTS.y(i);
      words.putInt(pixel | (EVENTS.isOn(i) ? 1 << 28 : 0));
    }
    return concat(ascii("% evt 2.0\n% geometry 128x128\n% end\n"), words.array());
  }

  /** Each event alone, and a vector behind it. */
  private static byte[] evt3() {
    ByteBuffer words = littleEndian(12 * EVENTS.size());
    for (int i = 0; i < EVENTS.size(); i++) {
      int time = (int) EVENTS.timestamp(i);
      int pixel = EVENTS.x(i) | (EVENTS.isOn(i) ? 1 << 11 : 0);
      words.putShort((short) (0x8000 | time >> 12)).putShort((short) (0x6000 | (time & 0xFFF)));
      words.putShort((short) EVENTS.y(i)).putShort((short) (0x2000 | pixel));
      words.putShort((short) 0x3000).putShort((short) (i % 2 == 0 ? 0x4123 : 0x5081));
    }
    return concat(ascii("% format EVT3;height=128;width=128\n% end\n"), words.array());
  }

  private static byte[] saccade() {
    ByteBuffer bytes = ByteBuffer.allocate(5 * 30);
    for (int i = 0; i < 30; i++) {
      bytes.put((byte) i).put((byte) i).put((byte) (i % 2 << 7)).putShort((short) (7 * i));
    }
    return bytes.array();
  }

  private static byte[] labels() {
    return ascii("class,startTime_usec,endTime_usec\n1,80,1000\n2,1000,1900\n11,2000,3000\n");
  }

  private static byte[] summed(byte[] bytes) {
    CRC32C crc = new CRC32C();
    crc.update(bytes);
    return concat(bytes, littleEndian(Integer.BYTES).putInt((int) crc.getValue()).array());
  }

  private static ByteBuffer littleEndian(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(ISO_8859_1);
  }

  private static byte[] concat(byte[]... parts) {
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      whole.writeBytes(part);
    }
    return whole.toByteArray();
  }
}
