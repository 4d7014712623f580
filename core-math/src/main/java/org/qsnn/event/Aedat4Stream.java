package org.qsnn.event;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.xpath.XPath;
import javax.xml.xpath.XPathConstants;
import javax.xml.xpath.XPathExpressionException;
import javax.xml.xpath.XPathFactory;
import org.w3c.dom.Document;
import org.w3c.dom.Node;
import org.xml.sax.SAXException;
import org.xml.sax.helpers.DefaultHandler;

/** The stream of events in an AEDAT 4 file: its number and the camera's sensor. */
record Aedat4Stream(int id, Sensor sensor) {
  private static final String NO_DOCTYPE = "http://apache.org/xml/features/disallow-doctype-decl";
  private static final String EVENT_STREAM =
      "//node[@name='outInfo']/node[attr[@key='typeIdentifier']='EVTS']";

  /**
   * The first stream of events that a header's XML document describes.
   *
   * @throws IllegalArgumentException if it is not XML, or describes none with a sensor
   */
  static Aedat4Stream of(byte[] xml) {
    try {
      XPath xpath = XPathFactory.newDefaultInstance().newXPath();
      Node stream = (Node) xpath.evaluate(EVENT_STREAM, parse(xml), XPathConstants.NODE);
      if (stream == null) {
        throw new IllegalArgumentException("expected a stream of events (EVTS), found none");
      }
      return new Aedat4Stream(
          number(xpath, stream, "@name"),
          new Sensor(
              number(xpath, stream, "node[@name='info']/attr[@key='sizeX']"),
              number(xpath, stream, "node[@name='info']/attr[@key='sizeY']")));
    } catch (XPathExpressionException | ParserConfigurationException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Document parse(byte[] xml) throws ParserConfigurationException {
    DocumentBuilderFactory factory = DocumentBuilderFactory.newDefaultInstance();
    factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
    factory.setFeature(NO_DOCTYPE, true);
    DocumentBuilder builder = factory.newDocumentBuilder();
    // Throws at fatal errors and prints nothing.
    builder.setErrorHandler(new DefaultHandler());
    try {
      return builder.parse(new ByteArrayInputStream(xml));
    } catch (SAXException | IOException e) {
      throw new IllegalArgumentException(
          "expected an XML document on the streams, found a damaged one: " + e.getMessage(), e);
    }
  }

  private static int number(XPath xpath, Node stream, String path) throws XPathExpressionException {
    String text = xpath.evaluate(path, stream).strip();
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "stream of events, %s: expected a number, found %s"
              .formatted(path, RecordingInput.shown(text)),
          e);
    }
  }
}
