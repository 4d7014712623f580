package org.qsnn.source;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.qsnn.dataset.DatasetKind;
import org.qsnn.storage.FileStore;

/** On hand-made recordings in the layout of the official folder, where the data folder has them. */
class GestureFolderTest {
  @TempDir private Path root;
  private Path folder;

  @BeforeEach
  void copyFixtures() throws IOException {
    Path fixtures =
        Path.of(System.getProperty("data.dir", "../../shared/data"))
            .resolve("event-samples/aedat31-gesture/handmade-fixtures");
    Assumptions.assumeTrue(Files.isDirectory(fixtures), "no " + fixtures);
    folder = Files.createDirectories(root.resolve("DvsGesture"));
    try (var files = Files.list(fixtures)) {
      for (Path file : files.toList()) {
        Files.write(folder.resolve(file.getFileName()), Files.readAllBytes(file));
      }
    }
    Files.writeString(
        folder.resolve("trials_to_train.txt"), "aedat1_for_testing.aedat\naedat2_led.aedat\n\n");
    Files.writeString(folder.resolve("trials_to_test.txt"), "aedat3_fluorescent.aedat\n");
  }

  @Test
  void showsFixtures() {
    PouredSet set = PouredSet.of(open());
    System.out.println(set.labels(Split.TRAIN) + " " + set.labels(Split.TEST));
  }

  private RawSource open() {
    return RawSource.open(
        FileStore.of(new Configuration()),
        new DatasetSource.OfficialEvents(DatasetKind.DVS_GESTURE, root.toString(), 0));
  }
}
