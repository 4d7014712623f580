package org.qsnn.sample;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * What a JPEG file says of its pixels before it has them. Whatever makes no sense there is taken
 * for not said: the decoder is the one to refuse it.
 *
 * @param orientation how its camera was held, 1 … 8, as Exif 2.3 has it (tag 0x0112); 1 is upright
 * @param adobe the color transform of Adobe's marker: 0 for none, 1 for YCbCr, 2 for YCCK; −1 if
 *     the marker is not there
 * @param components of a pixel: 1 is gray, 3 a color, 4 cyan, magenta, yellow and black
 */
record JpegMarkers(int orientation, int adobe, int components) {
  private static final int START_OF_SCAN = 0xDA;
  private static final int APP1 = 0xE1;
  private static final int APP14 = 0xEE;
  private static final int ORIENTATION = 0x0112;
  private static final String EXIF = "Exif\0\0";
  private static final String ADOBE = "Adobe";

  static JpegMarkers of(byte[] jpeg) {
    int orientation = 1;
    int adobe = -1;
    int components = 3;
    ByteBuffer file = ByteBuffer.wrap(jpeg);
    int at = 2;
    while (at + 4 <= jpeg.length && (jpeg[at] & 0xFF) == 0xFF) {
      int marker = jpeg[at + 1] & 0xFF;
      int length = file.getShort(at + 2) & 0xFFFF;
      if (marker == START_OF_SCAN || length < 2 || at + 2 + length > jpeg.length) {
        break;
      }
      ByteBuffer segment = file.slice(at + 4, length - 2);
      if (marker == APP1 && startsWith(segment, EXIF)) {
        orientation = orientation(segment.slice(EXIF.length(), segment.limit() - EXIF.length()));
      } else if (marker == APP14 && startsWith(segment, ADOBE) && segment.limit() >= 12) {
        adobe = segment.get(11);
      } else if (isFrame(marker) && segment.limit() >= 6) {
        components = segment.get(5);
      }
      at += 2 + length;
    }
    return new JpegMarkers(orientation, adobe, components);
  }

  /** Start of frame, of whatever process; three others lie among them. */
  private static boolean isFrame(int marker) {
    return marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
  }

  boolean isCmyk() {
    return components == 4;
  }

  /**
   * Red, green and blue of a pixel of four components, as Adobe's programs and the decoders of
   * others take them: with Adobe's marker, components are stored inverted.
   */
  int rgb(int first, int second, int third, int black) {
    if (adobe < 0) {
      return lit(255 - first, 255 - second, 255 - third, 255 - black);
    }
    if (adobe != 2) {
      return lit(first, second, third, black);
    }
    double blue = second - 128;
    double red = third - 128;
    return lit(
        clamped(first + 1.402 * red),
        clamped(first - 0.344136 * blue - 0.714136 * red),
        clamped(first + 1.772 * blue),
        black);
  }

  private static int lit(int red, int green, int blue, int light) {
    return (red * light / 255) << 16 | (green * light / 255) << 8 | (blue * light / 255);
  }

  private static int clamped(double value) {
    return (int) Math.max(0, Math.min(255, Math.rint(value)));
  }

  private static boolean startsWith(ByteBuffer segment, String text) {
    byte[] expected = text.getBytes(ISO_8859_1);
    return segment.limit() >= expected.length
        && segment.slice(0, expected.length).equals(ByteBuffer.wrap(expected));
  }

  /** Of the first directory of a TIFF header. */
  private static int orientation(ByteBuffer tiff) {
    if (tiff.limit() < 8) {
      return 1;
    }
    tiff.order(tiff.get(0) == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
    int directory = tiff.getInt(4);
    if (directory < 8 || directory > tiff.limit() - 2) {
      return 1;
    }
    int entries = tiff.getShort(directory) & 0xFFFF;
    for (int i = 0; i < entries; i++) {
      int entry = directory + 2 + 12 * i;
      if (entry > tiff.limit() - 12) {
        break;
      }
      if ((tiff.getShort(entry) & 0xFFFF) == ORIENTATION) {
        int found = tiff.getShort(entry + 8) & 0xFFFF;
        return found >= 1 && found <= 8 ? found : 1;
      }
    }
    return 1;
  }

  /**
   * A square picture upright.
   *
   * @param planes {@code [3, size, size]}
   */
  byte[] upright(byte[] planes, int size) {
    if (orientation == 1) {
      return planes;
    }
    byte[] upright = new byte[planes.length];
    int last = size - 1;
    for (int i = 0; i < planes.length; i++) {
      int x = i % size;
      int y = i / size % size;
      int row =
          switch (orientation) {
            case 2 -> y;
            case 3, 4 -> last - y;
            case 6, 7 -> last - x;
            default -> x;
          };
      int column =
          switch (orientation) {
            case 2, 3 -> last - x;
            case 4 -> x;
            case 5, 6 -> y;
            default -> last - y;
          };
      upright[i] = planes[i - y * size - x + row * size + column];
    }
    return upright;
  }
}
