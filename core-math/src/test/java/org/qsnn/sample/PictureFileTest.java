package org.qsnn.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.qsnn.DataException;

class PictureFileTest {
  private static final int SIZE = 16;
  private static final int START_OF_FRAME = 0xFFC0;

  /** A quarter of it is white: the upper left one. */
  private static BufferedImage corner(int type) {
    BufferedImage picture = new BufferedImage(SIZE, SIZE, type);
    Graphics2D graphics = picture.createGraphics();
    graphics.setColor(Color.WHITE);
    graphics.fillRect(0, 0, SIZE / 2, SIZE / 2);
    graphics.dispose();
    return picture;
  }

  private static byte[] file(BufferedImage picture, String format) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    assertThat(ImageIO.write(picture, format, bytes)).isTrue();
    return bytes.toByteArray();
  }

  private static byte[] planes(byte[] file) {
    return PictureFile.planes(file, "a", SIZE, false);
  }

  private static int at(byte[] planes, int channel, int x, int y) {
    return planes[(channel * SIZE + y) * SIZE + x] & 0xFF;
  }

  /** With a segment behind the file's first two bytes. */
  private static byte[] with(byte[] jpeg, int marker, byte[] content) {
    return ByteBuffer.allocate(jpeg.length + 4 + content.length)
        .put(jpeg, 0, 2)
        .put((byte) 0xFF)
        .put((byte) marker)
        .putShort((short) (content.length + 2))
        .put(content)
        .put(jpeg, 2, jpeg.length - 2)
        .array();
  }

  private static byte[] turned(int orientation) throws IOException {
    byte[] exif =
        ByteBuffer.allocate(6 + 8 + 2 + 12)
            .put("Exif\0\0MM\0*".getBytes(StandardCharsets.ISO_8859_1))
            .putInt(8)
            .putShort((short) 1)
            .putShort((short) 0x0112)
            .putShort((short) 3)
            .putInt(1)
            .putShort((short) orientation)
            .array();
    return with(file(corner(BufferedImage.TYPE_INT_RGB), "jpg"), 0xE1, exif);
  }

  /** The corner in which the white quarter of the stored picture is when it is upright. */
  @ParameterizedTest
  @CsvSource({
    "1, 4, 4",
    "2, 12, 4",
    "3, 12, 12",
    "4, 4, 12",
    "5, 4, 4",
    "6, 12, 4",
    "7, 12, 12",
    "8, 4, 12"
  })
  void pictureThatWasTakenTurnedIsShownUpright(int orientation, int x, int y) throws IOException {
    byte[] planes = planes(turned(orientation));

    for (int i = 0; i < 4; i++) {
      int column = i % 2 == 0 ? 4 : 12;
      int row = i < 2 ? 4 : 12;
      boolean isWhite = column == x && row == y;
      assertThat(at(planes, 0, column, row)).isCloseTo(isWhite ? 255 : 0, within(8));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 9, 4711})
  void orientationThatDoesNotExistIsNone(int orientation) throws IOException {
    assertThat(at(planes(turned(orientation)), 0, 4, 4)).isGreaterThan(247);
  }

  @ParameterizedTest
  @ValueSource(
      ints = {
        BufferedImage.TYPE_BYTE_GRAY,
        BufferedImage.TYPE_USHORT_GRAY,
        BufferedImage.TYPE_BYTE_BINARY,
        BufferedImage.TYPE_INT_ARGB
      })
  void graySixteenBitsOneBitAndTransparencyBecomeThreePlanes(int type) throws IOException {
    byte[] planes = planes(file(corner(type), "png"));

    for (int channel = 0; channel < 3; channel++) {
      assertThat(at(planes, channel, 4, 4)).isEqualTo(255);
      assertThat(at(planes, channel, 12, 12)).isZero();
    }
  }

  @Test
  void paletteIsLookedUp() throws IOException {
    byte[] ramp = {0, (byte) 200};
    byte[] none = {0, 0};
    BufferedImage picture =
        new BufferedImage(
            SIZE,
            SIZE,
            BufferedImage.TYPE_BYTE_INDEXED,
            new IndexColorModel(8, 2, none, ramp, none));
    picture.getRaster().setSample(4, 4, 0, 1);

    byte[] planes = planes(file(picture, "png"));

    assertThat(at(planes, 0, 4, 4)).isZero();
    assertThat(at(planes, 1, 4, 4)).isEqualTo(200);
    assertThat(at(planes, 1, 5, 4)).isZero();
  }

  private static byte[] cmyk(int... pixel) throws IOException {
    WritableRaster raster = Raster.createInterleavedRaster(0, SIZE, SIZE, 4, null);
    for (int i = 0; i < SIZE * SIZE; i++) {
      raster.setPixel(i % SIZE, i / SIZE, pixel);
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    try (var out = new MemoryCacheImageOutputStream(bytes)) {
      writer.setOutput(out);
      writer.write(null, new IIOImage(raster, null, null), null);
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }

  private static byte[] adobe(int transform) {
    return new byte[] {'A', 'd', 'o', 'b', 'e', 0, 100, 0, 0, 0, 0, (byte) transform};
  }

  private static void requireColor(byte[] planes, int red, int green, int blue) {
    assertThat(at(planes, 0, 8, 8)).isCloseTo(red, within(3));
    assertThat(at(planes, 1, 8, 8)).isCloseTo(green, within(3));
    assertThat(at(planes, 2, 8, 8)).isCloseTo(blue, within(3));
  }

  @Test
  void colorsOfPrintersBecomeRedGreenAndBlue() throws IOException {
    // No cyan, half of magenta, all of yellow, a fifth of black.
    requireColor(planes(cmyk(0, 128, 255, 51)), 204, 102, 0);
    requireColor(planes(with(cmyk(255, 127, 0, 204), 0xEE, adobe(0))), 204, 102, 0);
    // The same with the three colors as luminance and two differences.
    requireColor(planes(with(cmyk(151, 43, 202, 204), 0xEE, adobe(2))), 204, 102, 0);
  }

  @Test
  void damagedFileIsRefusedEvenWhereAViewerWouldShowHalfOfIt() throws IOException {
    byte[] jpeg = file(corner(BufferedImage.TYPE_INT_RGB), "jpg");
    byte[] png = file(corner(BufferedImage.TYPE_INT_RGB), "png");

    for (byte[] whole : new byte[][] {jpeg, png, cmyk(0, 0, 0, 0), turned(6)}) {
      byte[] half = Arrays.copyOf(whole, whole.length - 40);
      assertThatThrownBy(() -> planes(half)).isInstanceOf(DataException.class);
    }
    assertThatThrownBy(() -> planes("text".getBytes(StandardCharsets.UTF_8)))
        .hasMessage("a: must be a PNG or JPEG file; found neither");
  }

  @Test
  void aSmallFileThatClaimsManyPixelsIsRefused() throws IOException {
    ByteBuffer file = ByteBuffer.wrap(file(corner(BufferedImage.TYPE_INT_RGB), "jpeg"));
    int frame = 0;
    while ((file.getShort(frame) & 0xFFFF) != START_OF_FRAME) {
      frame++;
    }
    file.putShort(frame + 5, (short) 8000).putShort(frame + 7, (short) 8000);

    assertThatThrownBy(() -> PictureFile.planes(file.array(), "x.jpg", 32, true))
        .isInstanceOf(DataException.class)
        .hasMessageContainingAll("x.jpg: must have at most", "found 8000 × 8000");
  }
}
