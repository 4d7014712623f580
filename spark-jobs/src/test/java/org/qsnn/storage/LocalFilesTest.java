package org.qsnn.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordingFile;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalFilesTest {
  @TempDir private Path folder;

  @Test
  void filesAndFoldersHaveThePermissionsThatTheUmaskOfHadoopLeaves() throws IOException {
    Configuration configuration = new Configuration();
    configuration.set("fs.permissions.umask-mode", "027");
    write(FileStore.of(configuration));

    assertThat(permissions(folder.resolve("new"))).isEqualTo("rwxr-x---");
    assertThat(permissions(folder.resolve("new/file"))).isEqualTo("rw-r-----");
  }

  @Test
  void noProcessIsStartedForAFile() throws IOException {
    FileStore files = FileStore.of(new Configuration());
    try (Recording recording = new Recording()) {
      recording.enable("jdk.ProcessStart").withStackTrace();
      recording.start();
      write(files);
      recording.stop();
      Path events = folder.resolve("events.jfr");
      recording.dump(events);

      assertThat(RecordingFile.readAllEvents(events))
          .filteredOn(event -> event.getThread().getJavaThreadId() == threadId())
          .isEmpty();
    }
  }

  private void write(FileStore files) {
    files.commit(folder.resolve("new/file").toString(), out -> out.write(7));
  }

  private static String permissions(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }

  private static long threadId() {
    return Thread.currentThread().getId();
  }
}
