package org.qsnn.sample;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.qsnn.DataException;

/**
 * The official binary layout of CIFAR-10 and CIFAR-100 (<a
 * href="https://www.cs.toronto.edu/~kriz/cifar.html">cs.toronto.edu/~kriz/cifar.html</a>): records
 * of {@code [label][3072 pixels]}, in CIFAR-100 {@code [coarse label][fine label][3072 pixels]},
 * without header or separator. Pixels are the planes red, green, blue of 32 × 32 bytes, row major,
 * and are a sample's payload as they are. The label of CIFAR-100 is the fine one.
 */
public enum CifarFormat {
  CIFAR10(
      CifarClassNames.CIFAR10,
      List.of(
          "data_batch_1.bin",
          "data_batch_2.bin",
          "data_batch_3.bin",
          "data_batch_4.bin",
          "data_batch_5.bin"),
      List.of("test_batch.bin"),
      new LabelByte("label", 10)),
  CIFAR100(
      CifarClassNames.CIFAR100,
      List.of("train.bin"),
      List.of("test.bin"),
      new LabelByte("coarse label", 20),
      new LabelByte("fine label", 100));

  /** Height and width of an image in pixels. */
  public static final int SIZE = 32;

  /** Bytes of an image: three planes. */
  public static final int PAYLOAD_BYTES = 3 * SIZE * SIZE;

  private static final int OFFICIAL_TRAIN_RECORDS = 50_000;
  private static final int OFFICIAL_TEST_RECORDS = 10_000;

  private final List<String> classNames;
  private final List<String> trainFiles;
  private final List<String> testFiles;
  private final LabelByte[] labelBytes;

  CifarFormat(
      List<String> classNames,
      List<String> trainFiles,
      List<String> testFiles,
      LabelByte... labelBytes) {
    this.classNames = classNames;
    this.trainFiles = trainFiles;
    this.testFiles = testFiles;
    this.labelBytes = labelBytes;
  }

  /** One of the bytes in front of the pixels; it holds 0 … {@code count - 1}. */
  private record LabelByte(String name, int count) {}

  public int recordBytes() {
    return labelBytes.length + PAYLOAD_BYTES;
  }

  /** Class names; the index is the label. */
  public List<String> classNames() {
    return classNames;
  }

  /** The official names of the training files, in official order. */
  public List<String> trainFiles() {
    return trainFiles;
  }

  /** The official names of the test files. */
  public List<String> testFiles() {
    return testFiles;
  }

  /** Records that an official file has; for information, a file may well be a part of it. */
  public int officialRecords(String officialFile) {
    if (trainFiles.contains(officialFile)) {
      return OFFICIAL_TRAIN_RECORDS / trainFiles.size();
    }
    if (testFiles.contains(officialFile)) {
      return OFFICIAL_TEST_RECORDS / testFiles.size();
    }
    throw new IllegalArgumentException(officialFile + " is not an official file of " + this);
  }

  /**
   * Reads all records of a file.
   *
   * @param file the file's name, for messages
   * @param firstId the id of the first record; the following count up
   * @throws DataException as {@link #read(InputStream, String, long, SampleSink)} does
   */
  public Samples read(InputStream in, String file, long firstId) {
    List<Integer> labels = new ArrayList<>();
    List<byte[]> payloads = new ArrayList<>();
    read(
        in,
        file,
        firstId,
        (id, label, payload) -> {
          labels.add(label);
          payloads.add(payload);
        });
    long[] ids = new long[labels.size()];
    Arrays.setAll(ids, i -> firstId + i);
    return new Samples(
        ids,
        labels.stream().mapToInt(Integer::intValue).toArray(),
        payloads.toArray(new byte[0][]));
  }

  /**
   * Reads records one after the other to the end of the stream, which it does not close.
   *
   * @return the number of records
   * @throws DataException if the file is empty, ends within a record or cannot be read, or a label
   *     is out of range: names the file, the record, its offset, expected and found
   */
  public long read(InputStream in, String file, long firstId, SampleSink sink) {
    byte[] bytes = new byte[recordBytes()];
    long number = 0;
    for (int found = next(in, bytes, file, 0); found > 0; ) {
      requireWhole(found, file, number);
      byte[] payload = Arrays.copyOfRange(bytes, labelBytes.length, bytes.length);
      sink.accept(firstId + number, label(bytes, file, number), payload);
      number++;
      found = next(in, bytes, file, number);
    }
    if (number == 0) {
      throw new DataException(
          String.format(
              Locale.ROOT,
              "%s: expected records of %d bytes (%s), found an empty file",
              file,
              recordBytes(),
              this));
    }
    return number;
  }

  private int next(InputStream in, byte[] bytes, String file, long number) {
    try {
      return in.readNBytes(bytes, 0, bytes.length);
    } catch (IOException e) {
      throw new DataException(
          String.format(
              Locale.ROOT,
              "%s: cannot read record %d at offset %d: %s",
              file,
              number,
              number * recordBytes(),
              e.getMessage()),
          e);
    }
  }

  private void requireWhole(int found, String file, long number) {
    if (found < recordBytes()) {
      long offset = number * recordBytes();
      throw new DataException(
          String.format(
              Locale.ROOT,
              "%s: record %d at offset %d is incomplete: expected %d bytes, found %d;"
                  + " the size of a %s file is a multiple of %d bytes, this one has %d",
              file,
              number,
              offset,
              recordBytes(),
              found,
              this,
              recordBytes(),
              offset + found));
    }
  }

  private int label(byte[] bytes, String file, long number) {
    int label = -1;
    for (int i = 0; i < labelBytes.length; i++) {
      label = bytes[i] & 0xFF;
      if (label >= labelBytes[i].count()) {
        throw new DataException(
            String.format(
                Locale.ROOT,
                "%s: %s of record %d at offset %d: expected 0…%d (%s), found %d",
                file,
                labelBytes[i].name(),
                number,
                number * recordBytes() + i,
                labelBytes[i].count() - 1,
                this,
                label));
      }
    }
    return label;
  }
}
