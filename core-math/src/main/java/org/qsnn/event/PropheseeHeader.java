package org.qsnn.event;

import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The lines before the data of Prophesee's files (<a
 * href="https://docs.prophesee.ai/stable/data/file_formats/index.html">docs.prophesee.ai</a>): a
 * percent sign, a key and its value. They end at {@code % end}, or where no line follows.
 */
final class PropheseeHeader {
  static final String LINE = "% ";

  private static final String END = "% end";
  private static final String DATA_FILE = "Data";
  private static final Pattern GEOMETRY = Pattern.compile("([0-9]{1,5})x([0-9]{1,5})");
  private static final Pattern VERSION =
      Pattern.compile("EVT([0-9]+)(?:;.*)?", Pattern.CASE_INSENSITIVE);

  /** Keys whose values may name a sensor's generation. */
  private static final List<String> SENSOR_KEYS =
      List.of("sensor_name", "sensor_info", "plugin_name", "generation");

  private static final Sensor VGA = new Sensor(640, 480);
  private static final Sensor HD = new Sensor(1280, 720);

  /** What such a value looks like. */
  private static final Map<Pattern, Sensor> GENERATIONS =
      Map.of(
          Pattern.compile("genx320.*|.*_genx320.*|320[.].*"), new Sensor(320, 320),
          Pattern.compile("gen3.*|.*_gen3.*|3[.].*"), VGA,
          Pattern.compile("gen4.*|imx[0-9]+.*|.*_gen4.*|.*_imx[0-9]+.*|4[.].*"), HD);

  private final Map<String, String> values = new HashMap<>();

  private PropheseeHeader() {}

  /** Takes the lines that a file begins with, if it does. */
  static PropheseeHeader read(RecordingInput in) {
    PropheseeHeader header = new PropheseeHeader();
    while (in.isLine('%')) {
      String line = in.line("header line");
      if (line.equals(END)) {
        break;
      }
      header.take(line);
      in.requireShortHeader();
    }
    return header;
  }

  /**
   * @param start the first characters of a file; a line may be cut off
   */
  static PropheseeHeader of(String start) {
    PropheseeHeader header = new PropheseeHeader();
    start
        .lines()
        .takeWhile(line -> line.startsWith(LINE) && !line.stripTrailing().equals(END))
        .forEach(header::take);
    return header;
  }

  /** Of a key that comes twice the first value counts. */
  private void take(String line) {
    String[] words = line.substring(1).strip().split("\\s+", 2);
    values.putIfAbsent(words[0].toLowerCase(Locale.ROOT), words.length < 2 ? "" : words[1]);
  }

  /** Whether it is a DAT file's. */
  boolean isDat() {
    return value(DATA_FILE).startsWith("file ");
  }

  private String value(String key) {
    return values.getOrDefault(key.toLowerCase(Locale.ROOT), "");
  }

  /** The version of a DAT file, as it is written; empty if it is not said. */
  String datVersion() {
    return value("version");
  }

  /** The encoding of a RAW file, such as {@code EVT3} or {@code EVT21}; empty if it is not said. */
  Optional<String> encoding() {
    Matcher format = VERSION.matcher(value("format"));
    if (format.matches()) {
      return Optional.of("EVT" + format.group(1));
    }
    String version = value("evt").strip();
    return version.isEmpty()
        ? Optional.empty()
        : Optional.of("EVT" + version.replaceFirst("[.]0$", "").replace(".", ""));
  }

  /** Width and height, or what the camera's generation has; empty if nothing is said of it. */
  Optional<Sensor> sensor() {
    Matcher geometry = GEOMETRY.matcher(value("geometry"));
    if (geometry.matches()) {
      return Sensor.ofSize(geometry.group(1), geometry.group(2));
    }
    return Sensor.ofSize(value("width"), value("height"))
        .or(() -> Sensor.ofSize(option("width"), option("height")))
        .or(this::sensorOfGeneration);
  }

  private Optional<Sensor> sensorOfGeneration() {
    return SENSOR_KEYS.stream()
        .map(key -> value(key).toLowerCase(Locale.ROOT))
        .flatMap(
            value ->
                GENERATIONS.entrySet().stream()
                    .filter(entry -> entry.getKey().matcher(value).matches())
                    .map(Map.Entry::getValue))
        .findFirst();
  }

  /** A part of {@code % format EVT3;height=720;width=1280}. */
  private String option(String name) {
    return Arrays.stream(value("format").split(";"))
        .filter(part -> part.startsWith(name + "="))
        .map(part -> part.substring(name.length() + 1).strip())
        .findFirst()
        .orElse("");
  }

  /** Of the words behind a RAW file's header. */
  ByteOrder order() {
    return value("endianness").strip().equalsIgnoreCase("big")
        ? ByteOrder.BIG_ENDIAN
        : ByteOrder.LITTLE_ENDIAN;
  }
}
