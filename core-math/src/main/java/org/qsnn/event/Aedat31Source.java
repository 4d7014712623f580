package org.qsnn.event;

import java.util.List;
import java.util.Optional;

/**
 * A source that an AEDAT 3.1 file names: a camera, or a file that was played, behind which stands
 * the camera of the file's own source, kept as {@code #-Source}.
 *
 * @param id as packets name it; −1 if it does not say
 * @param isKept whether it is a source's own source
 */
record Aedat31Source(int id, String name, boolean isKept) {
  private static final String CURRENT = "#Source ";
  private static final String KEPT = "#-Source ";

  /** The source that a line of the header names, if it does. */
  static Optional<Aedat31Source> of(String line) {
    boolean isKept = line.startsWith(KEPT);
    if (!isKept && !line.startsWith(CURRENT)) {
      return Optional.empty();
    }
    String text = line.substring((isKept ? KEPT : CURRENT).length());
    int colon = text.indexOf(':');
    String number = colon < 0 ? "" : text.substring(0, colon).strip();
    int id = number.matches("[0-9]{1,5}") ? Integer.parseInt(number) : -1;
    return Optional.of(new Aedat31Source(id, text.substring(colon + 1).strip(), isKept));
  }

  /**
   * The camera behind the packets of a source: the one that it names itself, else one that is kept.
   * Empty if no line names a camera that is known.
   */
  static Optional<Camera> camera(List<Aedat31Source> sources, int id) {
    List<Aedat31Source> current = sources.stream().filter(source -> !source.isKept).toList();
    return current.stream()
        .filter(source -> current.size() == 1 || source.id == id)
        .findFirst()
        .flatMap(source -> Camera.namedIn(source.name))
        .or(
            () ->
                sources.stream()
                    .filter(source -> source.isKept)
                    .flatMap(source -> Camera.namedIn(source.name).stream())
                    .findFirst());
  }
}
