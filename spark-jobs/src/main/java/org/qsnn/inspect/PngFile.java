package org.qsnn.inspect;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.awt.image.BufferedImage;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Locale;
import java.util.zip.CRC32;
import org.qsnn.DataException;
import org.qsnn.picture.Png;
import org.qsnn.storage.FileEntry;
import org.qsnn.storage.FileStore;
import org.qsnn.storage.NewFolder;

/** Pictures as PNG files that say by which program they were drawn. */
public final class PngFile {
  /** The file's signature and its first chunk, IHDR, which is always of this length. */
  private static final int HEADER = 8 + 25;

  /** Follows them: a chunk with the registered keyword Software. */
  private static final byte[] MARK = chunk("tEXt", "Software\0qsnn inspect");

  private PngFile() {}

  /**
   * Writes a picture to a new file, or in place of one that was written so.
   *
   * @throws DataException if something else is there, which stays
   */
  public static void write(FileStore files, String path, BufferedImage picture) {
    byte[] png = bytes(picture);
    files.overwrite(path, out -> out.write(png), there -> requireOurs(files, there));
  }

  static byte[] bytes(BufferedImage picture) {
    byte[] plain = Png.bytes(picture);
    return ByteBuffer.allocate(plain.length + MARK.length)
        .put(plain, 0, HEADER)
        .put(MARK)
        .put(plain, HEADER, plain.length - HEADER)
        .array();
  }

  private static void requireOurs(FileStore files, FileEntry there) {
    if (there.isFolder()) {
      throw refusal(there, "a folder with " + NewFolder.shown(files.names(there.path())));
    }
    int length = HEADER + MARK.length;
    // What is shorter may be a pipe or a device, too, which nobody reads without waiting.
    if (there.bytes() < length || !isOurs(files.read(there.path(), in -> in.readNBytes(length)))) {
      throw refusal(there, "another file");
    }
  }

  private static boolean isOurs(byte[] start) {
    return Arrays.equals(start, HEADER, start.length, MARK, 0, MARK.length);
  }

  private static DataException refusal(FileEntry there, String found) {
    return new DataException(
        String.format(
            Locale.ROOT,
            "%s: expected a new file or a picture that qsnn inspect drew, found %s; choose another name",
            there.path(),
            found));
  }

  private static byte[] chunk(String type, String text) {
    byte[] content = (type + text).getBytes(ISO_8859_1);
    CRC32 crc = new CRC32();
    crc.update(content);
    return ByteBuffer.allocate(Integer.BYTES + content.length + Integer.BYTES)
        .putInt(text.length())
        .put(content)
        .putInt((int) crc.getValue())
        .array();
  }
}
