package org.qsnn.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.qsnn.DataException;
import org.qsnn.storage.FileStore;

class TinyImageNetTest {
  private final FileStore files = FileStore.of(new Configuration());
  @TempDir private Path raw;
  private Path folder;

  /** Three classes of three pictures and one or two that are tested, in the official layout. */
  @BeforeEach
  void write() throws IOException {
    folder = raw.resolve("tiny-imagenet-200");
    List<String> wnids = List.of("n02", "n01", "n10");
    for (int label = 0; label < 3; label++) {
      String wnid = wnids.get(label);
      for (int i = 0; i < 3; i++) {
        Path picture = folder.resolve("train/" + wnid + "/images/" + wnid + "_" + i + ".JPEG");
        PictureFolders.write(picture, label, 64, 64);
      }
      Files.writeString(folder.resolve("train/" + wnid + "/" + wnid + "_boxes.txt"), "a\t0\t0\n");
    }
    for (int i = 0; i < 4; i++) {
      PictureFolders.write(folder.resolve("val/images/val_" + i + ".JPEG"), i % 3, 64, 64);
    }
    annotations(
        "val_0.JPEG\tn02\t0\t32\t44\t62",
        "val_1.JPEG\tn01\t0",
        "val_2.JPEG\tn10",
        "val_3.JPEG\tn02");
    PictureFolders.write(folder.resolve("test/images/test_0.JPEG"), 0, 64, 64);
    Files.writeString(folder.resolve("wnids.txt"), String.join("\n", wnids) + "\n");
    Files.writeString(
        folder.resolve("words.txt"),
        "n01\tcrane, big bird\nn02\tcrane\nn10\tgoldfish, Carassius\n");
  }

  private void annotations(String... lines) throws IOException {
    Files.writeString(folder.resolve("val/val_annotations.txt"), String.join("\n", lines) + "\n");
  }

  private RawSource open(Path path) {
    return Places.at(Datasets.TINY_IMAGENET, path.toString(), 0).open(files);
  }

  @Test
  void officialFolderIsReadWithLabelsInTheOrderOfWnids() {
    PouredSet set = PouredSet.of(open(folder));

    assertThat(open(folder).classNames()).containsExactly("crane n01", "crane n02", "goldfish");
    assertThat(open(folder).splitName()).isEqualTo("official");
    assertThat(set.payload()).isEqualTo(PayloadFormat.ofImages(64));
    assertThat(set.labels(Split.TRAIN)).containsExactly(0, 1, 2, 0, 1, 2, 0, 1, 2);
    assertThat(set.labels(Split.TEST)).containsExactly(0, 1, 2, 1);
    assertThat(set.sources())
        .filteredOn(source -> source.split() == Split.TEST)
        .extracting(SourceFile::name)
        .containsExactly(
            "val/images/val_1.JPEG",
            "val/images/val_0.JPEG",
            "val/images/val_2.JPEG",
            "val/images/val_3.JPEG");
  }

  @Test
  void whatIsNotUsedIsNamedAsSkipped() throws IOException {
    PictureFolders.write(folder.resolve("val/images/val_9.JPEG"), 0, 64, 64);
    Files.writeString(folder.resolve("train/.DS_Store"), "");

    assertThat(open(folder).passedOver())
        .contains("test (1 pictures without labels)")
        .contains("_boxes.txt (3 files with boxes)")
        .contains("val_9.JPEG (not in val_annotations.txt)")
        .contains("train/.DS_Store");
  }

  @Test
  void zipAndTheFolderThatHoldsItAreTheSameSet() throws IOException {
    PouredSet unpacked = PouredSet.of(open(folder));
    Path elsewhere = Files.createDirectory(raw.resolve("elsewhere"));
    Path zip = PictureFolders.zipped(folder, elsewhere.resolve("tiny-imagenet-200.zip"));

    for (Path path : List.of(zip, elsewhere, raw)) {
      RawSource source = open(path);
      PouredSet set = PouredSet.of(source);

      assertThat(set.samples()).usingRecursiveComparison().isEqualTo(unpacked.samples());
      assertThat(set.sources()).isEqualTo(unpacked.sources());
      assertThat(source.classNames()).isEqualTo(open(folder).classNames());
      assertThat(source.passedOver()).contains("test (1 pictures without labels)");
    }
  }

  @Test
  void annotationsMustFitThePicturesAndTheClasses() throws IOException {
    annotations("val_0.JPEG\tn02", "val_1.JPEG\tn03");
    assertThatThrownBy(() -> open(folder))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("val_annotations.txt: line 2: expected a picture that is not named")
        .hasMessageEndingWith("found val_1.JPEG\\u0009n03");

    annotations("val_7.JPEG\tn02");
    assertThatThrownBy(() -> open(folder))
        .hasMessageContaining("line 1: expected a picture of val/images, found val_7.JPEG");

    Files.move(folder.resolve("val/val_annotations.txt"), folder.resolve("val/annotations.txt"));
    assertThatThrownBy(() -> open(folder)).hasMessageContaining("val_annotations.txt: is missing");
  }

  @Test
  void folderOfAnotherKindAndMissingClassesAreRefused() throws IOException {
    assertThatThrownBy(() -> open(folder.resolve("train")))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("expected tiny-imagenet-200.zip or its folder, with wnids.txt")
        .hasMessageContaining("found [n01, n02, n10]");

    Files.writeString(folder.resolve("wnids.txt"), "n01\nn02\nn10\nn11\n");
    assertThatThrownBy(() -> open(folder))
        .hasMessageContaining("train/n11/images: expected pictures, since wnids.txt has the class");
  }
}
