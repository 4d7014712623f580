package org.qsnn.event;

import com.github.luben.zstd.ZstdOutputStream;
import com.google.flatbuffers.FlatBufferBuilder;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.commons.compress.compressors.lz4.FramedLZ4CompressorOutputStream;

/** Hand-made recordings, byte by byte as the formats' descriptions say. */
final class EventFiles {
  static final String FILE = "x.aedat";

  private EventFiles() {}

  static Events read(EventFormat format, byte[] file) {
    return format.read(new ByteArrayInputStream(file), FILE);
  }

  static List<Events> blocks(EventFormat format, byte[] file) {
    List<Events> blocks = new ArrayList<>();
    format.read(new ByteArrayInputStream(file), FILE, blocks::add);
    return blocks;
  }

  /** Events of a sensor, each as {@code t, x, y, on}. */
  static Events events(Sensor sensor, long[]... rows) {
    EventsBuilder builder = Events.builder(sensor);
    for (long[] row : rows) {
      builder.append(row[0], (int) row[1], (int) row[2], row[3] == 1);
    }
    return builder.build();
  }

  /** Addresses and timestamps by turns behind lines of a header. */
  static byte[] aedat2(String header, long... addressesAndTimestamps) {
    ByteBuffer records = ByteBuffer.allocate(addressesAndTimestamps.length * Integer.BYTES);
    for (long value : addressesAndTimestamps) {
      records.putInt((int) value);
    }
    return concat(ascii(header), records.array());
  }

  static byte[] aedat31(byte[]... packets) {
    return concat(ascii("#!AER-DAT3.1\r\n#Format: RAW\r\n#!END-HEADER\r\n"), concat(packets));
  }

  /** A packet of AEDAT 3.1 with as much capacity as events; data and timestamps by turns. */
  static byte[] packet31(int type, int overflow, int... dataAndTimestamps) {
    int events = dataAndTimestamps.length / 2;
    return packet31(header31(type, 8, 4, overflow, events, events), dataAndTimestamps);
  }

  static byte[] packet31(byte[] header, int... dataAndTimestamps) {
    ByteBuffer events = littleEndian(dataAndTimestamps.length * Integer.BYTES);
    for (int value : dataAndTimestamps) {
      events.putInt(value);
    }
    return concat(header, events.array());
  }

  static byte[] header31(
      int type, int eventBytes, int timestampOffset, int overflow, int capacity, int events) {
    return littleEndian(28)
        .putShort((short) type)
        .putShort((short) 1)
        .putInt(eventBytes)
        .putInt(timestampOffset)
        .putInt(overflow)
        .putInt(capacity)
        .putInt(events)
        .putInt(0)
        .array();
  }

  static int data31(int x, int y, boolean on) {
    return x << 17 | y << 2 | (on ? 2 : 0);
  }

  static final String XML =
      "<dv version=\"2.0\"><node name=\"outInfo\"><node name=\"1\">"
          + "<attr key=\"typeIdentifier\" type=\"string\">IMUS</attr></node><node name=\"3\">"
          + "<attr key=\"typeIdentifier\" type=\"string\">EVTS</attr><node name=\"info\">"
          + "<attr key=\"sizeX\" type=\"int\">20</attr><attr key=\"sizeY\" type=\"int\">10</attr>"
          + "</node></node></node></dv>";

  /** A file without a table of packets, as an interrupted recording leaves it. */
  static byte[] aedat4(int compression, byte[]... packets) {
    return aedat4(header4(compression, -1, XML), packets);
  }

  static byte[] aedat4(byte[] header, byte[]... packets) {
    return concat(ascii("#!AER-DAT4.0\r\n"), header, concat(packets));
  }

  static byte[] header4(int compression, long tablePosition, String xml) {
    FlatBufferBuilder builder = new FlatBufferBuilder();
    int info = builder.createString(xml);
    builder.startTable(3);
    builder.addInt(0, compression, 0);
    builder.addLong(1, tablePosition, -1);
    builder.addOffset(2, info, 0);
    builder.finishSizePrefixed(builder.endTable(), "IOHE");
    return builder.sizedByteArray();
  }

  static byte[] packet4(int compression, int stream, Events events) {
    byte[] body = compressed(compression, flatbuffer(events));
    return concat(littleEndian(8).putInt(stream).putInt(body.length).array(), body);
  }

  private static byte[] flatbuffer(Events events) {
    FlatBufferBuilder builder = new FlatBufferBuilder();
    builder.startVector(16, events.size(), 8);
    for (int i = events.size() - 1; i >= 0; i--) {
      builder.prep(8, 16);
      builder.pad(3);
      builder.putBoolean(events.isOn(i));
      builder.putShort((short) events.y(i));
      builder.putShort((short) events.x(i));
      builder.putLong(events.timestamp(i));
    }
    int elements = builder.endVector();
    builder.startTable(1);
    builder.addOffset(0, elements, 0);
    builder.finishSizePrefixed(builder.endTable(), "EVTS");
    return builder.sizedByteArray();
  }

  static byte[] compressed(int compression, byte[] bytes) {
    ByteArrayOutputStream to = new ByteArrayOutputStream();
    try (OutputStream out =
        switch (compression) {
          case 0 -> to;
          case 1, 2 -> new FramedLZ4CompressorOutputStream(to);
          default -> new ZstdOutputStream(to);
        }) {
      out.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return to.toByteArray();
  }

  /** Words of 32 bits, little endian. */
  static byte[] ints(int... values) {
    ByteBuffer words = littleEndian(values.length * Integer.BYTES);
    for (int value : values) {
      words.putInt(value);
    }
    return words.array();
  }

  /** Words of 16 bits, little endian. */
  static byte[] shorts(int... values) {
    ByteBuffer words = littleEndian(values.length * Short.BYTES);
    for (int value : values) {
      words.putShort((short) value);
    }
    return words.array();
  }

  static byte[] bytes(int... values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      bytes[i] = (byte) values[i];
    }
    return bytes;
  }

  /** The columns t, x, y and p, compressed. */
  static byte[] npz(Events events) {
    int n = events.size();
    ByteBuffer t = littleEndian(8 * n);
    ByteBuffer x = littleEndian(2 * n);
    ByteBuffer y = littleEndian(4 * n);
    ByteBuffer p = littleEndian(n);
    for (int i = 0; i < n; i++) {
      t.putLong(events.timestamp(i));
      x.putShort((short) events.x(i));
      y.putFloat(events.y(i));
      p.put((byte) (events.isOn(i) ? 1 : 0));
    }
    return npz(
        Map.of(
            "t.npy", npy("<i8", n, t.array()),
            "x.npy", npy("<u2", n, x.array()),
            "y.npy", npy("<f4", n, y.array()),
            "p.npy", npy("|b1", n, p.array())));
  }

  static byte[] npz(Map<String, byte[]> entries) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (Map.Entry<String, byte[]> entry : new TreeMap<>(entries).entrySet()) {
        zip.putNextEntry(new ZipEntry(entry.getKey()));
        zip.write(entry.getValue());
        zip.closeEntry();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  static byte[] npy(String type, int count, byte[] values) {
    String header =
        "{'descr': '" + type + "', 'fortran_order': False, 'shape': (" + count + ",), }\n";
    return concat(
        bytes(0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0, header.length(), 0), ascii(header), values);
  }

  static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  static byte[] concat(byte[]... parts) {
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      whole.writeBytes(part);
    }
    return whole.toByteArray();
  }

  private static ByteBuffer littleEndian(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }
}
