package org.qsnn.dataset;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.qsnn.DataException;
import org.qsnn.storage.FileStore;

class GestureTarGzTest {
  @TempDir private Path root;

  @Test
  void whatAnArchiveUnpacksToIsBoundedByItsOwnLength() throws IOException {
    Path archive = archive("bomb.tar.gz", "DvsGesture/user01_led.aedat", 128 << 20);

    assertRejected(
        archive,
        "bomb.tar.gz: expected at most ",
        "bytes in the archive of " + Files.size(archive) + " (32 for each and 64 MiB), found more");
  }

  @Test
  void whatIsPassedOverIsBoundedToo() throws IOException {
    assertRejected(archive("other.tar.gz", "film.avi", 128 << 20), "found more");
  }

  @Test
  void anArchiveThatEndsInTheMiddleIsNamedAsSuch() throws IOException {
    Path archive = archive("x.tar.gz", "DvsGesture/user01_led.aedat", 1 << 20);
    byte[] bytes = Files.readAllBytes(archive);
    for (int length : new int[] {5, bytes.length / 2, bytes.length - 1}) {
      Files.write(archive, Arrays.copyOf(bytes, length));

      assertRejected(archive, "x.tar.gz: expected a whole .tar.gz archive", "ends in the middle");
    }
  }

  @Test
  void somethingElseIsNamedWithoutNull() throws IOException {
    Path archive = Files.writeString(root.resolve("x.tar.gz"), "<html>", StandardCharsets.US_ASCII);

    assertRejected(archive, "a damaged one or something else: ");
    Files.write(archive, new byte[0]);
    assertRejected(archive, "x.tar.gz: expected a whole .tar.gz archive");
  }

  private Path archive(String name, String entryName, int zeros) throws IOException {
    Path archive = root.resolve(name);
    try (OutputStream file = Files.newOutputStream(archive);
        TarArchiveOutputStream tar = new TarArchiveOutputStream(new GZIPOutputStream(file))) {
      TarArchiveEntry entry = new TarArchiveEntry(entryName);
      entry.setSize(zeros);
      tar.putArchiveEntry(entry);
      byte[] block = new byte[1 << 20];
      for (int left = zeros; left > 0; left -= block.length) {
        tar.write(block, 0, Math.min(left, block.length));
      }
      tar.closeArchiveEntry();
    }
    return archive;
  }

  private static void assertRejected(Path archive, String... parts) {
    assertThatThrownBy(
            () ->
                PouredSet.of(
                    Places.at(Datasets.DVS_GESTURE, archive.toString(), 0)
                        .open(FileStore.of(new Configuration()))))
        .isInstanceOf(DataException.class)
        .hasMessageContainingAll(parts)
        .hasMessageNotContaining("null");
  }
}
