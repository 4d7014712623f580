package org.qsnn.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.qsnn.sample.CifarFormat.CIFAR10;
import static org.qsnn.sample.CifarFormat.CIFAR100;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.qsnn.DataException;

class CifarFormatTest {

  @Test
  void readsLabelsPayloadsAndConsecutiveIds() {
    Samples samples = read(CIFAR10, concat(record(3), record(9)), 10_000);
    assertThat(samples.size()).isEqualTo(2);
    assertThat(samples.id(0)).isEqualTo(10_000);
    assertThat(samples.id(1)).isEqualTo(10_001);
    assertThat(samples.label(0)).isEqualTo(3);
    assertThat(samples.label(1)).isEqualTo(9);
    byte[] record = record(9);
    assertThat(samples.payload(1)).isEqualTo(Arrays.copyOfRange(record, 1, record.length));
  }

  @Test
  void labelOfCifar100IsTheFineOne() {
    Samples samples = read(CIFAR100, record(19, 99), 0);
    assertThat(samples.label(0)).isEqualTo(99);
    assertThat(samples.payload(0)).hasSize(3072);
  }

  @Test
  void labelOutOfRangeNamesFileRecordOffsetExpectedAndFound() {
    assertThatThrownBy(() -> read(CIFAR10, concat(record(3), record(10)), 0))
        .isInstanceOf(DataException.class)
        .hasMessage("x.bin: label of record 1 at offset 3073: expected 0…9 (CIFAR10), found 10");
    assertThatThrownBy(() -> read(CIFAR100, concat(record(0, 0), record(0, 200)), 0))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("fine label of record 1 at offset 3075: expected 0…99")
        .hasMessageContaining("found 200");
    assertThatThrownBy(() -> read(CIFAR100, record(20, 0), 0))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("coarse label of record 0 at offset 0: expected 0…19");
  }

  @Test
  void truncatedFileNamesTheIncompleteRecord() {
    byte[] truncated = Arrays.copyOf(concat(record(3), record(4)), 3073 + 3072);
    assertThatThrownBy(() -> read(CIFAR10, truncated, 0))
        .isInstanceOf(DataException.class)
        .hasMessage(
            "x.bin: record 1 at offset 3073 is incomplete: expected 3073 bytes, found 3072;"
                + " the size of a CIFAR10 file is a multiple of 3073 bytes, this one has 6145");
  }

  @Test
  void trailingByteIsRefused() {
    assertThatThrownBy(() -> read(CIFAR10, concat(record(3), new byte[1]), 0))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("record 1 at offset 3073")
        .hasMessageContaining("found 1;")
        .hasMessageContaining("this one has 3074");
  }

  @Test
  void emptyFileIsRefused() {
    assertThatThrownBy(() -> read(CIFAR10, new byte[0], 0))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("x.bin")
        .hasMessageContaining("empty file");
  }

  @Test
  void failureToReadNamesFileAndOffset() {
    InputStream broken =
        new InputStream() {
          private int left = 3073 + 5;

          @Override
          public int read() throws IOException {
            if (left-- == 0) {
              throw new IOException("disk gone");
            }
            return 1;
          }

          @Override
          public int read(byte[] target, int offset, int length) throws IOException {
            target[offset] = (byte) read();
            return 1;
          }
        };
    assertThatThrownBy(() -> CIFAR10.read(broken, "x.bin", 0))
        .isInstanceOf(DataException.class)
        .hasMessage("x.bin: cannot read record 1 at offset 3073: disk gone");
  }

  @Test
  void officialFilesHoldAllRecords() {
    for (CifarFormat format : CifarFormat.values()) {
      assertThat(format.trainFiles().stream().mapToInt(format::officialRecords).sum())
          .isEqualTo(50_000);
      assertThat(format.testFiles().stream().mapToInt(format::officialRecords).sum())
          .isEqualTo(10_000);
    }
    assertThatThrownBy(() -> CIFAR10.officialRecords("train.bin"))
        .hasMessageContaining("train.bin");
  }

  @Test
  void namesEveryClassOnce() {
    assertThat(CIFAR10.classNames()).hasSize(10).doesNotHaveDuplicates().endsWith("truck");
    assertThat(CIFAR100.classNames()).hasSize(100).doesNotHaveDuplicates().isSorted();
  }

  @Test
  void readsOfficialRecords() throws IOException {
    Path data = Path.of(System.getProperty("data.dir", "../../shared/data"));
    Path part = data.resolve("cifar10/official-part/test_batch.first932.bin");
    Path first = data.resolve("cifar100/train.first1.bin");
    Assumptions.assumeTrue(Files.exists(part) && Files.exists(first), "no CIFAR records");
    Samples samples = read(CIFAR10, Files.readAllBytes(part), 0);
    assertThat(samples.size()).isEqualTo(932);
    assertThat(CIFAR10.classNames().get(samples.label(0))).isEqualTo("cat");
    assertThat(CIFAR10.classNames().get(samples.label(1))).isEqualTo("ship");
    Samples hundred = read(CIFAR100, Files.readAllBytes(first), 0);
    assertThat(CIFAR100.classNames().get(hundred.label(0))).isEqualTo("cattle");
  }

  private static Samples read(CifarFormat format, byte[] file, long firstId) {
    return format.read(new ByteArrayInputStream(file), "x.bin", firstId);
  }

  /** Pixels that tell one position from the next. */
  private static byte[] record(int... labels) {
    byte[] record = new byte[labels.length + 3072];
    for (int i = 0; i < record.length; i++) {
      record[i] = (byte) (i < labels.length ? labels[i] : i * 7 + labels[0]);
    }
    return record;
  }

  private static byte[] concat(byte[]... parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }
}
