package org.qsnn.model;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32C;

/**
 * The JSON header of a {@link TensorFile}.
 *
 * @param metadata all of it, reserved keys included
 * @param entries the tensors in the order of their data, {@link #CHECKSUM} first
 */
record TensorFileHeader(Map<String, String> metadata, List<Entry> entries) {
  static final String METADATA = "__metadata__";
  static final String FORMAT = "format";
  static final String FORMAT_NAME = "qsnn/";
  static final String KIND = "kind";
  static final String CRC_PREFIX = "crc32c.";

  /** The tensor that covers the header: eight hexadecimal digits, the first data of the file. */
  static final String CHECKSUM = "header.crc32c";

  static final int CHECKSUM_BYTES = 8;

  /** Bytes of the length in front of the JSON. */
  static final int PREFIX_BYTES = 8;

  static final int MAX_BYTES = 16 * 1024 * 1024;
  static final int ALIGNMENT = 8;

  /** Where a tensor lies, in bytes from the end of the header. */
  record Entry(String name, Dtype dtype, int[] shape, long begin, long end) {}

  static TensorFileHeader of(TensorFile file) throws IOException {
    Map<String, String> metadata = new LinkedHashMap<>();
    metadata.put(FORMAT, FORMAT_NAME + file.version());
    metadata.put(KIND, file.kind());
    metadata.putAll(file.metadata());
    List<Entry> entries = new ArrayList<>();
    entries.add(new Entry(CHECKSUM, Dtype.U8, new int[] {CHECKSUM_BYTES}, 0, CHECKSUM_BYTES));
    long end = CHECKSUM_BYTES;
    for (Tensor tensor : file.tensors()) {
      long begin = end;
      end += tensor.byteLength();
      entries.add(new Entry(tensor.name(), tensor.dtype(), tensor.shape(), begin, end));
      metadata.put(CRC_PREFIX + tensor.name(), hex(tensor.crc32c()));
    }
    return new TensorFileHeader(metadata, entries);
  }

  /** Length prefix, JSON and padding. */
  byte[] toBytes() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(new byte[PREFIX_BYTES]);
    writeJson(out);
    while (out.size() % ALIGNMENT != 0) {
      out.write(' ');
    }
    int length = out.size() - PREFIX_BYTES;
    if (length > MAX_BYTES) {
      throw new IllegalArgumentException(
          "header: must be at most " + MAX_BYTES + " bytes; found " + length);
    }
    byte[] bytes = out.toByteArray();
    Tensor.littleEndian(bytes).putLong(length);
    return bytes;
  }

  private void writeJson(ByteArrayOutputStream out) throws IOException {
    try (JsonGenerator json = new JsonFactory().createGenerator(out)) {
      json.writeStartObject();
      json.writeObjectFieldStart(METADATA);
      for (Map.Entry<String, String> entry : metadata.entrySet()) {
        json.writeStringField(entry.getKey(), entry.getValue());
      }
      json.writeEndObject();
      for (Entry entry : entries) {
        json.writeObjectFieldStart(entry.name());
        json.writeStringField("dtype", entry.dtype().name());
        json.writeFieldName("shape");
        json.writeArray(entry.shape(), 0, entry.shape().length);
        json.writeFieldName("data_offsets");
        json.writeArray(new long[] {entry.begin(), entry.end()}, 0, 2);
        json.writeEndObject();
      }
      json.writeEndObject();
    }
  }

  /** The data of {@link #CHECKSUM} for a header: length prefix, JSON and padding. */
  static byte[] checksum(byte[] header) {
    CRC32C crc = new CRC32C();
    crc.update(header);
    return hex((int) crc.getValue()).getBytes(StandardCharsets.US_ASCII);
  }

  static String hex(int crc) {
    return HexFormat.of().toHexDigits(crc);
  }

  /** Refuses names that the format itself uses. */
  static void checkNames(Collection<String> metadataKeys, Collection<String> tensorNames) {
    for (String key : metadataKeys) {
      if (key.equals(FORMAT) || key.equals(KIND) || key.startsWith(CRC_PREFIX)) {
        throw new IllegalArgumentException("metadata key " + key + " is reserved");
      }
    }
    for (String name : tensorNames) {
      if (name.equals(METADATA) || name.equals(CHECKSUM)) {
        throw new IllegalArgumentException("tensor name " + name + " is reserved");
      }
    }
  }
}
