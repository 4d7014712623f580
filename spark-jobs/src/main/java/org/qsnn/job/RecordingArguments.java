package org.qsnn.job;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.qsnn.EnumKey;
import org.qsnn.event.BadEvents;
import org.qsnn.event.EventTable;
import org.qsnn.event.RecordingOptions;
import org.qsnn.event.Sensor;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/**
 * What a user says about a recording that does not say it itself: on a command line what {@code
 * dataset.recordings.*} is in a configuration, under the last parts of the keys.
 */
final class RecordingArguments {
  /** Of one recording. */
  private static final long MOST_BAD_EVENTS = 1_000_000;

  @Option(
      names = "--sensor",
      paramLabel = "WIDTHxHEIGHT",
      description =
          "Sensor of a file that does not name its own, such as 304x240; the smallest of a common"
              + " camera by default.",
      converter = Sensors.class)
  private Sensor sensor;

  @Option(
      names = "--source",
      paramLabel = "N",
      description =
          "Camera of a file that holds the events of several: the number of the source in AEDAT"
              + " 3.1, of the stream in AEDAT 4.",
      converter = Sources.class)
  private Integer source;

  @Option(
      names = "--columns",
      paramLabel = "T,X,Y,P",
      description =
          "Names of the columns of a .csv file, or of the arrays of an .npz file, that hold time, x,"
              + " y and polarity.",
      converter = Columns.class)
  private String columns;

  @Option(
      names = "--time-unit",
      paramLabel = "UNIT",
      description = "Unit of time in .csv and .npz files: us, ns, ms or s; us by default.",
      converter = Units.class)
  private EventTable.Unit unit;

  @Option(
      names = "--on-bad-events",
      paramLabel = "ACTION",
      description =
          "fail, drop or sort: what to do with events outside of the sensor or earlier than the one"
              + " before, and with an end that is cut off; fail by default. They are counted.",
      converter = BadEventActions.class)
  private BadEvents.Action onBadEvents;

  /** Whether anything is said. */
  boolean areGiven() {
    return sensor != null
        || source != null
        || columns != null
        || unit != null
        || onBadEvents != null;
  }

  RecordingOptions options() {
    RecordingOptions options =
        RecordingOptions.DEFAULT
            .withSensor(sensor)
            .withTable(
                new EventTable(
                    columns == null ? "" : columns, unit == null ? EventTable.Unit.US : unit));
    if (source != null) {
      options = options.withSource(source);
    }
    return onBadEvents == null || onBadEvents == BadEvents.Action.FAIL
        ? options
        : options.withBadEvents(new BadEvents(onBadEvents, MOST_BAD_EVENTS));
  }

  private static final class Sensors implements ITypeConverter<Sensor> {
    private static final Pattern SIZE = Pattern.compile("([0-9]{1,5})x([0-9]{1,5})");

    @Override
    public Sensor convert(String text) {
      Matcher size = SIZE.matcher(text);
      if (size.matches()) {
        return Sensor.ofSize(size.group(1), size.group(2)).orElseThrow(() -> refusal(text));
      }
      throw refusal(text);
    }

    private static TypeConversionException refusal(String found) {
      return new TypeConversionException(
          String.format(
              Locale.ROOT,
              "must be width and height in pixels, each from 1 to %d, as 304x240; found %s",
              Sensor.MAX_SIZE,
              found));
    }
  }

  private static final class Sources implements ITypeConverter<Integer> {
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,7}");
    private static final int LARGEST = 1_000_000;

    @Override
    public Integer convert(String text) {
      if (!NUMBER.matcher(text).matches() || Integer.parseInt(text) > LARGEST) {
        throw new TypeConversionException(
            "must be a whole number from 0 to " + LARGEST + "; found " + text);
      }
      return Integer.valueOf(text);
    }
  }

  private static final class Columns implements ITypeConverter<String> {
    @Override
    public String convert(String text) {
      if (text.isBlank() || !new EventTable(text, EventTable.Unit.US).isComplete()) {
        throw new TypeConversionException(
            "must be four names, of time, x, y and polarity, divided by commas; found " + text);
      }
      return text;
    }
  }

  private static final class Units implements ITypeConverter<EventTable.Unit> {
    @Override
    public EventTable.Unit convert(String key) {
      return named(EventTable.Unit.values(), key);
    }
  }

  private static final class BadEventActions implements ITypeConverter<BadEvents.Action> {
    @Override
    public BadEvents.Action convert(String key) {
      return named(BadEvents.Action.values(), key);
    }
  }

  private static <E extends Enum<E>> E named(E[] values, String key) {
    return EnumKey.find(values, key)
        .orElseThrow(
            () ->
                new TypeConversionException(
                    key + " is none of " + String.join(", ", EnumKey.all(values))));
  }
}
