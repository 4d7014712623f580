package org.qsnn.dataset;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.imageio.ImageIO;

/** Made-up pictures: a square of its class's colour on black, of a size of its own. */
public final class PictureFolders {
  private static final Color[] COLOURS = {Color.RED, Color.GREEN, Color.BLUE};

  private PictureFolders() {}

  /**
   * Writes a picture; makes its folder.
   *
   * @param file whose name ends with the name of a format, such as .png, .jpg or .JPEG
   */
  public static Path write(Path file, int label, int width, int height) {
    BufferedImage picture = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = picture.createGraphics();
    graphics.setColor(COLOURS[label]);
    int side = Math.min(width, height) / 2;
    graphics.fillRect((width - side) / 2, (height - side) / 2, side, side);
    graphics.dispose();
    String name = file.getFileName().toString();
    try {
      Files.createDirectories(file.getParent());
      ImageIO.write(picture, name.substring(name.lastIndexOf('.') + 1), file.toFile());
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Three classes with so many pictures each, of different sizes, every second one a JPEG. */
  public static Path classes(Path folder, int each) {
    for (int label = 0; label < COLOURS.length; label++) {
      for (int i = 0; i < each; i++) {
        Path file = folder.resolve("abc".charAt(label) + "/" + i + (i % 2 == 0 ? ".png" : ".jpg"));
        write(file, label, 20 + i, 40 - i);
      }
    }
    return folder;
  }

  /** Packs all that lies in a folder, under its name, in the order of names. */
  public static Path zipped(Path folder, Path zip) {
    try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip));
        Stream<Path> all = Files.walk(folder)) {
      for (Path file : all.filter(Files::isRegularFile).sorted().toList()) {
        out.putNextEntry(new ZipEntry(folder.getParent().relativize(file).toString()));
        Files.copy(file, out);
      }
      return zip;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
