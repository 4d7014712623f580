package org.qsnn.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.qsnn.DataException;
import org.qsnn.event.Events;
import org.qsnn.event.Sensor;
import org.qsnn.sample.CifarFormat;
import org.qsnn.storage.FileStore;

class SampleFilesTest {
  @TempDir private Path root;

  @Test
  void cifar10DvsTestsTheLastTenthOfEachClassByNumber() {
    writeCifar10Dvs(21);
    PouredSet set = pour(Datasets.CIFAR10_DVS);

    assertThat(names(set, Split.TEST))
        .hasSize(20)
        .startsWith("airplane/cifar10_airplane_19.aedat", "automobile/cifar10_automobile_19.aedat")
        .endsWith("truck/cifar10_truck_20.aedat");
    assertThat(names(set, Split.TRAIN))
        .hasSize(190)
        .startsWith("airplane/cifar10_airplane_0.aedat", "automobile/cifar10_automobile_0.aedat")
        .endsWith("truck/cifar10_truck_18.aedat")
        .doesNotContainAnyElementsOf(names(set, Split.TEST));
    assertThat(set.labels(Split.TRAIN).subList(0, 12))
        .containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 0, 1);
    assertThat(open(Datasets.CIFAR10_DVS).splitName()).isEqualTo("last-tenth-of-each-class");
  }

  @Test
  void cifar10DvsIsTurnedAsItsPublishedReadersDo() {
    writeCifar10Dvs(2);
    Events raw = EventFiles.recording(0, 0, 20);
    Events read = pour(Datasets.CIFAR10_DVS).events(Split.TRAIN, 0);

    assertThat(read.x(3)).isEqualTo(127 - raw.y(3));
    assertThat(read.y(3)).isEqualTo(127 - raw.x(3));
    assertThat(read.isOn(3)).isEqualTo(raw.isOn(3));
  }

  @Test
  void cifar10DvsMustHaveItsTenClasses() throws IOException {
    writeCifar10Dvs(2);
    Files.move(root.resolve("truck"), root.resolve("lorry"));

    assertThatThrownBy(() -> open(Datasets.CIFAR10_DVS))
        .isInstanceOf(DataException.class)
        .hasMessageContainingAll(root.toString(), "expected class folders [airplane", "lorry");
  }

  @Test
  void sampleOfBothSplitsIsFound() throws IOException {
    writeCifar10Dvs(10);
    Path copy = root.resolve("truck/cifar10_truck_9.aedat");
    Files.delete(copy);
    Files.copy(root.resolve("truck/cifar10_truck_0.aedat"), copy);

    assertThatThrownBy(() -> pour(Datasets.CIFAR10_DVS))
        .isInstanceOf(DataException.class)
        .hasMessageContainingAll("truck_9.aedat", "each recording once", "truck_0.aedat");
  }

  @Test
  void nMnistHasTheOfficialSplit() throws IOException {
    for (int digit = 0; digit < 10; digit++) {
      EventFiles.writeSaccade(
          root.resolve(String.format(Locale.ROOT, "Train/%d/%05d.bin", digit, digit)), 50 + digit);
      EventFiles.writeSaccade(
          root.resolve(String.format(Locale.ROOT, "Test/%d/%05d.bin", digit, digit)), 70 + digit);
    }
    PouredSet set = pour(Datasets.N_MNIST);

    assertThat(set.payload().shape()).containsExactly(2, 34, 34);
    assertThat(set.labels(Split.TRAIN)).containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8, 9);
    assertThat(set.events(Split.TEST, 4).size()).isEqualTo(74);
    assertThat(set.events(Split.TEST, 4).isOn(1)).isTrue();
    assertThat(open(Datasets.N_MNIST).splitName()).isEqualTo("official");
  }

  @Test
  void nCarsHasCarsAndBackgroundOfOneSensor() throws IOException {
    byte number = 1;
    for (String split : new String[] {"train", "test"}) {
      for (String name : new String[] {"cars", "background"}) {
        Path file = root.resolve("n-cars_" + split + "/" + name + "/obj_004396_td.dat");
        Files.createDirectories(file.getParent());
        String header = "% Data file containing Event2d events.\n% Version 2\n";
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(header.getBytes(StandardCharsets.US_ASCII));
        bytes.writeBytes(new byte[] {0, 8, number, 0, 0, 0, number++, 0, 1, 16});
        Files.write(file, bytes.toByteArray());
      }
    }
    PouredSet set = pour(Datasets.N_CARS);

    assertThat(open(Datasets.N_CARS).classNames()).containsExactly("background", "cars");
    assertThat(set.payload().shape()).containsExactly(2, 100, 120);
    assertThat(set.labels(Split.TRAIN)).containsExactly(0, 1);
    assertThat(set.events(Split.TRAIN, 1).x(0)).isEqualTo(1);
    assertThat(set.events(Split.TRAIN, 1).y(0)).isEqualTo(4);
  }

  @Test
  void nCaltech101HasTheClassesOfItsFolders() throws IOException {
    for (String name : List.of("accordion", "zebra")) {
      for (int i = 1; i <= 3; i++) {
        EventFiles.writeSaccade(
            root.resolve(String.format(Locale.ROOT, "%s/image_%04d.bin", name, i)),
            10 * i + name.length());
      }
    }
    PouredSet set = pour(Datasets.N_CALTECH101);

    assertThat(open(Datasets.N_CALTECH101).classNames()).containsExactly("accordion", "zebra");
    assertThat(set.labels(Split.TRAIN)).containsExactly(0, 1, 0, 1);
    assertThat(set.labels(Split.TEST)).containsExactly(0, 1);
    assertThat(set.events(Split.TEST, 0).sensor()).isEqualTo(new Sensor(240, 180));
  }

  @Test
  void folderWithoutClassesIsNamed() {
    assertThatThrownBy(() -> open(Datasets.N_CALTECH101))
        .isInstanceOf(DataException.class)
        .hasMessageContaining(root + ": expected class folders with .bin files, found []");
  }

  private void writeCifar10Dvs(int files) {
    List<String> classes = CifarFormat.CIFAR10.classNames();
    for (int label = 0; label < classes.size(); label++) {
      for (int i = 0; i < files; i++) {
        String name =
            String.format(
                Locale.ROOT, "%s/cifar10_%s_%d.aedat", classes.get(label), classes.get(label), i);
        EventFiles.write(root.resolve(name), EventFiles.recording(label % 2, i, 20 + label));
      }
    }
  }

  private static List<String> names(PouredSet set, Split split) {
    return set.sources().stream()
        .filter(source -> source.split() == split)
        .map(SourceFile::name)
        .toList();
  }

  private PouredSet pour(Dataset kind) {
    return PouredSet.of(open(kind));
  }

  private RawSource open(Dataset kind) {
    return Places.at(kind, root.toString(), 0).open(FileStore.of(new Configuration()));
  }
}
