package org.qsnn.prepared;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.function.Consumer;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.format.CompressionCodec;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.RowGroup;
import org.apache.parquet.format.Util;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.LocalOutputFile;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.qsnn.DataException;
import org.qsnn.prepared.Manifest.StoredFile;
import org.qsnn.storage.FileStore;

/** A file that its manifest agrees with, and that claims more than it holds. */
class ParquetCheckTest {
  private static final int SAMPLES = 3000;
  private static final int PAYLOAD = 3072;
  private static final int TAIL = 8;

  private final FileStore files = FileStore.of(new Configuration());
  @TempDir private Path folder;
  private Path file;

  @BeforeEach
  void writeIntact() throws IOException {
    file = folder.resolve("x.parquet");
    try (OutputStream out = Files.newOutputStream(file);
        ParquetSamples parquet = new ParquetSamples(out)) {
      for (int id = 0; id < SAMPLES; id++) {
        parquet.write(id, id % 10, new byte[PAYLOAD]);
      }
    }
  }

  @Test
  void anIntactFileIsTaken() {
    assertThatCode(this::check).doesNotThrowAnyException();
  }

  @Test
  void moreRowsThanTheManifestSaysAreRefused() throws IOException {
    rewrite(footer -> footer.setNum_rows(SAMPLES + 1));
    assertRefused(SAMPLES + " rows");

    rewrite(
        footer -> footer.setNum_rows(SAMPLES).getRow_groups().get(0).setNum_rows(Long.MAX_VALUE));
    assertRefused(SAMPLES + " rows");
  }

  @Test
  void rowGroupThatIsToBeReadTwiceIsRefused() throws IOException {
    rewrite(
        footer -> {
          RowGroup first = footer.getRow_groups().get(0);
          footer.setRow_groups(Arrays.asList(first, first));
          footer.setNum_rows(2 * first.getNum_rows());
        });

    assertThatThrownBy(() -> check(2 * rowsOfTheFirstGroup()))
        .isInstanceOf(DataException.class)
        .hasMessageContainingAll(file.toString(), "one behind the other");
  }

  @Test
  void columnsThatLieElsewhereAreRefused() throws IOException {
    rewrite(footer -> footer.getSchema().get(3).setName("bytes"));
    assertRefused("the columns id, label and payload");
    rewrite(
        footer -> {
          footer.getSchema().get(3).setName("payload");
          footer.getRow_groups().get(0).getColumns().get(0).setFile_path("/etc/passwd");
        });
    assertRefused("metadata of each column's chunk");
  }

  @Test
  void chunksBeyondTheFileAreRefused() throws IOException {
    rewrite(
        footer ->
            footer
                .getRow_groups()
                .get(0)
                .getColumns()
                .get(2)
                .getMeta_data()
                .setTotal_compressed_size(1L << 40)
                .setTotal_uncompressed_size(1L << 40));

    assertRefused("chunks of columns");
  }

  @Test
  void pagesThatClaimToBeCompressedAreRefused() throws IOException {
    rewrite(
        footer ->
            footer
                .getRow_groups()
                .get(0)
                .getColumns()
                .get(2)
                .getMeta_data()
                .setCodec(CompressionCodec.ZSTD));

    assertRefused("uncompressed values");
  }

  /** A few kilobytes that would be gigabytes in memory. */
  @ParameterizedTest
  @ValueSource(strings = {"ZSTD", "SNAPPY", "GZIP"})
  void compressedFileIsRefused(String codec) throws IOException {
    writeByOtherMeans(CompressionCodecName.valueOf(codec), false);

    assertRefused("uncompressed values without a dictionary");
  }

  @Test
  void dictionaryIsRefused() throws IOException {
    writeByOtherMeans(CompressionCodecName.UNCOMPRESSED, true);

    assertRefused("uncompressed values without a dictionary");
  }

  /** Lists of 2³¹ − 1, texts of as many bytes, structures in structures. */
  @ParameterizedTest
  @ValueSource(strings = {"19fcffffffff07", "18ffffffff07", "1c", "19191919", "29fcffffffff07"})
  void footerThatClaimsMoreThanItsBytesIsRefused(String pattern) throws IOException {
    byte[] bytes = new byte[1 << 20];
    byte[] part = HexFormat.of().parseHex(pattern);
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = part[i % part.length];
    }
    replaceFooter(bytes);

    assertRefused("a footer");
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 0, Integer.MAX_VALUE, Integer.MIN_VALUE})
  void lengthOfTheFooterIsBounded(int length) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putInt(bytes.length - TAIL, length);
    Files.write(file, bytes);

    assertRefused("a footer of 1 to ");
  }

  @Test
  void anythingElseIsRefused() throws IOException {
    Files.write(file, new byte[7]);
    assertRefused("length of a Parquet file");
    Files.write(file, new byte[100]);
    assertRefused("last bytes PAR1");
  }

  private long rowsOfTheFirstGroup() throws IOException {
    return footer().getRow_groups().get(0).getNum_rows();
  }

  private void check() throws IOException {
    check(SAMPLES);
  }

  private void check(long samples) throws IOException {
    ParquetCheck.check(
        files,
        file.toString(),
        new StoredFile("train/x.parquet", 0, samples, Files.size(file), ""));
  }

  private void assertRefused(String expected) {
    assertThatThrownBy(this::check)
        .isInstanceOf(DataException.class)
        .hasMessageContainingAll(file.toString(), expected, "prepare the data set again");
  }

  private FileMetaData footer() throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    int start = footerStart(bytes);
    return Util.readFileMetaData(
        new ByteArrayInputStream(bytes, start, bytes.length - TAIL - start));
  }

  private static int footerStart(byte[] file) {
    int end = file.length - TAIL;
    return end - ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).getInt(end);
  }

  private void rewrite(Consumer<FileMetaData> change) throws IOException {
    FileMetaData footer = footer();
    change.accept(footer);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Util.writeFileMetaData(footer, out);
    replaceFooter(out.toByteArray());
  }

  private void replaceFooter(byte[] footer) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(bytes, 0, footerStart(bytes));
    out.write(footer);
    out.write(
        ByteBuffer.allocate(Integer.BYTES)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putInt(footer.length)
            .array());
    out.write("PAR1".getBytes(US_ASCII));
    Files.write(file, out.toByteArray());
  }

  private void writeByOtherMeans(CompressionCodecName codec, boolean dictionary)
      throws IOException {
    MessageType schema =
        MessageTypeParser.parseMessageType(
            "message sample { required int64 id; required int32 label; required binary payload; }");
    Files.delete(file);
    try (ParquetWriter<Group> writer =
        ExampleParquetWriter.builder(new LocalOutputFile(file))
            .withConf(new PlainParquetConfiguration())
            .withType(schema)
            .withCompressionCodec(codec)
            .withDictionaryEncoding(dictionary)
            .withPageWriteChecksumEnabled(true)
            .build()) {
      for (int id = 0; id < SAMPLES; id++) {
        Group sample = new SimpleGroup(schema);
        sample.append("id", (long) id);
        sample.append("label", 0);
        sample.append("payload", Binary.fromConstantByteArray(new byte[PAYLOAD]));
        writer.write(sample);
      }
    }
  }
}
