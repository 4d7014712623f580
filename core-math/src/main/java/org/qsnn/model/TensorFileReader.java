package org.qsnn.model;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.zip.CRC32C;
import org.qsnn.DataException;
import org.qsnn.model.TensorFileHeader.Entry;

/**
 * Reads one {@link TensorFile}, front to back. Nothing is parsed before its checksum held, and
 * nothing is allocated before its size was compared with the file's length.
 */
final class TensorFileReader {
  private final InputStream in;
  private final long length;
  private final String file;
  private long offset;

  TensorFileReader(InputStream in, long length, String file) {
    this.in = in;
    this.length = length;
    this.file = file;
  }

  TensorFile read() throws IOException {
    byte[] headerBytes = headerBytes();
    verifyHeader(headerBytes);
    TensorFileHeader header = TensorFileHeaderParser.parse(headerBytes, file);
    Map<String, String> metadata = new TreeMap<>(header.metadata());
    int version = version(metadata.remove(TensorFileHeader.FORMAT));
    String kind = metadata.remove(TensorFileHeader.KIND);
    if (kind == null) {
      throw new DataException(file + ": metadata kind: missing");
    }
    requireGapless(header.entries(), headerBytes.length);
    List<Tensor> tensors = new ArrayList<>();
    for (Entry entry : header.entries().subList(1, header.entries().size())) {
      tensors.add(tensor(entry, metadata.remove(TensorFileHeader.CRC_PREFIX + entry.name())));
    }
    requireEnd();
    requireNoCrc(metadata.keySet());
    return new TensorFile(file, version, kind, metadata, tensors);
  }

  private byte[] headerBytes() throws IOException {
    long smallest = TensorFileHeader.PREFIX_BYTES + TensorFileHeader.CHECKSUM_BYTES;
    if (length < smallest) {
      throw new DataException(
          file + ": expected a tensor file of at least " + smallest + " bytes, found " + length);
    }
    byte[] prefix = new byte[TensorFileHeader.PREFIX_BYTES];
    fill(prefix, 0, prefix.length, "header length");
    long json = Tensor.littleEndian(prefix).getLong();
    long allowed = Math.min(TensorFileHeader.MAX_BYTES, length - smallest);
    if (json < 0 || json > allowed) {
      throw new DataException(
          file
              + ": header length at byte 0: expected 0 to "
              + allowed
              + ", found "
              + Long.toUnsignedString(json));
    }
    byte[] header = Arrays.copyOf(prefix, prefix.length + (int) json);
    fill(header, prefix.length, (int) json, "header");
    return header;
  }

  private void verifyHeader(byte[] header) throws IOException {
    byte[] expected = TensorFileHeader.checksum(header);
    byte[] found = new byte[TensorFileHeader.CHECKSUM_BYTES];
    fill(found, 0, found.length, TensorFileHeader.CHECKSUM);
    if (!Arrays.equals(expected, found)) {
      throw new DataException(
          file
              + ": damaged header, or not a qsnn file: "
              + TensorFileHeader.CHECKSUM
              + " at byte "
              + header.length
              + ": expected "
              + text(expected)
              + ", found "
              + text(found));
    }
  }

  private int version(String format) {
    String prefix = TensorFileHeader.FORMAT_NAME;
    if (format == null || !format.startsWith(prefix)) {
      throw new DataException(
          file
              + ": metadata format: expected "
              + prefix
              + TensorFile.VERSION
              + " or one before, found "
              + format);
    }
    for (int version = 1; version <= TensorFile.VERSION; version++) {
      if (format.equals(prefix + version)) {
        return version;
      }
    }
    throw new DataException(
        file
            + ": format version "
            + format.substring(prefix.length())
            + ", this program reads the versions 1 to "
            + TensorFile.VERSION);
  }

