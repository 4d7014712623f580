package org.qsnn.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.qsnn.ConfigurationException;

class ClusterFolderTest {
  @TempDir private Path root;

  @Test
  void folderOfSomethingElseIsRefusedNamingWhatIsThere() throws IOException {
    Files.createDirectories(root.resolve("work/lib"));

    assertThatThrownBy(() -> new ClusterFolder(root).lock())
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContainingAll("--dir", root.toString(), "with work");
    assertThat(root.toFile().list()).containsExactly("work");
  }

  @Test
  void newEmptyAndOwnFoldersAreTaken() throws IOException {
    for (Path folder : new Path[] {root, root.resolve("new")}) {
      ClusterFolder cluster = new ClusterFolder(folder);
      for (int start = 0; start < 2; start++) {
        try (ClusterFolder.Lock lock = cluster.lock()) {
          cluster.create();
        }
      }
    }
  }

  @Test
  void onlyTheCopiesThatSparkMadeAreDeleted() throws IOException {
    Path copy = file("work/worker-1/app-20261128080000-0000/0/qsnn.jar");
    Path log = file("work/worker-1/app-20261128080000-0000/0/stderr");
    Path other = file("work/worker-1/lib/mine.jar");
    Path deep = file("work/worker-1/app-20261128080000-0000/0/a/b.jar");
    Path target = Files.createDirectories(root.resolve("elsewhere/0"));
    Files.createFile(target.resolve("theirs.jar"));
    Files.createSymbolicLink(root.resolve("work/worker-1/app-1"), root.resolve("elsewhere"));

    new ClusterFolder(root).deletePrograms();

    assertThat(copy).doesNotExist();
    for (Path kept : new Path[] {log, other, deep, target.resolve("theirs.jar")}) {
      assertThat(kept).exists();
    }
  }

  private Path file(String name) throws IOException {
    Path file = root.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.createFile(file);
  }
}
