package org.qsnn.storage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.qsnn.DataException;

class FileStoreTest extends StoredFolder {
  /** As a pipe: whoever opens one waits for somebody who writes. */
  @Test
  @Timeout(10)
  void devicesAndPipesAreRefusedBeforeTheyAreOpened() throws Exception {
    Path pipe = folder.resolve("pipe");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();

    for (String path : List.of(pipe.toString(), "/dev/zero")) {
      assertThatThrownBy(() -> files.readBytes(path, 10))
          .isInstanceOf(DataException.class)
          .hasMessage(
              "file:%s: cannot read it: expected a file or a folder, found a pipe, a socket or a device",
              path);
    }
  }

  @Test
  void committedFileHasItsBytesAndHashAndNothingElseLies() throws IOException {
    WrittenFile committed =
        files.commit(path("a/b/model.bin"), out -> out.write("abc".getBytes(UTF_8)));

    assertThat(committed.bytes()).isEqualTo(3);
    assertThat(committed.sha256())
        .isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    assertThat(files.readBytes(committed.path(), 3)).asString(UTF_8).isEqualTo("abc");
    assertThat(names("a/b")).containsExactly("model.bin");
  }

  @Test
  void onlyFoldersAreFolders() {
    write("a/x", "first");

    assertThat(files.isFolder(path("a"))).isTrue();
    assertThat(files.isFolder(path("a/x"))).isFalse();
    assertThat(files.isFolder(path("a/y"))).isFalse();
  }

  @Test
  void nameIsNeverReused() {
    write("x", "first");

    assertThatThrownBy(() -> write("x", "second"))
        .isInstanceOf(DataException.class)
        .hasMessageContainingAll(folder.toString(), "already exists");
    assertThat(read("x")).isEqualTo("first");
  }

  @Test
  void writerThatLosesTheRaceLeavesTheWinnersFile() {
    assertThatThrownBy(() -> files.commit(path("x"), out -> write("x", "winner")))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("already exists");

    assertThat(read("x")).isEqualTo("winner");
    assertThat(names(".")).containsExactly("x");
  }

  @Test
  void failedWriterLeavesNothing() {
    assertThatThrownBy(() -> files.commit(path("x"), FileStoreTest::writeAndFail))
        .isInstanceOf(IllegalStateException.class);

    assertThat(names(".")).isEmpty();
  }

  @Test
  void replacedFileStaysUntilTheNewOneIsWhole() {
    files.own().replace(path("x"), out -> out.write("first".getBytes(UTF_8)), () -> {});
    assertThatThrownBy(() -> files.own().replace(path("x"), FileStoreTest::writeAndFail, () -> {}))
        .isInstanceOf(IllegalStateException.class);
    assertThat(read("x")).isEqualTo("first");

    files.own().replace(path("x"), out -> out.write("second".getBytes(UTF_8)), () -> {});
    assertThat(read("x")).isEqualTo("second");
    assertThat(names(".")).containsExactly("x");
  }

  @Test
  void refusedReplacementLeavesWhatWasThere() {
    write("x", "first");
    Runnable refusal =
        () -> {
          throw new DataException("refused");
        };

    assertThatThrownBy(() -> files.own().replace(path("x"), out -> out.write(2), refusal))
        .hasMessage("refused");
    assertThat(read("x")).isEqualTo("first");
    assertThat(names(".")).containsExactly("x");
  }

  @Test
  void newFileIsCreatedByOneOnly() {
    assertThat(files.own().createNew(path("a/x"), out -> out.write(1))).isTrue();
    assertThat(files.own().createNew(path("a/x"), out -> out.write(2))).isFalse();
    assertThat(files.readBytes(path("a/x"), 1)).containsExactly(1);
    assertThatThrownBy(() -> files.own().createNew(path("a/x/y"), out -> out.write(2)))
        .isInstanceOf(DataException.class)
        .hasMessageContaining(path("a/x/y"));
  }

  private static void writeAndFail(OutputStream out) throws IOException {
    out.write(new byte[100]);
    throw new IllegalStateException("half way");
  }