  /** The checksum first, each tensor where the one before ends, the last one at the file's end. */
  private void requireGapless(List<Entry> entries, int headerBytes) {
    if (entries.isEmpty()
        || !entries.get(0).name().equals(TensorFileHeader.CHECKSUM)
        || entries.get(0).dtype() != Dtype.U8
        || entries.get(0).end() != TensorFileHeader.CHECKSUM_BYTES) {
      throw new DataException(
          file
              + ": expected the first tensor to be "
              + TensorFileHeader.CHECKSUM
              + " U8 ["
              + TensorFileHeader.CHECKSUM_BYTES
              + "]");
    }
    long end = 0;
    for (Entry entry : entries) {
      requireExtent(entry, end);
      end = entry.end();
    }
    if (end != length - headerBytes) {
      throw new DataException(
          file + ": expected " + (headerBytes + end) + " bytes, found " + length);
    }
  }

  private void requireExtent(Entry entry, long begin) {
    long end;
    try {
      long bytes = Math.multiplyExact(Tensor.elements(entry.shape()), (long) entry.dtype().bytes());
      end = Math.addExact(begin, bytes);
    } catch (ArithmeticException e) {
      throw new DataException(
          file
              + ": tensor "
              + entry.name()
              + ": shape "
              + Arrays.toString(entry.shape())
              + " is larger than any file",
          e);
    }
    if (entry.begin() != begin || entry.end() != end) {
      throw new DataException(
          file
              + ": tensor "
              + entry.name()
              + ": expected data_offsets ["
              + begin
              + ", "
              + end
              + "] for "
              + entry.dtype()
              + " "
              + Arrays.toString(entry.shape())
              + ", found ["
              + entry.begin()
              + ", "
              + entry.end()
              + "]");
    }
    if (end - begin > Integer.MAX_VALUE) {
      throw new DataException(
          file
              + ": tensor "
              + entry.name()
              + ": expected at most "
              + Integer.MAX_VALUE
              + " bytes, found "
              + (end - begin));
    }
  }

  private Tensor tensor(Entry entry, String expectedCrc) throws IOException {
    long start = offset;
    CRC32C crc = new CRC32C();
    Tensor tensor = entry.dtype() == Dtype.F32 ? floats(entry, crc) : raw(entry, crc);
    String found = TensorFileHeader.hex((int) crc.getValue());
    if (!found.equals(expectedCrc)) {
      throw new DataException(
          file
              + ": damaged tensor "
              + entry.name()
              + " at byte "
              + start
              + ": expected CRC-32C "
              + expectedCrc
              + ", found "
              + found);
    }
    return tensor;
  }

  private Tensor raw(Entry entry, CRC32C crc) throws IOException {
    byte[] bytes = new byte[(int) (entry.end() - entry.begin())];
    fill(bytes, 0, bytes.length, "tensor " + entry.name());
    crc.update(bytes);
    return Tensor.bytes(entry.name(), entry.dtype(), entry.shape(), bytes);
  }

  private Tensor floats(Entry entry, CRC32C crc) throws IOException {
    float[] values = new float[(int) Tensor.elements(entry.shape())];
    byte[] chunk = new byte[4 * Math.min(Tensor.CHUNK, values.length)];
    for (int from = 0; from < values.length; from += Tensor.CHUNK) {
      int count = Math.min(Tensor.CHUNK, values.length - from);
      fill(chunk, 0, 4 * count, "tensor " + entry.name());
      crc.update(chunk, 0, 4 * count);
      Tensor.littleEndian(chunk).asFloatBuffer().get(values, from, count);
    }
    return Tensor.floats(entry.name(), entry.shape(), values);
  }

  private void fill(byte[] target, int from, int count, String what) throws IOException {
    int found = in.readNBytes(target, from, count);
    if (found != count) {
      throw new DataException(
          file
              + ": "
              + what
              + " at byte "
              + offset
              + ": expected "
              + count
              + " bytes, the file ends after "
              + found);
    }
    offset += count;
  }

  private void requireEnd() throws IOException {
    if (in.read() != -1) {
      throw new DataException(file + ": expected " + length + " bytes, found more");
    }
  }

  private void requireNoCrc(Set<String> keys) {
    Set<String> rest = new TreeSet<>();
    for (String key : keys) {
      if (key.startsWith(TensorFileHeader.CRC_PREFIX)) {
        rest.add(key);
      }
    }
    if (!rest.isEmpty()) {
      throw new DataException(file + ": checksums without a tensor: " + rest);
    }
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1).replaceAll("[^ -~]", "?");
  }
}
