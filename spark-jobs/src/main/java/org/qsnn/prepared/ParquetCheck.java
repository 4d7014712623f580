package org.qsnn.prepared;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Locale;
import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.CompressionCodec;
import org.apache.parquet.format.Encoding;
import org.apache.parquet.format.FieldRepetitionType;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.PageHeader;
import org.apache.parquet.format.PageType;
import org.apache.parquet.format.RowGroup;
import org.apache.parquet.format.SchemaElement;
import org.apache.parquet.format.Type;
import org.qsnn.DataException;
import org.qsnn.prepared.Manifest.StoredFile;
import org.qsnn.storage.FileStore;

/**
 * What a Parquet file of samples claims about itself, looked at before Spark believes it: each
 * value must lie in the file, once and at its full length, so that reading takes memory in
 * proportion to the file. Values that are compressed, in dictionaries or coded otherwise are
 * refused: a few bytes could stand for any number of them.
 */
final class ParquetCheck {
  private static final String MAGIC = "PAR1";

  /** The footer's length and the magic bytes. */
  private static final int TAIL = Integer.BYTES + MAGIC.length();

  /** Enough for a file of 80 GB. */
  private static final int MAX_FOOTER = 4 << 20;

  private static final int MAX_PAGE_HEADER = 4096;

  private static final List<SchemaElement> SCHEMA =
      List.of(
          new SchemaElement("sample").setNum_children(3),
          required(ParquetSamples.ID, Type.INT64),
          required(ParquetSamples.LABEL, Type.INT32),
          required(ParquetSamples.PAYLOAD, Type.BYTE_ARRAY));

  private final String path;
  private final StoredFile stored;
  private long position;

  private ParquetCheck(String path, StoredFile stored) {
    this.path = path;
    this.stored = stored;
  }

  private static SchemaElement required(String name, Type type) {
    return new SchemaElement(name).setType(type).setRepetition_type(FieldRepetitionType.REQUIRED);
  }

  /**
   * Reads footer and page headers.
   *
   * @param stored what the manifest says of the file, whose length is known to be right
   * @throws DataException if it is not a file of so many samples as {@link ParquetSamples} writes
   */
  static void check(FileStore files, String path, StoredFile stored) {
    ParquetCheck check = new ParquetCheck(path, stored);
    long end = stored.bytes() - TAIL;
    check.require("length of a Parquet file", end >= MAGIC.length(), stored.bytes());
    long start = end - check.footerLength(files.read(path, in -> bytes(in, end, TAIL)));
    FileMetaData footer =
        check.footer(files.read(path, in -> bytes(in, start, (int) (end - start))));
    check.checkFooter(footer);
    files.read(path, in -> check.checkPages(new BufferedInputStream(in), footer, start));
  }

  private static byte[] bytes(InputStream in, long from, int length) throws IOException {
    in.skipNBytes(from);
    return in.readNBytes(length);
  }

  private int footerLength(byte[] tail) {
    ByteBuffer buffer = ByteBuffer.wrap(tail).order(ByteOrder.LITTLE_ENDIAN);
    int length = buffer.getInt();
    String magic = new String(tail, Integer.BYTES, MAGIC.length(), US_ASCII);
    require("last bytes " + MAGIC, magic.equals(MAGIC), magic);
    long most = Math.min(MAX_FOOTER, stored.bytes() - TAIL - MAGIC.length());
    require("a footer of 1 to " + most + " bytes", length > 0 && length <= most, length);
    return length;
  }

  private FileMetaData footer(byte[] bytes) {
    FileMetaData footer = new FileMetaData();
    try {
      ThriftInput.read(bytes, footer::read);
    } catch (IOException e) {
      throw failure("a footer", "none that can be read: " + e.getMessage());
    }
    return footer;
  }

  private void checkFooter(FileMetaData footer) {
    require("the columns id, label and payload", footer.getSchema().equals(SCHEMA), "others");
    require("no encryption", !footer.isSetEncryption_algorithm(), "some");
    long rows = 0;
    for (RowGroup group : footer.getRow_groups()) {
      require("rows in each row group", group.getNum_rows() > 0, group.getNum_rows());
      require(
          "three columns in each row group", group.getColumnsSize() == 3, group.getColumnsSize());
      // No sum of a few million counts below 2^40 overflows.
      rows += Math.min(group.getNum_rows(), 1L << 40);
    }
    require(stored.samples() + " rows", rows == stored.samples(), rows);
    require(
        stored.samples() + " rows", footer.getNum_rows() == stored.samples(), footer.getNum_rows());
  }

