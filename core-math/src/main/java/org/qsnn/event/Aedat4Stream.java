package org.qsnn.event;

import java.util.Locale;
import java.util.Optional;

/**
 * A stream of packets in an AEDAT 4 file.
 *
 * @param id as packets name it
 * @param type identifier of its flatbuffers, such as {@code EVTS}
 * @param sensor of the camera, if it is said
 */
record Aedat4Stream(int id, String type, Optional<Sensor> sensor) {
  static final String EVENTS = "EVTS";

  private static final String OTHER = "another type";

  /**
   * The stream that a header describes; empty if it is one of other data that has no number.
   *
   * @throws IllegalArgumentException if it is one of events without number or with a wrong size
   */
  static Optional<Aedat4Stream> of(String id, String type, String sizeX, String sizeY) {
    if (!type.equals(EVENTS)) {
      return id.matches("[0-9]{1,9}")
          ? Optional.of(ofPacket(Integer.parseInt(id), type))
          : Optional.empty();
    }
    Optional<Sensor> sensor =
        sizeX.isEmpty() && sizeY.isEmpty()
            ? Optional.empty()
            : Optional.of(new Sensor(number("sizeX", sizeX), number("sizeY", sizeY)));
    return Optional.of(new Aedat4Stream(number("name", id), type, sensor));
  }

  /** The stream of a packet that no header describes. */
  static Aedat4Stream ofPacket(int id, String identifier) {
    String type = identifier.matches("[A-Z0-9]{4}") ? identifier : OTHER;
    return new Aedat4Stream(id, type, Optional.empty());
  }

  private static int number(String what, String text) {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "stream of events, %s: expected a number, found %s",
              what,
              RecordingInput.shown(text)),
          e);
    }
  }
}
