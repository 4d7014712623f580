package org.qsnn.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.qsnn.DataException;
import org.qsnn.storage.FaultyFileSystem.Fault;

class StorageFailureTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @EnumSource(names = {"DISK_FULL_ERROR", "DISK_FULL_EXCEPTION"})
  void fullDiskIsSaidAndNothingIsLeft(Fault fault) {
    assertThatWritingFails(fault, "disk or quota is full", "No space left on device");
  }

  @ParameterizedTest
  @EnumSource(names = {"DISK_FULL_ERROR", "DISK_FULL_EXCEPTION"})
  void writerMayTryToFinishAfterTheDiskIsFull(Fault fault) {
    String path = folder.resolve("x").toString();

    assertThatThrownBy(() -> FaultyFileSystem.store(fault).commit(path, StorageFailureTest::twice))
        .isInstanceOf(DataException.class)
        .hasMessageContainingAll(path, "disk or quota is full");
    assertThat(folder).isEmptyDirectory();
  }

  private static void twice(OutputStream out) throws IOException {
    try (Closeable last = () -> out.write(new byte[10_000])) {
      assertThat(last).isNotNull();
      out.write(new byte[10_000]);
    }
  }

  @Test
  void fileThatIsShorterThanWhatWasWrittenIsNotCommitted() {
    assertThatWritingFails(Fault.LOSES_BYTES, "wrote 3 bytes, but the file has 0");
  }

  @Test
  void failureThatPassesCostsAnotherAttempt() throws IOException {
    Path file = Files.writeString(folder.resolve("x"), "old");
    AtomicInteger writes = new AtomicInteger();

    FaultyFileSystem.store(Fault.LOSES_BYTES_ONCE)
        .own()
        .replace(
            file.toString(),
            out -> {
              writes.incrementAndGet();
              out.write(new byte[] {'n', 'e', 'w'});
            },
            () -> {});

    assertThat(file).hasContent("new");
    assertThat(writes).hasValue(2);
    assertThat(folder.toFile().list()).hasSize(1);
  }

  @Test
  void failureThatDoesNotPassEndsTheWriteAndKeepsTheOldFile() throws IOException {
    Path file = Files.writeString(folder.resolve("x"), "old");
    FileStore files = FaultyFileSystem.store(Fault.LOSES_BYTES);

    assertThatThrownBy(() -> files.own().replace(file.toString(), out -> out.write(1), () -> {}))
        .isInstanceOf(DataException.class)
        .hasMessageContainingAll(file.toString(), "wrote 1 bytes, but the file has 0");
    assertThat(file).hasContent("old");
    assertThat(folder.toFile().list()).hasSize(1);
  }

  @Test
  void missingPermissionToWriteIsSaid() {
    assertThatWritingFails(Fault.NO_PERMISSION_TO_CREATE, "no permission to write");
  }

  @ParameterizedTest
  @EnumSource(names = {"NO_PERMISSION_TO_OPEN", "NO_PERMISSION_BY_MESSAGE"})
  void missingPermissionToReadIsSaid(Fault fault) throws IOException {
    Path file = Files.writeString(folder.resolve("x"), "content");

    assertThatThrownBy(() -> FaultyFileSystem.store(fault).readBytes(file.toString(), 10))
        .isInstanceOf(DataException.class)
        .hasMessageContainingAll(file.toString(), "no permission to read");
  }

  @Test
  void fileWhereAFolderMustBeIsNamed() throws IOException {
    Path file = Files.writeString(folder.resolve("x"), "");
    FileStore files = FileStore.of(new Configuration());

    assertThatThrownBy(() -> files.commit(file + "/y", out -> out.write(1)))
        .isInstanceOf(DataException.class)
        .hasMessageEndingWith("/x/y: cannot write it: " + file + " is not a folder");
  }

  @Test
  void nameThatIsTooLongIsSaid() {
    String name = "x".repeat(300);

    assertThatThrownBy(
            () ->
                FileStore.of(new Configuration()).commit(folder + "/" + name, out -> out.write(1)))
        .isInstanceOf(DataException.class)
        .hasMessageEndingWith(name + ": cannot write it: File name too long");
  }

  /** Which is hidden until the folder is complete. */
  @Test
  void folderThatWasAskedForIsNamedNotItsTemporary() {
    FileStore files = FaultyFileSystem.store(Fault.NO_PERMISSION_TO_CREATE);
    NewFolder made = NewFolder.instead(files, folder.resolve("x").toString());

    assertThatThrownBy(() -> files.commit(made.path() + "/a.txt", out -> out.write(1)))
        .isInstanceOf(DataException.class)
        .hasMessageContaining(folder + "/x/a.txt: no permission to write it");
  }

  private void assertThatWritingFails(Fault fault, String... parts) {
    String path = folder.resolve("x").toString();
    FileStore files = FaultyFileSystem.store(fault);

    assertThatThrownBy(() -> files.commit(path, out -> out.write(new byte[3])))
        .isInstanceOf(DataException.class)
        .hasMessageContaining(path)
        .hasMessageContainingAll(parts);
    assertThat(folder).isEmptyDirectory();
  }
}
