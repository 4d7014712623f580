package org.qsnn.event;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import javax.xml.XMLConstants;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.parsers.SAXParserFactory;
import org.xml.sax.Attributes;
import org.xml.sax.SAXException;
import org.xml.sax.SAXParseException;
import org.xml.sax.helpers.DefaultHandler;

/**
 * The streams that the XML document in the header of an AEDAT 4 file describes. It is read as a
 * sequence of tags: a tree of a large or deep one would take hundreds of times its bytes.
 */
final class Aedat4Streams extends DefaultHandler {
  private static final String NO_DOCTYPE = "http://apache.org/xml/features/disallow-doctype-decl";
  private static final String PARENT = "outInfo";
  private static final String INFO = "info";

  /** No value that is of use is longer. */
  private static final int MAX_TEXT = 256;

  private final List<Aedat4Stream> streams = new ArrayList<>();
  private final List<String> nodes = new ArrayList<>();
  private final StringBuilder text = new StringBuilder();
  private String key = "";
  private String type = "";
  private String sizeX = "";
  private String sizeY = "";

  private Aedat4Streams() {}

  /**
   * In the order of the document; empty if it describes none.
   *
   * @throws IllegalArgumentException if it is not XML, or a stream has no number or a wrong size
   */
  static List<Aedat4Stream> of(byte[] xml) {
    Aedat4Streams handler = new Aedat4Streams();
    try {
      SAXParserFactory factory = SAXParserFactory.newDefaultInstance();
      factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
      factory.setFeature(NO_DOCTYPE, true);
      factory.newSAXParser().parse(new ByteArrayInputStream(xml), handler);
    } catch (SAXException | IOException e) {
      throw new IllegalArgumentException(
          "expected an XML document on the streams, found a damaged one: " + e.getMessage(), e);
    } catch (ParserConfigurationException e) {
      throw new IllegalStateException(e);
    }
    return handler.streams;
  }

  /** Whether the innermost node is a stream's. */
  private boolean isStream() {
    return isBelowParent(1);
  }

  /** Whether the innermost node is a stream's description of its camera. */
  private boolean isInfo() {
    return isBelowParent(2) && nodes.get(nodes.size() - 1).equals(INFO);
  }

  private boolean isBelowParent(int levels) {
    int parent = nodes.size() - 1 - levels;
    return parent >= 0 && nodes.get(parent).equals(PARENT);
  }

  @Override
  public void startElement(String uri, String local, String tag, Attributes attributes) {
    if (tag.equals("node")) {
      nodes.add(attribute(attributes, "name"));
      if (isStream()) {
        type = "";
        sizeX = "";
        sizeY = "";
      }
    } else if (tag.equals("attr")) {
      key = attribute(attributes, "key");
      text.setLength(0);
    }
  }

  private static String attribute(Attributes attributes, String name) {
    String value = attributes.getValue(name);
    return value == null || value.length() > MAX_TEXT ? "" : value;
  }

  @Override
  public void characters(char[] characters, int start, int length) {
    text.append(characters, start, Math.min(length, MAX_TEXT - text.length()));
  }

  @Override
  public void endElement(String uri, String local, String tag) {
    if (tag.equals("attr")) {
      take(text.toString().strip());
    } else if (tag.equals("node")) {
      String last = nodes.get(nodes.size() - 1);
      if (isStream() && !type.isEmpty()) {
        Aedat4Stream.of(last, type, sizeX, sizeY).ifPresent(streams::add);
        type = "";
      }
      nodes.remove(nodes.size() - 1);
    }
  }

  private void take(String value) {
    if (isStream() && key.equals("typeIdentifier")) {
      type = value;
    } else if (isInfo() && key.equals("sizeX")) {
      sizeX = value;
    } else if (isInfo() && key.equals("sizeY")) {
      sizeY = value;
    }
  }

  /** Prints nothing. */
  @Override
  public void fatalError(SAXParseException e) throws SAXException {
    throw e;
  }
}
