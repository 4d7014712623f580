package org.qsnn.dataset;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.qsnn.DataException;
import org.qsnn.storage.FileStore;

/** Archives that would take far more than they are long. */
class TarGzTest {
  private static final long LARGE = 300 << 20;
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private final FileStore files = FileStore.of(new Configuration());
  @TempDir private Path root;

  /** GNU's long name and long link, and POSIX's attributes of a file. */
  @ParameterizedTest
  @ValueSource(chars = {'L', 'K', 'x'})
  void nameOfMegabytesIsRefusedBeforeItIsInMemory(char type) throws IOException {
    Path archive = archive((byte) type, LARGE);

    assertRefused(archive, "at most 1048576 bytes of a file's name and attributes");
  }

  @Test
  void fileThatIsFarLongerThanTheArchiveIsRefused() throws IOException {
    Path archive = archive(TarArchiveEntry.LF_NORMAL, LARGE);

    assertRefused(archive, "(32 for each and 64 MiB), found more");
  }

  @Test
  void fileBehindAnotherThatNobodyReadIsShown() throws IOException {
    Path archive = archive(TarArchiveEntry.LF_NORMAL, 3 << 20);

    assertThat(names(archive)).containsExactly("large", "last");
  }

  private void assertRefused(Path archive, String message) {
    long before = THREADS.getCurrentThreadAllocatedBytes();
    assertThatThrownBy(() -> names(archive))
        .isInstanceOf(DataException.class)
        .hasMessageContainingAll(archive.toString(), message);
    assertThat(THREADS.getCurrentThreadAllocatedBytes() - before).isLessThan(64L << 20);
  }

  private List<String> names(Path archive) {
    List<String> names = new ArrayList<>();
    new TarGz(files, files.entry(archive.toString()), "anything")
        .forEachFile((entry, in) -> names.add(entry.name()));
    return names;
  }

  /** An entry of zeros, and a file of one byte behind it. */
  private Path archive(byte type, long bytes) throws IOException {
    Path archive = root.resolve("a.tar.gz");
    try (OutputStream file = Files.newOutputStream(archive);
        TarArchiveOutputStream tar = new TarArchiveOutputStream(new GZIPOutputStream(file))) {
      TarArchiveEntry large = new TarArchiveEntry("large", type);
      large.setSize(bytes);
      tar.putArchiveEntry(large);
      byte[] block = (bytes + " path=").getBytes(US_ASCII);
      for (long written = 0; written < bytes; written += block.length) {
        block = Arrays.copyOf(block, 1 << 20);
        tar.write(block, 0, (int) Math.min(block.length, bytes - written));
      }
      tar.closeArchiveEntry();
      TarArchiveEntry last = new TarArchiveEntry("last");
      last.setSize(1);
      tar.putArchiveEntry(last);
      tar.write(1);
      tar.closeArchiveEntry();
    }
    return archive;
  }
}
