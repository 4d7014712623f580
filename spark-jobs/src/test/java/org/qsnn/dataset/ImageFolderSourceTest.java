package org.qsnn.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.qsnn.DataException;
import org.qsnn.storage.FileStore;

class ImageFolderSourceTest {
  private final FileStore files = FileStore.of(new Configuration());
  @TempDir private Path raw;

  private RawSource open(int badFiles) {
    return Places.at(Datasets.IMAGE_FOLDERS.sized(8), raw.toString(), badFiles).open(files);
  }

  private List<String> names(Split split) {
    return PouredSet.of(open(0)).sources().stream()
        .filter(source -> source.split() == split)
        .map(SourceFile::name)
        .toList();
  }

  @Test
  void picturesOfAnySizeBecomeSamplesOfOne() {
    PictureFolders.write(raw.resolve("train/red/1.png"), 0, 16, 16);
    PictureFolders.write(raw.resolve("train/blue/1.jpg"), 2, 31, 19);
    PictureFolders.write(raw.resolve("test/red/1.png"), 0, 8, 8);

    PouredSet set = PouredSet.of(open(0));

    assertThat(open(0).classNames()).containsExactly("blue", "red");
    assertThat(open(0).splitName()).isEqualTo("folders");
    assertThat(set.payload()).isEqualTo(PayloadFormat.ofImages(8));
    assertThat(set.labels(Split.TRAIN)).containsExactly(0, 1);
    assertThat(set.labels(Split.TEST)).containsExactly(1);
    byte[] red = set.samples().get(1).payload();
    assertThat(red).hasSize(3 * 8 * 8);
    // The square covers the middle half of the red plane, and nothing of the others.
    assertThat(red[2 * 8 + 2]).isEqualTo((byte) 255);
    assertThat(red[8 + 2]).isZero();
    assertThat(red[64 + 2 * 8 + 2]).isZero();
  }

  @Test
  void shareOfEachClassIsTestedWhereThereIsNoTestFolder() {
    PictureFolders.classes(raw, 10);

    PouredSet set = PouredSet.of(open(0));

    assertThat(open(0).splitName()).isEqualTo("drawn");
    assertThat(set.labels(Split.TRAIN)).hasSize(24).startsWith(0, 1, 2, 0, 1, 2);
    assertThat(set.labels(Split.TEST)).containsExactly(0, 1, 2, 0, 1, 2);
  }

  @Test
  void pictureThatIsAddedMovesFewOthers() {
    PictureFolders.classes(raw, 10);
    List<String> before = names(Split.TEST);

    PictureFolders.write(raw.resolve("a/another.png"), 0, 9, 9);

    assertThat(names(Split.TEST)).filteredOn(before::contains).hasSizeGreaterThanOrEqualTo(5);
  }

  @Test
  void otherSeedsDrawOtherPictures() {
    PictureFolders.classes(raw, 10);

    assertThat(new ImageSplit(0.2, 2).drawn(files.list(raw + "/a")))
        .isNotEqualTo(new ImageSplit(0.2, 1).drawn(files.list(raw + "/a")));
    assertThat(new ImageSplit(0.01, 1).tested(3)).isEqualTo(1);
    assertThat(new ImageSplit(0.99, 1).tested(3)).isEqualTo(2);
    assertThat(new ImageSplit(0.5, 1).tested(1)).isZero();
  }

  @Test
  void damagedPictureIsNamedAndLeftOutUpToALimit() throws IOException {
    PictureFolders.classes(raw, 5);
    Path broken = raw.resolve("b/3.jpg");
    byte[] bytes = Files.readAllBytes(broken);
    Files.write(broken, Arrays.copyOf(bytes, bytes.length / 2));
    Files.write(raw.resolve("c/2.png"), new byte[0]);

    assertThatThrownBy(() -> PouredSet.of(open(0)))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("dataset.on-bad-file=skip leaves such files out");
    assertThatThrownBy(() -> PouredSet.of(open(1)))
        .hasMessageStartingWith("more than 1 bad files (dataset.bad-file-limit); the last: ");
    PouredSet set = PouredSet.of(open(2));
    assertThat(set.samples()).hasSize(13);
    assertThat(set.sources())
        .filteredOn(source -> !source.problem().isEmpty())
        .extracting(SourceFile::name)
        .containsExactlyInAnyOrder("b/3.jpg", "c/2.png");
  }