  @Test
  void staleChecksumFileDoesNotBreakReading() throws IOException {
    write("x", "content");
    Files.writeString(folder.resolve(".x.crc"), "left by a crash");

    assertThat(read("x")).isEqualTo("content");
    assertThat(files.list(folder.toString())).extracting(FileEntry::name).containsExactly("x");
  }

  @Test
  void listsByNameWithLengthsAndWithoutHiddenNames() throws IOException {
    write("b", "12");
    write("a", "1");
    Files.createDirectory(folder.resolve("c"));
    Files.writeString(folder.resolve(".a.0.tmp"), "left by a crash");

    List<FileEntry> entries = files.list(folder.toString());
    assertThat(entries).extracting(FileEntry::name).containsExactly("a", "b", "c");
    assertThat(entries).extracting(FileEntry::bytes).containsExactly(1L, 2L, 0L);
    assertThat(entries).extracting(FileEntry::isFolder).containsExactly(false, false, true);
  }

  @Test
  void damagedFolderIsSetAsideUnderANameThatIsFree() {
    write("set/x", "first");
    String first = files.setAside(path("set"));
    write("set/x", "second");
    String second = files.setAside(path("set"));

    assertThat(List.of(first, second))
        .containsExactly("file:" + path("set.damaged-1"), "file:" + path("set.damaged-2"));
    assertThat(read("set.damaged-1/x") + read("set.damaged-2/x")).isEqualTo("firstsecond");
  }

  @Test
  void overwritesOnlyWhatItMay() {
    FileStore.Content second = out -> out.write("second".getBytes(UTF_8));
    files.overwrite(path("new"), second, there -> fail("nothing is there"));
    write("x", "first");
    assertThatThrownBy(
            () ->
                files.overwrite(
                    path("x"),
                    second,
                    there -> {
                      throw new DataException("found " + there.name());
                    }))
        .hasMessage("found x");
    assertThat(read("x")).isEqualTo("first");

    files.overwrite(path("x"), second, there -> {});
    assertThat(read("x") + read("new")).isEqualTo("secondsecond");
    assertThat(names(".")).containsExactly("new", "x");
  }

  @Test
  void publishesFolderUnderItsNameOnce() {
    String first = files.temporary(path("set"));
    files.commit(first + "/x", out -> out.write(1));
    String second = files.temporary(path("set"));
    files.commit(second + "/x", out -> out.write(2));

    assertThat(files.publish(first, path("set"))).isTrue();
    assertThat(files.publish(second, path("set"))).isFalse();
    assertThat(files.readBytes(path("set/x"), 1)).containsExactly(1);
    assertThat(files.exists(second)).isTrue();
  }

  @Test
  void missingPathIsNamed() {
    for (Runnable action :
        List.<Runnable>of(
            () -> files.readBytes(path("missing"), 1),
            () -> files.list(path("missing")),
            () -> files.entry(path("missing")))) {
      assertThatThrownBy(action::run)
          .isInstanceOf(DataException.class)
          .hasMessageContainingAll(path("missing"), "does not exist");
    }
    assertThat(files.exists(path("missing"))).isFalse();
  }

  @Test
  void refusesMoreBytesThanTheLimit() {
    write("x", "1234");

    assertThat(files.readBytes(path("x"), 4)).hasSize(4);
    assertThatThrownBy(() -> files.readBytes(path("x"), 3))
        .isInstanceOf(DataException.class)
        .hasMessageContainingAll("x", "at most 3 bytes");
  }

  @Test
  void folderWhereAFileIsNeededIsNamed() {
    assertThatThrownBy(() -> files.readBytes(folder.toString(), 3))
        .isInstanceOf(DataException.class)
        .hasMessage("file:" + folder + ": cannot read it: it is a folder");
  }

  @Test
  void fileWhereAFolderIsNeededIsNamed() {
    write("x", "1");

    assertThatThrownBy(() -> files.createFolder(path("x/y")))
        .isInstanceOf(DataException.class)
        .hasMessageContaining(path("x"));
    assertThatThrownBy(() -> write("x/y", "1"))
        .isInstanceOf(DataException.class)
        .hasMessageContaining(path("x/y"));
  }
}
