package org.qsnn.prepared;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Locale;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.OutputFile;
import org.apache.parquet.io.PositionOutputStream;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;

/**
 * Writes one Parquet file of samples to a stream: straight from the records that are read, so that
 * a set of any size passes through a few megabytes of memory.
 */
final class ParquetSamples implements Closeable {
  static final String ID = "id";
  static final String LABEL = "label";
  static final String PAYLOAD = "payload";

  /** Small row groups, so that many tasks can read one file. */
  private static final long ROW_GROUP_BYTES = 8 << 20;

  private static final MessageType SCHEMA =
      MessageTypeParser.parseMessageType(
          String.format(
              Locale.ROOT,
              "message sample { required int64 %s; required int32 %s; required binary %s; }",
              ID,
              LABEL,
              PAYLOAD));

  private final ParquetWriter<Group> writer;

  /** The stream stays open when this is closed. */
  ParquetSamples(OutputStream out) throws IOException {
    // Neither compression nor a dictionary makes photographs smaller, and what is plain cannot
    // claim to be more than there is.
    writer =
        ExampleParquetWriter.builder(new StreamFile(out))
            .withType(SCHEMA)
            .withCompressionCodec(CompressionCodecName.UNCOMPRESSED)
            .withDictionaryEncoding(false)
            .withStatisticsEnabled(PAYLOAD, false)
            .withRowGroupSize(ROW_GROUP_BYTES)
            // Recordings may have a megabyte each: a hundred rows, the default, are far too many.
            .withMinRowCountForPageSizeCheck(1)
            .withPageWriteChecksumEnabled(true)
            .build();
  }

  void write(long id, int label, byte[] payload) {
    Group sample = new SimpleGroup(SCHEMA);
    sample.append(ID, id);
    sample.append(LABEL, label);
    sample.append(PAYLOAD, Binary.fromConstantByteArray(payload));
    try {
      writer.write(sample);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Writes what is left and the footer. */
  @Override
  public void close() throws IOException {
    writer.close();
  }

  private record StreamFile(OutputStream out) implements OutputFile {
    @Override
    public PositionOutputStream create(long blockSizeHint) {
      return new CountedStream(out);
    }

    @Override
    public PositionOutputStream createOrOverwrite(long blockSizeHint) {
      return create(blockSizeHint);
    }

    @Override
    public boolean supportsBlockSize() {
      return false;
    }

    @Override
    public long defaultBlockSize() {
      return 0;
    }
  }

  private static final class CountedStream extends PositionOutputStream {
    private final OutputStream out;
    private long position;

    CountedStream(OutputStream out) {
      this.out = out;
    }

    @Override
    public long getPos() {
      return position;
    }

    @Override
    public void write(int value) throws IOException {
      out.write(value);
      position++;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      out.write(bytes, offset, length);
      position += length;
    }

    @Override
    public void flush() throws IOException {
      out.flush();
    }
  }
}
