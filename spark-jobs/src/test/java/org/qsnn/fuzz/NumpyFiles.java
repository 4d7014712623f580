package org.qsnn.fuzz;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.qsnn.event.Events;

/** Events as NumPy's arrays in a zip archive. */
final class NumpyFiles {
  private NumpyFiles() {}

  /** Compressed, as {@code numpy.savez_compressed} writes them. */
  static byte[] compressed(Events events) {
    return archive(array("<i8", events), events, ZipEntry.DEFLATED);
  }

  /** Not compressed, as {@code numpy.savez} writes them. */
  static byte[] stored(Events events) {
    return archive(array("<i8", events), events, ZipEntry.STORED);
  }

  /** The array of times; the archive around another one has its checksum. */
  static byte[] times(Events events) {
    return array("<i8", events);
  }

  static byte[] withTimes(byte[] times, Events events) {
    return archive(times, events, ZipEntry.DEFLATED);
  }

  private static byte[] archive(byte[] times, Events events, int method) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      put(zip, "t.npy", times, method);
      put(zip, "x.npy", array("<u2", events), method);
      put(zip, "y.npy", array("<f4", events), method);
      put(zip, "p.npy", array("|b1", events), method);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static void put(ZipOutputStream zip, String name, byte[] array, int method)
      throws IOException {
    CRC32 crc = new CRC32();
    crc.update(array);
    ZipEntry entry = new ZipEntry(name);
    entry.setMethod(method);
    entry.setSize(array.length);
    entry.setCrc(crc.getValue());
    zip.putNextEntry(entry);
    zip.write(array);
    zip.closeEntry();
  }

  private static byte[] array(String type, Events events) {
    String header =
        "{'descr': '" + type + "', 'fortran_order': False, 'shape': (" + events.size() + ",), }\n";
    ByteBuffer array =
        ByteBuffer.allocate(10 + header.length() + Long.BYTES * events.size())
            .order(ByteOrder.LITTLE_ENDIAN)
            .put(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0})
            .putShort((short) header.length())
            .put(header.getBytes(ISO_8859_1));
    for (int i = 0; i < events.size(); i++) {
      switch (type) {
        case "<i8" -> array.putLong(events.timestamp(i));
        case "<u2" -> array.putShort((short) events.x(i));
        case "<f4" -> array.putFloat(events.y(i));
        default -> array.put((byte) (events.isOn(i) ? 1 : 0));
      }
    }
    return Arrays.copyOf(array.array(), array.position());
  }
}
