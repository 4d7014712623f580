package org.qsnn.event;

import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.qsnn.DataException;

/**
 * Events as NumPy keeps them, in an .npz file: a zip archive with an array for each of time, x, y
 * and polarity, all of one length (<a
 * href="https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html">numpy.org</a>).
 * Other arrays are passed over.
 */
final class NpzReader {
  private static final String ARRAY = ".npy";
  private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
  private static final int MAX_HEADER = 1 << 16;
  private static final Pattern TYPE = Pattern.compile("'descr': *'([<>|=]?)([biuf?])([1248]?)'");
  private static final Pattern SHAPE = Pattern.compile("'shape': *\\(([0-9]{1,10}),? *\\)");

  /** How many bytes an archive may unpack to for each of its own: of columns, not of bombs. */
  private static final int MOST_UNPACKED = 64;

  private static final long FREE_UNPACKED = 1L << 22;

  private final RecordingInput in;
  private final EventBlocks blocks;
  private final EventTable table;
  private final double[][] columns = new double[EventTable.Column.values().length][];
  private final List<String> names = new ArrayList<>();

  private NpzReader(RecordingInput in, EventBlocks blocks) {
    this.in = in;
    this.blocks = blocks;
    this.table = blocks.options().table();
  }

  static void read(RecordingInput in, EventBlocks blocks) {
    new NpzReader(in, blocks).read();
  }

  private void read() {
    blocks.startOn(Optional.empty(), SensorSearch.ANY);
    try (ZipInputStream zip = new ZipInputStream(in.stream())) {
      Bounded bounded = new Bounded(zip);
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        take(entry.getName(), bounded);
      }
    } catch (EOFException e) {
      throw in.failure(in.offset(), "archive: expected its end, found the file's: truncated", e);
    } catch (IOException | IllegalArgumentException e) {
      throw in.failure(in.offset(), "damaged archive: " + e.getMessage(), e);
    }
    requireColumns();
    append();
  }

  private void take(String entry, InputStream bytes) throws IOException {
    String name =
        (entry.endsWith(ARRAY) ? entry.substring(0, entry.length() - ARRAY.length()) : entry)
            .toLowerCase(Locale.ROOT);
    names.add(name);
    for (EventTable.Column column : EventTable.Column.values()) {
      if (columns[column.ordinal()] == null && table.find(column, List.of(name)) == 0) {
        columns[column.ordinal()] = array(name, bytes);
        return;
      }
    }
    blocks.passOver("arrays of other data", 1);
  }

  private double[] array(String name, InputStream bytes) throws IOException {
    byte[] start = bytes.readNBytes(MAGIC.length + 2);
    for (int i = 0; i < MAGIC.length; i++) {
      if (start.length <= i || start[i] != MAGIC[i]) {
        throw failure(name, "a NumPy array", "other bytes");
      }
    }
    int lengthBytes = start.length > MAGIC.length && start[MAGIC.length] == 1 ? 2 : 4;
    int length = (int) number(name, bytes.readNBytes(lengthBytes), lengthBytes);
    if (length < 0 || length > MAX_HEADER) {
      throw failure(name, "a header of at most " + MAX_HEADER + " bytes", "more");
    }
    String header = new String(bytes.readNBytes(length), StandardCharsets.ISO_8859_1);
    Matcher type = TYPE.matcher(header);
    Matcher shape = SHAPE.matcher(header);
    if (!type.find() || !shape.find()) {
      throw failure(
          name, "a row of whole numbers, floats or booleans", RecordingInput.shown(header));
    }
    int size = type.group(3).isEmpty() ? 1 : Integer.parseInt(type.group(3));
    long count = Long.parseLong(shape.group(1));
    if (count > Integer.MAX_VALUE / Double.BYTES) {
      throw failure(name, "at most " + Integer.MAX_VALUE / Double.BYTES + " events", count);
    }
    byte[] values = bytes.readNBytes((int) count * size);
    if (values.length < count * size) {
      throw failure(name, count * size + " bytes", values.length + ": the file is truncated");
    }
    return decoded(name, values, type.group(1).equals(">"), type.group(2).charAt(0), size);
  }

  private long number(String name, byte[] bytes, int length) {
    if (bytes.length < length) {
      throw failure(name, length + " bytes", bytes.length + ": the file is truncated");
    }
    long number = 0;
    for (int i = length - 1; i >= 0; i--) {
      number = number << 8 | (bytes[i] & 0xFF);
    }
    return number;
  }

  private double[] decoded(String name, byte[] bytes, boolean isBig, char kind, int size) {
    ByteBuffer buffer =
        ByteBuffer.wrap(bytes).order(isBig ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
    double[] values = new double[bytes.length / size];
    for (int i = 0; i < values.length; i++) {
      double value = kind == 'f' ? real(buffer, i, size) : whole(buffer, i, size, kind == 'i');
      if (!Double.isFinite(value)) {
        throw failure(name, "numbers", value + " as number " + i);
      }
      values[i] = value;
    }
    return values;
  }

  private static double real(ByteBuffer buffer, int index, int size) {
    return switch (size) {
      case 4 -> buffer.getFloat(index * size);
      case 8 -> buffer.getDouble(index * size);
      default -> Double.NaN;
    };
  }

  private static double whole(ByteBuffer buffer, int index, int size, boolean isSigned) {
    return switch (size) {
      case 1 -> isSigned ? buffer.get(index) : buffer.get(index) & 0xFF;
      case 2 -> isSigned ? buffer.getShort(2 * index) : buffer.getShort(2 * index) & 0xFFFF;
      case 4 -> isSigned ? buffer.getInt(4 * index) : buffer.getInt(4 * index) & 0xFFFF_FFFFL;
      default -> buffer.getLong(8 * index);
    };
  }

  private void requireColumns() {
    for (EventTable.Column column : EventTable.Column.values()) {
      double[] found = columns[column.ordinal()];
      if (found == null) {
        throw in.failure(
            0, "arrays", table.expected(column), RecordingInput.shown(String.join(",", names)));
      }
      if (found.length != columns[0].length) {
        throw in.failure(
            0, "array " + column, columns[0].length + " numbers, as many as times", found.length);
      }
    }
  }

  /** The places of events in the file are not known: their numbers are. */
  private void append() {
    double[] t = columns[EventTable.Column.T.ordinal()];
    for (int i = 0; i < t.length; i++) {
      blocks
          .columns()
          .append(
              table.unit().microseconds(t[i]),
              EventTable.coordinate(columns[EventTable.Column.X.ordinal()][i]),
              EventTable.coordinate(columns[EventTable.Column.Y.ordinal()][i]),
              columns[EventTable.Column.P.ordinal()][i] > 0,
              0);
    }
  }

  private DataException failure(String name, String expected, Object found) {
    return in.failure(in.offset(), "array " + name, expected, found);
  }

  /** Ends with a failure where it unpacks to much more than was read. */
  private final class Bounded extends FilterInputStream {
    private long unpacked;

    Bounded(InputStream zip) {
      super(zip);
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] bytes, int from, int length) throws IOException {
      int found = super.read(bytes, from, length);
      unpacked += Math.max(found, 0);
      if (unpacked > FREE_UNPACKED + MOST_UNPACKED * NpzReader.this.in.offset()) {
        throw NpzReader.this.in.failure(
            NpzReader.this.in.offset(),
            "archive",
            "at most " + MOST_UNPACKED + " bytes for each of its own",
            "more: it unpacks without end");
      }
      return found;
    }
  }
}
