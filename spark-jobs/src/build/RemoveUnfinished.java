import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/**
 * {@code java RemoveUnfinished.java FOLDER…}: removes jars without their end. A build that was
 * killed while it copied leaves one, which is newer than what it is a copy of, so that the next build
 * would keep it.
 */
final class RemoveUnfinished {
  public static void main(String[] folders) throws IOException {
    for (String folder : folders) {
      if (Files.isDirectory(Path.of(folder))) {
        remove(Path.of(folder));
      }
    }
  }

  private static void remove(Path folder) throws IOException {
    try (DirectoryStream<Path> jars = Files.newDirectoryStream(folder, "*.jar")) {
      for (Path jar : jars) {
        try (ZipFile whole = new ZipFile(jar.toFile())) {
          continue;
        } catch (ZipException e) {
          Files.delete(jar);
        }
      }
    }
  }
}
