package org.qsnn.dataset;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.qsnn.DataException;
import org.qsnn.storage.FileStore;

class SampleArchivesTest {
  private static final int EVENTS = 20;

  @TempDir private Path root;

  @Test
  void nMnistOfTwoArchivesIsThatOfItsFolders() throws IOException {
    Map<String, byte[]> train = digits("Train/", 2);
    Map<String, byte[]> test = digits("Test/", 1);
    zip("Train.zip", train);
    zip("Test.zip", test);
    Path folder = root.resolve("unpacked");
    train.putAll(test);
    for (Map.Entry<String, byte[]> file : train.entrySet()) {
      Path path = folder.resolve(file.getKey());
      Files.createDirectories(path.getParent());
      Files.write(path, file.getValue());
    }

    PouredSet packed = pour(Datasets.N_MNIST, root);
    PouredSet unpacked = pour(Datasets.N_MNIST, folder);
    assertThat(packed.sources()).isEqualTo(unpacked.sources()).hasSize(30);
    assertThat(packed.labels(Split.TRAIN)).isEqualTo(unpacked.labels(Split.TRAIN));
    assertThat(packed.events(Split.TEST, 9)).isEqualTo(unpacked.events(Split.TEST, 9));
  }

  @Test
  void oneOfTheArchivesIsNotTheSet() throws IOException {
    zip("Train.zip", digits("Train/", 1));

    assertThatThrownBy(() -> pour(Datasets.N_MNIST, root))
        .isInstanceOf(DataException.class)
        .hasMessageContainingAll(root.toString(), "expected Train.zip and Test.zip", "[train]");
  }

  @Test
  void nCaltech101IsReadWithoutItsAnnotations() throws IOException {
    Map<String, byte[]> files = new TreeMap<>();
    for (int i = 1; i <= 10; i++) {
      files.put("Caltech101/crab/image_" + i + ".bin", saccade(i));
      files.put("Caltech101/ant/image_" + i + ".bin", saccade(20 + i));
    }
    files.put("Caltech101_annotations/ant/annotation_1.bin", new byte[3]);
    files.put("Caltech101/README.txt", "words".getBytes(UTF_8));
    files.put("__MACOSX/Caltech101/ant/._image_1.bin", new byte[5]);
    zip("Caltech101.zip", files);

    RawSource source = open(Datasets.N_CALTECH101, root);
    PouredSet set = PouredSet.of(source);
    assertThat(source.classNames()).containsExactly("ant", "crab");
    assertThat(source.splitName()).isEqualTo("last-tenth-of-each-class");
    assertThat(set.sources())
        .extracting(SourceFile::name)
        .hasSize(20)
        .startsWith("ant/image_1.bin", "crab/image_1.bin")
        .endsWith("ant/image_10.bin", "crab/image_10.bin");
    assertThat(set.labels(Split.TEST)).containsExactly(0, 1);
    assertThat(source.passedOver())
        .startsWith("3 files or folders skipped: ")
        .contains("annotation_1.bin", "README.txt", "._image_1.bin");
  }

  @Test
  void archiveOfAnArchiveIsNamed() throws IOException {
    zip("Caltech101.zip", Map.of("archive/Caltech101.zip", new byte[30]));

    assertThatThrownBy(() -> pour(Datasets.N_CALTECH101, root.resolve("Caltech101.zip")))
        .isInstanceOf(DataException.class)
        .hasMessageContainingAll(
            "expected one folder with class folders", "archive/Caltech101.zip");
  }

  @Test
  void interruptedDownloadIsTold() throws IOException {
    Path file = zip("Train.zip", digits("Train/", 1));
    byte[] bytes = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(bytes, bytes.length / 2));

    assertThatThrownBy(() -> pour(Datasets.N_MNIST, root))
        .isInstanceOf(DataException.class)
        .hasMessageContainingAll(file.toString(), "expected a whole .zip", "interrupted download");
  }

  @Test
  void changedRecordingIsFoundByItsChecksum() throws IOException {
    Map<String, byte[]> files = digits("Train/", 1);
    files.putAll(digits("Test/", 1));
    Path file = root.resolve("all.zip");
    try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(file))) {
      out.setLevel(0);
      write(out, files);
    }
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length / 4] ^= 1;
    Files.write(file, bytes);

    assertThatThrownBy(() -> pour(Datasets.N_MNIST, file))
        .isInstanceOf(DataException.class)
        .hasMessageContaining(file + "!Te")
        .hasMessageContaining("dataset.on-bad-file=skip");
  }

  @Test
  void recordingThatUnpacksWithoutEndIsRefused() throws IOException {
    Map<String, byte[]> files = digits("Train/", 1);
    files.putAll(digits("Test/", 1));
    files.put("Train/3/1.bin", new byte[80 << 20]);
    Path file = zip("all.zip", files);

    assertThatThrownBy(() -> pour(Datasets.N_MNIST, file))
        .isInstanceOf(DataException.class)
        .hasMessageContainingAll("all.zip!Train/3/1.bin", "expected");
  }

  private static Map<String, byte[]> digits(String folder, int each) {
    Map<String, byte[]> files = new TreeMap<>();
    for (int digit = 0; digit < 10; digit++) {
      for (int i = 1; i <= each; i++) {
        String path = folder + digit + "/" + i + ".bin";
        files.put(path, saccade(path.hashCode()));
      }
    }
    return files;
  }

  /** Its first event says which it is. */
  private static byte[] saccade(int which) {
    byte[] bytes = new byte[5 * EVENTS];
    for (int i = 0; i < EVENTS; i++) {
      bytes[5 * i] = (byte) Math.floorMod(which >> (2 * i), 34);
      bytes[5 * i + 1] = (byte) Math.floorMod(which >> i, 34);
      bytes[5 * i + 4] = (byte) (7 * i);
    }
    return bytes;
  }

  private Path zip(String name, Map<String, byte[]> files) throws IOException {
    Path file = root.resolve(name);
    try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(file))) {
      write(out, files);
    }
    return file;
  }

  private static void write(ZipOutputStream out, Map<String, byte[]> files) throws IOException {
    for (Map.Entry<String, byte[]> file : files.entrySet()) {
      out.putNextEntry(new ZipEntry(file.getKey()));
      out.write(file.getValue());
      out.closeEntry();
    }
  }

  private static RawSource open(Dataset dataset, Path path) {
    return Places.at(dataset, path.toString(), 0).open(FileStore.of(new Configuration()));
  }

  private static PouredSet pour(Dataset dataset, Path path) {
    return PouredSet.of(open(dataset, path));
  }
}
