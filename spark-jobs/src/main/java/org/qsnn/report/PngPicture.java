package org.qsnn.report;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.github.weisj.jsvg.SVGDocument;
import com.github.weisj.jsvg.parser.SVGLoader;
import java.awt.Color;
import java.awt.Component;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.AffineTransform;
import java.awt.geom.PathIterator;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.fontbox.ttf.TTFParser;
import org.apache.fontbox.ttf.TrueTypeFont;
import org.qsnn.picture.Png;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/**
 * A picture as PNG on white. Letters are drawn as outlines of a font that comes along, since slim
 * Java has none, and machines have different ones.
 */
final class PngPicture {
  private static final int SCALE = 2;
  private static final String FONT = "/org/apache/pdfbox/resources/ttf/LiberationSans-Regular.ttf";

  private PngPicture() {}

  static byte[] of(Picture picture) {
    Document document = picture.document();
    Element svg = document.getDocumentElement();
    int width = Integer.parseInt(svg.getAttribute("width"));
    int height = Integer.parseInt(svg.getAttribute("height"));
    outline(document);
    BufferedImage image =
        new BufferedImage(SCALE * width, SCALE * height, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    graphics.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
    graphics.setColor(Color.WHITE);
    graphics.fillRect(0, 0, image.getWidth(), image.getHeight());
    graphics.scale(SCALE, SCALE);
    loaded(Picture.text(document)).render((Component) null, graphics, null);
    graphics.dispose();
    return Png.bytes(image);
  }

  private static SVGDocument loaded(String svg) {
    SVGDocument loaded = new SVGLoader().load(new ByteArrayInputStream(svg.getBytes(UTF_8)));
    if (loaded == null) {
      throw new IllegalStateException("a picture that cannot be drawn");
    }
    return loaded;
  }

  /** Puts paths in place of texts. */
  private static void outline(Document document) {
    NodeList found = document.getElementsByTagName("text");
    List<Element> texts = new ArrayList<>();
    for (int i = 0; i < found.getLength(); i++) {
      texts.add((Element) found.item(i));
    }
    try (InputStream in = PngPicture.class.getResourceAsStream(FONT);
        TrueTypeFont font = new TTFParser(true).parse(in)) {
      for (Element text : texts) {
        Element path = document.createElement("path");
        path.setAttribute("d", path(font, text));
        path.setAttribute("fill", text.getAttribute("fill"));
        text.getParentNode().replaceChild(path, text);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String path(TrueTypeFont font, Element text) throws IOException {
    double size = Double.parseDouble(text.getAttribute("font-size")) / font.getUnitsPerEm();
    int[] letters = text.getTextContent().codePoints().toArray();
    double width = 0;
    for (int letter : letters) {
      width += size * font.getAdvanceWidth(glyph(font, letter));
    }
    double x =
        Double.parseDouble(text.getAttribute("x"))
            - switch (text.getAttribute("text-anchor")) {
              case "middle" -> width / 2;
              case "end" -> width;
              default -> 0;
            };
    double y = Double.parseDouble(text.getAttribute("y"));
    StringBuilder path = new StringBuilder();
    for (int letter : letters) {
      int glyph = glyph(font, letter);
      AffineTransform place = new AffineTransform(size, 0, 0, -size, x, y);
      if (font.getGlyph().getGlyph(glyph) != null) {
        append(path, font.getGlyph().getGlyph(glyph).getPath().getPathIterator(place));
      }
      x += size * font.getAdvanceWidth(glyph);
    }
    return path.toString();
  }

  /** 0, the sign for what is missing, if the font does not have the letter. */
  private static int glyph(TrueTypeFont font, int letter) throws IOException {
    return font.getUnicodeCmapLookup().getGlyphId(letter);
  }

  private static void append(StringBuilder path, PathIterator outline) {
    double[] at = new double[6];
    for (; !outline.isDone(); outline.next()) {
      int numbers =
          switch (outline.currentSegment(at)) {
            case PathIterator.SEG_MOVETO -> write(path, 'M', 2);
            case PathIterator.SEG_LINETO -> write(path, 'L', 2);
            case PathIterator.SEG_QUADTO -> write(path, 'Q', 4);
            case PathIterator.SEG_CUBICTO -> write(path, 'C', 6);
            default -> write(path, 'Z', 0);
          };
      for (int i = 0; i < numbers; i++) {
        path.append(String.format(Locale.ROOT, "%.2f ", at[i]));
      }
    }
  }

  private static int write(StringBuilder path, char command, int numbers) {
    path.append(command);
    return numbers;
  }
}
