package org.qsnn.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.qsnn.DataException;

class NewFolderTest {
  private final FileStore files = FileStore.of(new Configuration());
  @TempDir private Path root;

  @Test
  void appearsWholeUnderItsNameAndLeavesNothingBeside() {
    NewFolder folder = filled("a/set");
    assertThat(root.resolve("a/set")).doesNotExist();

    assertThat(folder.publish()).isTrue();

    assertThat(root.resolve("a/set/file")).hasBinaryContent(new byte[] {1});
    assertThat(root.resolve("a").toFile().list()).containsExactly("set");
  }

  @Test
  void emptyFolderGivesWay() throws IOException {
    Files.createDirectory(root.resolve("set"));

    assertThat(filled("set").publish()).isTrue();
    assertThat(root.resolve("set/file")).exists();
  }

  @Test
  void folderBehindALinkIsFilledAndTheLinkStays() throws IOException {
    Files.createDirectories(root.resolve("disk/set"));
    Files.createSymbolicLink(root.resolve("link"), root.resolve("disk/set"));

    assertThat(filled("link").publish()).isTrue();
    assertThat(root.resolve("link")).isSymbolicLink();
    assertThat(root.resolve("disk/set/file")).exists();
  }

  @Test
  void anythingElseIsRefusedNamingIt() throws IOException {
    Files.createDirectories(root.resolve("home/.ssh"));
    for (String name : new String[] {".a", ".b", ".c", "d", "e", "f"}) {
      Files.createFile(root.resolve("home").resolve(name));
    }
    Files.createFile(root.resolve("file"));

    assertThatThrownBy(() -> NewFolder.at(files, path("home")))
        .isInstanceOf(DataException.class)
        .hasMessage(
            "file:%s: must be a new or empty folder; found one with .a, .b, .c, .ssh, d and 2 more;"
                    .formatted(path("home"))
                + " choose another folder");
    assertThatThrownBy(() -> NewFolder.at(files, path("file"))).hasMessageContaining("a file");
    assertThat(root.resolve("home").toFile().list()).hasSize(7);
  }

  @Test
  void whatAppearsMeanwhileStays() throws IOException {
    Files.createDirectory(root.resolve("set"));
    NewFolder folder = filled("set");
    Files.createFile(root.resolve("set/.hidden"));

    assertThat(folder.publish()).isFalse();
    assertThat(folder.refusal()).hasMessageContaining("found one with .hidden;");
    folder.close();
    assertThat(root.toFile().list()).containsExactly("set");
    assertThat(root.resolve("set").toFile().list()).containsExactly(".hidden");
  }

  @Test
  void leftoversOfAKilledWriterStay() throws IOException {
    filled("set");
    Path left = Path.of(filled("set").path().substring("file:".length()));
    Files.setLastModifiedTime(left, FileTime.fromMillis(0));

    NewFolder.at(files, path("set"));

    assertThat(left.resolve("file")).exists();
  }

  private NewFolder filled(String name) {
    NewFolder folder = NewFolder.at(files, path(name));
    files.commit(folder.path() + "/file", out -> out.write(1));
    return folder;
  }

  private String path(String name) {
    return root.resolve(name).toString();
  }
}
