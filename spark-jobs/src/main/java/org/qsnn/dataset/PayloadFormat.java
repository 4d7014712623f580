package org.qsnn.dataset;

import java.util.List;

/**
 * The format of a sample's bytes.
 *
 * @param encoding {@value #IMAGE}: the planes red, green, blue, row major, a byte a value; {@value
 *     #EVENTS}: as {@code core-math/EVENTS.md} says
 * @param shape channels, height, width; of events, ON and OFF and the sensor
 */
public record PayloadFormat(String encoding, List<Integer> shape) {
  static final String IMAGE = "rgb-planar-uint8";
  static final String EVENTS = "events-delta";

  /** Whether samples are images; events otherwise. A name with "is" would be a key of manifests. */
  public boolean holdsImages() {
    return encoding.equals(IMAGE);
  }

  /** Of square images of red, green and blue. */
  static PayloadFormat ofImages(int size) {
    return new PayloadFormat(IMAGE, List.of(3, size, size));
  }
}
