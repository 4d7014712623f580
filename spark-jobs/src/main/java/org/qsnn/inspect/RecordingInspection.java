package org.qsnn.inspect;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.awt.image.BufferedImage;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.qsnn.DataException;
import org.qsnn.event.Aedat2Convention;
import org.qsnn.event.EventFormat;
import org.qsnn.event.Events;
import org.qsnn.event.RecordingOptions;
import org.qsnn.event.RecordingPicture;
import org.qsnn.event.RecordingSummary;
import org.qsnn.json.Json;
import org.qsnn.picture.Png;
import org.qsnn.text.Sizes;
import org.qsnn.text.Table;
import org.qsnn.text.TextBlocks;

/** A recording of an event camera: how much is in it, and a picture of it. */
public final class RecordingInspection {
  private static final Pattern NAME = named("[.](" + EventFormat.ENDINGS + ")([.]gz)?");
  private static final Pattern N_MNIST_NAME = named("[.]bin");
  private static final Pattern SACCADES_NAME = named("[.](bin|bs2)");

  private final InspectedFiles files;
  private final String path;
  private final EventFormat format;
  private final RecordingOptions options;
  private final RecordingSummary summary;
  private final long fileBytes;

  private RecordingInspection(
      InspectedFiles files,
      String path,
      EventFormat format,
      RecordingOptions options,
      RecordingSummary summary,
      long fileBytes) {
    this.files = files;
    this.path = path;
    this.format = format;
    this.options = options;
    this.summary = summary;
    this.fileBytes = fileBytes;
  }

  /**
   * Reads a recording.
   *
   * @param format what it is; if empty, files of AEDAT and Prophesee are told by their first bytes,
   *     AEDAT 2.0 is taken for a DVS128's own, and a {@code .bin} for a sample of N-MNIST
   * @throws org.qsnn.DataException if it is missing, damaged, or no recording
   */
  public static RecordingInspection of(
      InspectedFiles files, String path, Optional<EventFormat> format) {
    return of(files, path, format, RecordingOptions.DEFAULT);
  }

  /**
   * The same, with what a user says about it.
   *
   * @param options but for AEDAT 2.0, which the format says
   */
  public static RecordingInspection of(
      InspectedFiles files, String path, Optional<EventFormat> format, RecordingOptions options) {
    return files.read(
        path,
        (in, length) -> of(files, path, format, options, new BufferedInputStream(in), length));
  }

  static RecordingInspection of(
      InspectedFiles files,
      String path,
      Optional<EventFormat> format,
      RecordingOptions options,
      BufferedInputStream in,
      long length)
      throws IOException {
    EventFormat read = format.isPresent() ? format.get() : formatOf(in, path);
    RecordingSummary.Accumulator accumulator = new RecordingSummary.Accumulator();
    read.read(in, path, options, accumulator);
    return new RecordingInspection(files, path, read, options, accumulator.summary(), length);
  }

  private static Pattern named(String ending) {
    return Pattern.compile(".*" + ending, Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
  }

  /** Whether a file looks like a recording, or is called one. */
  static boolean isRecording(BufferedInputStream in, String path) throws IOException {
    return EventFormat.isStarted(in)
        || NAME.matcher(path).matches()
        || SACCADES_NAME.matcher(path).matches();
  }

  private static EventFormat formatOf(BufferedInputStream in, String path) throws IOException {
    if (N_MNIST_NAME.matcher(path).matches()) {
      return EventFormat.N_MNIST;
    }
    if (SACCADES_NAME.matcher(path).matches()) {
      throw new DataException(
          path
              + ": expected the kind of this recording, which the file does not say: name it with"
              + " --recording n-mnist or --recording n-caltech101");
    }
    return EventFormat.of(in, path, Aedat2Convention.DVS128);
  }

  /** What is known about it. */
  public Inspection inspection() {
    TextBlocks text = new TextBlocks().block(facts().lines()).block(firstEvents().lines());
    return new Inspection(json(), text.lines());
  }

  private Table facts() {
    Table facts =
        Table.ofFacts()
            .row("recording", path)
            .row("format", format.key())
            .row("sensor", sensor())
            .row("events", Sizes.count(summary.events()))
            .row(
                "duration",
                String.format(
                    Locale.ROOT,
                    "%.6f s, %d … %d µs",
                    summary.duration() / 1e6,
                    summary.firstTimestamp(),
                    summary.lastTimestamp()))
            .row("rate", Sizes.count(Math.round(summary.eventsPerSecond())) + " events a second")
            .row(
                "polarity",
                String.format(
                    Locale.ROOT,
                    "%.1f %% ON, %.1f %% OFF",
                    100 * summary.onShare(),
                    100 - 100 * summary.onShare()))
            .row("file", Sizes.megabytes(fileBytes));
    return summary.passedOver().isEmpty() ? facts : facts.row("skipped", passedOver());
  }

  private String passedOver() {
    return summary.passedOver().entrySet().stream()
        .map(other -> Sizes.count(other.getValue()) + " " + other.getKey())
        .collect(Collectors.joining(", "));
  }

  private String sensor() {
    return summary.sensor()
        + (summary.guessesSensor()
            ? ", the smallest of a common camera with these pixels: the file names none"
            : "");
  }

  private Table firstEvents() {
    Table table = Table.headed(">first events, µs", ">x", ">y", "polarity");
    Events head = summary.head();
    for (int i = 0; i < head.size(); i++) {
      table.row(
          Long.toString(head.timestamp(i)),
          Integer.toString(head.x(i)),
          Integer.toString(head.y(i)),
          head.isOn(i) ? "ON" : "OFF");
    }
    return table;
  }

  private ObjectNode json() {
    ObjectNode json = Json.object();
    json.put("what", "recording");
    json.put("path", path);
    json.put("format", format.key());
    json.put("width", summary.sensor().width());
    json.put("height", summary.sensor().height());
    json.put("events", summary.events());
    json.put("on_events", summary.onEvents());
    json.put("first_timestamp_us", summary.firstTimestamp());
    json.put("last_timestamp_us", summary.lastTimestamp());
    json.put("duration_us", summary.duration());
    json.put("events_per_s", summary.eventsPerSecond());
    json.put("file_bytes", fileBytes);
    ObjectNode passedOver = json.putObject("passed_over");
    summary.passedOver().forEach(passedOver::put);
    json.put("sensor_is_guessed", summary.guessesSensor());
    ArrayNode firstEvents = json.putArray("first_events");
    Events head = summary.head();
    for (int i = 0; i < head.size(); i++) {
      ObjectNode event = firstEvents.addObject();
      event.put("timestamp_us", head.timestamp(i));
      event.put("x", head.x(i));
      event.put("y", head.y(i));
      event.put("on", head.isOn(i));
    }
    return json;
  }

  /** The recording as {@link RecordingPicture} shows it. */
  public BufferedImage picture() {
    RecordingPicture picture = new RecordingPicture(summary);
    files.read(
        path,
        (in, length) -> {
          format.read(in, path, options, picture);
          return picture;
        });
    return Png.image(picture.width(), picture.height(), picture.rgb());
  }
}
