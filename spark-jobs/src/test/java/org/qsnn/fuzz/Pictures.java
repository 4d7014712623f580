package org.qsnn.fuzz;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;
import org.qsnn.sample.PictureFile;

/** Readers of pictures, which are made to fit: PNG also with checksums that fit again. */
final class Pictures {
  private static final int SIZE = 32;
  private static final int SIGNATURE = 8;

  private Pictures() {}

  static Stream<FuzzedReader> readers() throws IOException {
    List<byte[]> seeds =
        List.of(
            picture("png", BufferedImage.TYPE_INT_RGB),
            picture("png", BufferedImage.TYPE_BYTE_INDEXED),
            picture("png", BufferedImage.TYPE_USHORT_GRAY),
            picture("jpeg", BufferedImage.TYPE_INT_RGB));
    return Stream.of(
        FuzzedReader.of("picture", seeds, Pictures::read),
        FuzzedReader.of("PNG, summed again", seeds.subList(0, 3), png -> read(summed(png))));
  }

  private static void read(byte[] file) {
    PictureFile.planes(file, "x", SIZE, true);
  }

  private static byte[] picture(String format, int type) throws IOException {
    BufferedImage picture = new BufferedImage(20, 30, type);
    for (int i = 0; i < 400; i++) {
      picture.setRGB(i % 20, i / 20, i * 0x12345);
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ImageIO.write(picture, format, out);
    return out.toByteArray();
  }

  /** The chunks as they are, each with its CRC. */
  private static byte[] summed(byte[] png) {
    byte[] bytes = png.clone();
    int at = SIGNATURE;
    while (bytes.length - at >= 12) {
      int length = ByteBuffer.wrap(bytes).getInt(at);
      if (length < 0 || length > bytes.length - at - 12) {
        return bytes;
      }
      CRC32 crc = new CRC32();
      crc.update(bytes, at + 4, 4 + length);
      ByteBuffer.wrap(bytes).putInt(at + 8 + length, (int) crc.getValue());
      at += 12 + length;
    }
    return Arrays.copyOf(bytes, at);
  }
}
