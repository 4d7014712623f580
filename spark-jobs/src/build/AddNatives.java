import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.function.Predicate;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;
import org.apache.commons.compress.archivers.zip.ZipFile;

/**
 * {@code java AddNatives.java OUT APPLICATION NATIVES…}: one jar of the application's entries and of
 * the shared libraries in the other jars. Entries are copied as they are compressed; packing 800 MB
 * of libraries anew, as the shade plugin would, takes most of a minute. Nobody finds it unfinished.
 */
final class AddNatives {
  public static void main(String[] jars) throws IOException {
    Path out = Path.of(jars[0]);
    Path unfinished = out.resolveSibling(out.getFileName() + ".tmp");
    Files.deleteIfExists(unfinished);
    try (ZipArchiveOutputStream joined = new ZipArchiveOutputStream(unfinished)) {
      copy(jars[1], joined, entry -> true);
      for (String natives : Arrays.asList(jars).subList(2, jars.length)) {
        copy(natives, joined, entry -> entry.getName().matches(".*\\.so(\\.\\d+)*"));
      }
    }
    Files.move(unfinished, out, StandardCopyOption.ATOMIC_MOVE);
  }

  private static void copy(
      String jar, ZipArchiveOutputStream joined, Predicate<ZipArchiveEntry> wanted)
      throws IOException {
    try (ZipFile source = ZipFile.builder().setFile(jar).get()) {
      source.copyRawEntries(joined, wanted::test);
    }
  }
}
