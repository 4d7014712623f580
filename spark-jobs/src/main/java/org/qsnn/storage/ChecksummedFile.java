package org.qsnn.storage;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.DigestInputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.qsnn.DataException;
import org.qsnn.Hashes;

/**
 * A file with its SHA-256 in a file beside it, which is written last: a file without one is not
 * complete. The second file is the line that {@code sha256sum} prints and {@code sha256sum -c}
 * checks; every byte of both is checked when the first is read.
 */
public final class ChecksummedFile {
  private static final String SUFFIX = ".sha256";
  private static final int LIMIT = 1024;

  private ChecksummedFile() {}

  /** Writes a file and then its checksum; each is whole or not there. */
  public static void write(Lease lease, String path, FileStore.Content content) {
    WrittenFile file = lease.replace(path, content);
    lease.replace(path + SUFFIX, out -> out.write(checksumLine(file.path(), file.sha256())));
  }

  /** Whether a file's writer came to its end. */
  public static boolean isComplete(FileStore files, FileEntry file) {
    return files.exists(file.path() + SUFFIX);
  }

  /**
   * Reads the file that a stream and an entry are of.
   *
   * @throws DataException if it has no checksum, or one that does not match, or the decoder refuses
   *     it
   */
  public static <T> T read(
      FileStore files, FileEntry file, InputStream in, FileStore.Decoder<T> decoder)
      throws IOException {
    String checksumPath = file.path() + SUFFIX;
    if (!isComplete(files, file)) {
      throw new DataException(
          file.path() + ": incomplete: its writer ended before " + checksumPath);
    }
    byte[] found = files.readBytes(checksumPath, LIMIT);
    DigestInputStream hashed = new DigestInputStream(in, Hashes.sha256());
    T value = decoder.decode(hashed);
    hashed.transferTo(OutputStream.nullOutputStream());
    byte[] expected = checksumLine(file.path(), Hashes.hex(hashed.getMessageDigest()));
    if (!Arrays.equals(found, expected)) {
      throw new DataException(
          String.format(
              Locale.ROOT,
              "%s: expected '%s', the SHA-256 that the file has now, found '%s'",
              checksumPath,
              text(expected),
              text(found)));
    }
    return value;
  }

  /** The line that was written beside a file, without its end. */
  public static String checksum(FileStore files, String path) {
    return new String(files.readBytes(path + SUFFIX, LIMIT), UTF_8).strip();
  }

  /** A file and its checksum, in the order in which they may be deleted. */
  public static List<String> paths(FileEntry file) {
    return List.of(file.path() + SUFFIX, file.path());
  }

  private static byte[] checksumLine(String path, String sha256) {
    String name = path.substring(path.lastIndexOf('/') + 1);
    return (sha256 + "  " + name + "\n").getBytes(UTF_8);
  }

  private static String text(byte[] checksum) {
    return new String(checksum, UTF_8).strip().replaceAll("[^ -~]", "?");
  }
}