  @Test
  void whatIsNoPictureIsListedAsSkipped() throws IOException {
    PictureFolders.classes(raw, 3);
    Files.writeString(raw.resolve("readme.txt"), "three squares");
    Files.writeString(raw.resolve("a/notes.txt"), "red");
    Files.createDirectories(raw.resolve("d/deep"));
    Files.writeString(raw.resolve("a/._1.jpg"), "attributes");
    Files.writeString(raw.resolve("b/Thumbs.db"), "small pictures");
    PictureFolders.write(raw.resolve("c/more/1.png"), 2, 8, 8);

    assertThat(open(0).classNames()).containsExactly("a", "b", "c");
    assertThat(open(0).passedOver())
        .contains("7 files or folders skipped", "readme.txt", "notes.txt", "d (a folder without")
        .contains("a/._1.jpg", "b/Thumbs.db", "c/more (a folder with 1 files and folders, below");
    assertThat(PouredSet.of(open(0)).samples()).hasSize(9);
  }

  @Test
  void zipOfFoldersIsReadAsTheFolders() {
    PictureFolders.classes(raw.resolve("shapes"), 5);
    PouredSet folders =
        PouredSet.of(Places.at(Datasets.IMAGE_FOLDERS.sized(8), raw + "/shapes", 0).open(files));

    Path zip = PictureFolders.zipped(raw.resolve("shapes"), raw.resolve("any.zip"));
    RawSource source = Places.at(Datasets.IMAGE_FOLDERS.sized(8), zip.toString(), 0).open(files);
    PouredSet zipped = PouredSet.of(source);

    assertThat(source.classNames()).containsExactly("a", "b", "c");
    assertThat(zipped.samples()).usingRecursiveComparison().isEqualTo(folders.samples());
    assertThat(zipped.sources()).isEqualTo(folders.sources());
  }

  @Test
  void fileThatIsNoWholeZipIsRefused() throws IOException {
    Path zip =
        PictureFolders.zipped(
            PictureFolders.classes(raw.resolve("shapes"), 5), raw.resolve("any.zip"));
    byte[] bytes = Files.readAllBytes(zip);
    Files.write(zip, Arrays.copyOf(bytes, bytes.length / 2));

    RawSource source = Places.at(Datasets.IMAGE_FOLDERS, zip.toString(), 0).open(files);

    assertThatThrownBy(() -> PouredSet.of(source))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("any.zip: must be a folder or a whole .zip");
  }

  @Test
  void pictureThatIsDamagedInAZipIsNamed() throws IOException {
    Path zip =
        PictureFolders.zipped(
            PictureFolders.classes(raw.resolve("shapes"), 5), raw.resolve("any.zip"));
    byte[] bytes = Files.readAllBytes(zip);
    bytes[100] ^= 1;
    Files.write(zip, bytes);

    RawSource source = Places.at(Datasets.IMAGE_FOLDERS, zip.toString(), 1).open(files);

    assertThat(PouredSet.of(source).sources())
        .filteredOn(file -> !file.problem().isEmpty())
        .singleElement()
        .satisfies(file -> assertThat(file.name()).isEqualTo("a/0.png"))
        .satisfies(file -> assertThat(file.problem()).contains("any.zip!/shapes/a/0.png: is"));
  }

  @Test
  void oneClassAloneAndClassesThatAreTestedOnlyAreRefused() {
    PictureFolders.write(raw.resolve("train/red/1.png"), 0, 8, 8);
    PictureFolders.write(raw.resolve("val/red/1.png"), 0, 8, 8);
    assertThatThrownBy(() -> open(0))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("train: expected two class folders or more with .png or .jpg files")
        .hasMessageContaining("found [red]");

    PictureFolders.write(raw.resolve("train/blue/1.png"), 2, 8, 8);
    PictureFolders.write(raw.resolve("val/green/1.png"), 1, 8, 8);
    assertThatThrownBy(() -> open(0))
        .hasMessageContaining("expected the classes of train in test, found [green] as well");
  }
}
