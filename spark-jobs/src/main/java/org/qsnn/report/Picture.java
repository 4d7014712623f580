package org.qsnn.report;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.transform.OutputKeys;
import javax.xml.transform.Transformer;
import javax.xml.transform.TransformerException;
import javax.xml.transform.TransformerFactory;
import javax.xml.transform.dom.DOMSource;
import javax.xml.transform.stream.StreamResult;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/**
 * A chart that stands alone, as SVG: what the style sheet of pages says of its parts is written on
 * them, and what its colours mean is drawn below it.
 */
final class Picture {
  /** Attributes of the parts of charts by the style sheet's class. */
  private static final Map<String, Map<String, String>> STYLES =
      Map.ofEntries(
          Map.entry("grid", Map.of("stroke", "#d8dee4")),
          Map.entry("axis", Map.of("stroke", "#57606a")),
          Map.entry("line", Map.of("fill", "none", "stroke-width", "2", "stroke-linecap", "round")),
          Map.entry("thread", Map.of("stroke", "#57606a", "stroke-width", "1", "opacity", "0.5")),
          Map.entry("whisker", Map.of("stroke", "#1b1f24", "stroke-width", "1.5")),
          Map.entry("point", Map.of("stroke", "#ffffff")));

  /** Dashes of lines by their number. */
  private static final List<String> DASHES = List.of("", "7 4", "2 5", "9 3 2 3", "", "");

  private static final List<String> COLOURS = colours();
  private static final int LEGEND = 20;
  private static final int LETTER = 7;

  private final Document document;

  private Picture(Document document) {
    this.document = document;
  }

  /**
   * @param legend names of the colours, in their order; empty where they need none
   */
  static Picture of(Chart chart, List<String> legend) {
    Document document = parsed(chart.svg("picture").render());
    Element svg = document.getDocumentElement();
    String[] box = svg.getAttribute("viewBox").split(" ");
    int width = Integer.parseInt(box[2]);
    int height = Integer.parseInt(box[3]) + (legend.isEmpty() ? 0 : LEGEND);
    svg.setAttribute("xmlns", "http://www.w3.org/2000/svg");
    svg.setAttribute("viewBox", "0 0 " + width + " " + height);
    svg.setAttribute("width", Integer.toString(width));
    svg.setAttribute("height", Integer.toString(height));
    boolean isHeat = svg.getAttribute("class").equals("heat");
    svg.removeAttribute("class");
    NodeList all = svg.getElementsByTagName("*");
    for (int i = 0; i < all.getLength(); i++) {
      style((Element) all.item(i), isHeat);
    }
    int x = 10;
    for (int i = 0; i < legend.size(); i++) {
      Element mark = child(svg, "rect", Map.of("width", "10", "height", "10"));
      mark.setAttribute("x", Integer.toString(x));
      mark.setAttribute("y", Integer.toString(height - LEGEND + 4));
      mark.setAttribute("fill", COLOURS.get(i % COLOURS.size()));
      Element name = child(svg, "text", Map.of());
      name.setAttribute("x", Integer.toString(x + 15));
      name.setAttribute("y", Integer.toString(height - LEGEND + 13));
      name.setTextContent(legend.get(i));
      style(name, false);
      x += 35 + LETTER * legend.get(i).length();
    }
    return new Picture(document);
  }

  private static Element child(Element parent, String name, Map<String, String> attributes) {
    Element child = parent.getOwnerDocument().createElement(name);
    attributes.forEach(child::setAttribute);
    parent.appendChild(child);
    return child;
  }

  private static void style(Element part, boolean isHeat) {
    if (part.getTagName().equals("text")) {
      part.setAttribute("font-family", "Liberation Sans, Arial, sans-serif");
      part.setAttribute("font-size", "11");
      part.setAttribute("fill", "#57606a");
    } else if (part.getTagName().equals("rect") && isHeat) {
      part.setAttribute("fill", COLOURS.get(0));
    }
    String[] kinds = part.getAttribute("class").split(" ");
    for (String kind : kinds) {
      STYLES.getOrDefault(kind, Map.of()).forEach(part::setAttribute);
      if (kind.matches("s\\d")) {
        int number = kind.charAt(1) - '0';
        boolean isLine = List.of(kinds).contains("line");
        part.setAttribute(isLine ? "stroke" : "fill", COLOURS.get(number % COLOURS.size()));
        if (isLine && !DASHES.get(number % DASHES.size()).isEmpty()) {
          part.setAttribute("stroke-dasharray", DASHES.get(number % DASHES.size()));
        }
      }
    }
    part.removeAttribute("class");
  }

  /** Those of the style sheet for light pages. */
  private static List<String> colours() {
    Map<Integer, String> colours = new HashMap<>();
    try (InputStream in = Picture.class.getResourceAsStream("report.css")) {
      String css = new String(in.readAllBytes(), UTF_8);
      Pattern.compile("--c(\\d): (#[0-9a-f]{6})")
          .matcher(css)
          .results()
          .forEach(found -> colours.putIfAbsent(Integer.valueOf(found.group(1)), found.group(2)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return colours.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .map(Map.Entry::getValue)
        .toList();
  }

  /** The document, which is the caller's to change. */
  Document document() {
    return (Document) document.cloneNode(true);
  }

  /** Without an XML declaration, so that it can stand inside of HTML, too. */
  String svg() {
    return text(document);
  }

  static String text(Document document) {
    try {
      TransformerFactory factory = TransformerFactory.newInstance();
      factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
      Transformer transformer = factory.newTransformer();
      transformer.setOutputProperty(OutputKeys.OMIT_XML_DECLARATION, "yes");
      StringWriter text = new StringWriter();
      transformer.transform(new DOMSource(document), new StreamResult(text));
      return text.toString();
    } catch (TransformerException e) {
      throw new IllegalStateException("a picture that cannot be written", e);
    }
  }

  private static Document parsed(String svg) {
    try {
      DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
      factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
      return factory.newDocumentBuilder().parse(new InputSource(new StringReader(svg)));
    } catch (ParserConfigurationException | SAXException | IOException e) {
      throw new IllegalStateException("a chart that is no XML", e);
    }
  }
}