  /**
   * @param end of the last page at most
   */
  private Void checkPages(BufferedInputStream in, FileMetaData footer, long end)
      throws IOException {
    for (RowGroup group : footer.getRow_groups()) {
      for (int column = 0; column < group.getColumnsSize(); column++) {
        checkChunk(in, group, column, end);
      }
    }
    return null;
  }

  private void checkChunk(BufferedInputStream in, RowGroup group, int column, long end)
      throws IOException {
    ColumnMetaData chunk = plain(group.getColumns().get(column), SCHEMA.get(1 + column));
    long start = chunk.getData_page_offset();
    long bytes = chunk.getTotal_compressed_size();
    require(
        "chunks of columns one behind the other",
        start >= Math.max(position, MAGIC.length()) && bytes >= 0 && bytes <= end - start,
        bytes + " bytes at " + start);
    in.skipNBytes(start - position);
    position = start;
    long values = 0;
    while (position < start + bytes) {
      values += checkPage(in, chunk.getType(), start + bytes);
    }
    require(
        group.getNum_rows() + " values in a chunk",
        values == group.getNum_rows() && values == chunk.getNum_values(),
        values + ", and " + chunk.getNum_values() + " claimed");
  }

  private ColumnMetaData plain(ColumnChunk chunk, SchemaElement column) {
    ColumnMetaData metadata = chunk.getMeta_data();
    boolean isHere = metadata != null && !chunk.isSetFile_path() && !chunk.isSetCrypto_metadata();
    require("metadata of each column's chunk", isHere, "none, or another file");
    boolean isOfColumn =
        metadata.getType() == column.getType()
            && metadata.getPath_in_schema().equals(List.of(column.getName()));
    require("the column " + column.getName(), isOfColumn, metadata.getPath_in_schema());
    boolean isPlain =
        metadata.getCodec() == CompressionCodec.UNCOMPRESSED
            && metadata.getTotal_compressed_size() == metadata.getTotal_uncompressed_size()
            && !metadata.isSetDictionary_page_offset();
    require("uncompressed values without a dictionary", isPlain, metadata.getCodec());
    return metadata;
  }

  /** Passes over a page of a chunk: returns how many values it has. */
  private long checkPage(BufferedInputStream in, Type type, long end) throws IOException {
    PageHeader header = new PageHeader();
    int headerLength = readHeader(in, header, end);
    require(
        "pages of plain values with a CRC",
        header.getType() == PageType.DATA_PAGE
            && header.isSetData_page_header()
            && header.getData_page_header().getEncoding() == Encoding.PLAIN
            && header.isSetCrc(),
        header.getType() + " at " + position);
    long values = header.getData_page_header().getNum_values();
    long bytes = header.getCompressed_page_size();
    boolean isAsLong =
        type == Type.BYTE_ARRAY
            ? bytes >= values * Integer.BYTES
            : bytes == values * (type == Type.INT64 ? Long.BYTES : Integer.BYTES);
    require(
        "a page as long as its values",
        values > 0
            && isAsLong
            && bytes == header.getUncompressed_page_size()
            && bytes <= end - position - headerLength,
        String.format(Locale.ROOT, "%d bytes of %d values at %d", bytes, values, position));
    in.skipNBytes(headerLength + bytes);
    position += headerLength + bytes;
    return values;
  }

  private int readHeader(BufferedInputStream in, PageHeader header, long end) throws IOException {
    in.mark(MAX_PAGE_HEADER);
    byte[] start = in.readNBytes((int) Math.min(MAX_PAGE_HEADER, end - position));
    in.reset();
    try {
      return ThriftInput.read(start, header::read);
    } catch (IOException e) {
      throw failure(
          "the header of a page at " + position, "none that can be read: " + e.getMessage());
    }
  }

  private void require(String expected, boolean holds, Object found) {
    if (!holds) {
      throw failure(expected, found);
    }
  }

  private DataException failure(String expected, Object found) {
    return new DataException(
        String.format(
            Locale.ROOT,
            "%s: damaged: expected %s, found %s; prepare the data set again",
            path,
            expected,
            found));
  }
}
