package org.qsnn.sample;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.MemoryCacheImageInputStream;
import org.qsnn.DataException;

/**
 * PNG and JPEG files as planes of bytes. Transparency is left out, gray becomes three equal planes;
 * cyan, magenta, yellow and black, as printers have them, become red, green and blue without a
 * color profile. A picture that its camera noted to be turned or mirrored is shown upright. What is
 * damaged is refused, even where a viewer would show half of it. Where a picture is resized, its
 * largest centered square is.
 */
public final class PictureFile {
  private static final byte[] PNG = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};
  private static final byte[] JPEG = {(byte) 0xFF, (byte) 0xD8, (byte) 0xFF};

  /** Of a picture: more is not decoded, whatever a header claims. */
  private static final long MOST_PIXELS = 1L << 26;

  /** A byte of a PNG file is at most 1032 of what it unpacks to, of 8 pixels each. */
  private static final long MOST_PIXELS_PER_BYTE = 1032 * 8;

  private static final Pattern NAME =
      Pattern.compile(".*[.](png|jpe?g)", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

  private PictureFile() {}

  /** Whether a file is named as one. */
  public static boolean isNamed(String name) {
    return NAME.matcher(name).matches();
  }

  /**
   * The planes red, green and blue {@code [3, size, size]}.
   *
   * @param name of the file, for messages
   * @param resizes whether a picture of another size is resized
   * @throws DataException if it is no such file, damaged, or of another size and not resized
   */
  public static byte[] planes(byte[] bytes, String name, int size, boolean resizes) {
    if (startsWith(bytes, PNG)) {
      requireWholePng(bytes, name);
    } else if (!startsWith(bytes, JPEG)) {
      throw new DataException(name + ": must be a PNG or JPEG file; found neither");
    }
    try {
      JpegMarkers markers = JpegMarkers.of(bytes);
      byte[] planes = planes(read(bytes, name, size, resizes, markers), size);
      return markers.upright(planes, size);
    } catch (IOException | RuntimeException e) {
      if (e instanceof DataException known) {
        throw known;
      }
      throw new DataException(name + ": is damaged: " + e.getMessage(), e);
    }
  }

  /**
   * The same of a picture that is decoded.
   *
   * @throws DataException if it is of another size and not resized
   */
  public static byte[] planes(BufferedImage picture, String name, int size, boolean resizes) {
    requireSize(name, picture.getWidth(), picture.getHeight(), size, resizes);
    return planes(picture, size);
  }

  /**
   * The same of a square picture's planes {@code [3, side, side]}.
   *
   * @throws DataException if it is of another size and not resized
   */
  public static byte[] planes(byte[] square, int side, String name, int size, boolean resizes) {
    requireSize(name, side, side, size, resizes);
    return side == size ? square : AreaResize.resize(square, side, side, size);
  }

  private static byte[] planes(BufferedImage picture, int size) {
    byte[] planes = new byte[3 * picture.getWidth() * picture.getHeight()];
    int plane = picture.getWidth() * picture.getHeight();
    for (int y = 0; y < picture.getHeight(); y++) {
      for (int x = 0; x < picture.getWidth(); x++) {
        int rgb = rgb(picture, x, y);
        int i = y * picture.getWidth() + x;
        planes[i] = (byte) (rgb >> 16);
        planes[plane + i] = (byte) (rgb >> 8);
        planes[2 * plane + i] = (byte) rgb;
      }
    }
    return picture.getWidth() == size && picture.getHeight() == size
        ? planes
        : AreaResize.resize(planes, picture.getWidth(), picture.getHeight(), size);
  }

  /** Java takes gray values for linear ones, and would make them brighter. */
  private static int rgb(BufferedImage picture, int x, int y) {
    boolean isGray =
        picture.getColorModel().getColorSpace().getType() == ColorSpace.TYPE_GRAY
            && !(picture.getColorModel() instanceof IndexColorModel);
    if (!isGray) {
      return picture.getRGB(x, y);
    }
    Raster raster = picture.getRaster();
    int bits = picture.getColorModel().getComponentSize(0);
    int sample = raster.getSample(x, y, 0);
    int gray = bits > 8 ? sample >> (bits - 8) : sample * 255 / ((1 << bits) - 1);
    return gray << 16 | gray << 8 | gray;
  }

  private static BufferedImage read(
      byte[] bytes, String name, int size, boolean resizes, JpegMarkers markers)
      throws IOException {
    ImageReader reader =
        ImageIO.getImageReadersByFormatName(startsWith(bytes, PNG) ? "png" : "jpeg").next();
    try (var in = new MemoryCacheImageInputStream(new ByteArrayInputStream(bytes))) {
      List<String> warnings = new ArrayList<>();
      reader.addIIOReadWarningListener((source, warning) -> warnings.add(warning));
      reader.setInput(in, true, true);
      requireSize(name, reader.getWidth(0), reader.getHeight(0), size, resizes);
      requirePixels(name, reader.getWidth(0), reader.getHeight(0), bytes.length);
      BufferedImage picture =
          markers.isCmyk() ? ofCmyk(reader.readRaster(0, null), markers) : reader.read(0);
      for (String warning : warnings) {
        // What libjpeg says of bytes that are missing or make no sense; it shows gray there.
        if (warning.startsWith("Premature end") || warning.startsWith("Corrupt JPEG")) {
          throw new IOException(warning);
        }
      }
      return picture;
    } finally {
      reader.dispose();
    }
  }

  /** Java decodes such a file, and leaves it to others what its numbers mean. */
  private static BufferedImage ofCmyk(Raster raster, JpegMarkers markers) {
    BufferedImage picture =
        new BufferedImage(raster.getWidth(), raster.getHeight(), BufferedImage.TYPE_INT_RGB);
    int[] pixel = new int[4];
    for (int y = 0; y < raster.getHeight(); y++) {
      for (int x = 0; x < raster.getWidth(); x++) {
        raster.getPixel(x, y, pixel);
        picture.setRGB(x, y, markers.rgb(pixel[0], pixel[1], pixel[2], pixel[3]));
      }
    }
    return picture;
  }

  private static void requireSize(String name, int width, int height, int size, boolean resizes) {
    if (!resizes && (width != size || height != size)) {
      throw new DataException(
          String.format(
              Locale.ROOT,
              "%s: must have the model's %d × %d pixels, or be resized (--resize); found %d × %d",
              name,
              size,
              size,
              width,
              height));
    }
  }

  private static void requirePixels(String name, int width, int height, int bytes) {
    long most = Math.min(MOST_PIXELS, MOST_PIXELS_PER_BYTE * bytes);
    if ((long) width * height > most) {
      throw new DataException(
          String.format(
              Locale.ROOT,
              "%s: must have at most %d pixels, for a file of %d bytes; found %d × %d",
              name,
              most,
              bytes,
              width,
              height));
    }
  }

  /** Java's reader does not look at the checksums, nor whether the file goes on to its end. */
  private static void requireWholePng(byte[] bytes, String name) {
    ByteBuffer buffer = ByteBuffer.wrap(bytes, PNG.length, bytes.length - PNG.length);
    String type = "";
    while (!type.equals("IEND")) {
      int at = buffer.position();
      if (buffer.remaining() < 12) {
        throw damaged(name, at, "a chunk", "the end of the file");
      }
      int length = buffer.getInt();
      if (length < 0 || length > buffer.remaining() - 8) {
        throw damaged(name, at, "a chunk that ends within the file", "another length");
      }
      CRC32 crc = new CRC32();
      crc.update(bytes, at + 4, 4 + length);
      type = new String(bytes, at + 4, 4, ISO_8859_1);
      if (buffer.getInt(at + 8 + length) != (int) crc.getValue()) {
        throw damaged(name, at, "the CRC of the chunk", "another");
      }
      buffer.position(at + 12 + length);
    }
  }

  private static DataException damaged(String name, int offset, String expected, String found) {
    return new DataException(
        String.format(
            Locale.ROOT, "%s: offset %d: expected %s, found %s", name, offset, expected, found));
  }

  private static boolean startsWith(byte[] bytes, byte[] start) {
    return bytes.length >= start.length
        && Arrays.equals(bytes, 0, start.length, start, 0, start.length);
  }
}
