package org.qsnn.config;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.qsnn.event.Aedat2Convention;
import org.qsnn.event.BadEvents;
import org.qsnn.event.EventTable;
import org.qsnn.event.RecordingOptions;
import org.qsnn.event.Sensor;
import org.qsnn.sample.WindowCut;

/**
 * {@code dataset.recordings.*}: how recordings become samples.
 *
 * @param options what the files do not say
 * @param badEventsInAll that are tolerated in all recordings of a data set
 */
public record RecordingsSection(WindowCut cut, RecordingOptions options, long badEventsInAll) {
  private static final String SENSOR = "dataset.recordings.sensor";
  private static final String SOURCE = "dataset.recordings.source";
  private static final String COLUMNS = "dataset.recordings.columns";
  private static final String TIME_UNIT = "dataset.recordings.time-unit";
  private static final Pattern SIZE = Pattern.compile("([0-9]{1,5})x([0-9]{1,5})");
  private static final String ON_BAD_EVENTS = "dataset.on-bad-events";
  private static final String BAD_EVENT_LIMIT = "dataset.bad-event-limit";
  private static final String BAD_EVENT_LIMIT_IN_ALL = "dataset.bad-event-limit-in-all";

  /** Copies of an event, one in each of the windows that share it. */
  private static final long MOST_COPIES = 100L;

  static RecordingsSection from(Settings settings) {
    WindowCut cut =
        new WindowCut(
            settings.constant("dataset.recordings.cut", WindowCut.Unit.values()),
            length(settings, "length"),
            length(settings, "step-train"),
            length(settings, "step-test"));
    requireFewCopies(settings, cut, "step-train", cut.stepTrain());
    requireFewCopies(settings, cut, "step-test", cut.stepTest());
    Aedat2Convention aedat2 =
        settings.constant("dataset.recordings.aedat2", Aedat2Convention.values());
    BadEvents.Action action = settings.constant(ON_BAD_EVENTS, BadEvents.Action.values());
    long limit = settings.integer(BAD_EVENT_LIMIT, 1L, 1_000_000_000L);
    long limitInAll = settings.integer(BAD_EVENT_LIMIT_IN_ALL, 1L, 1_000_000_000_000L);
    BadEvents badEvents = new BadEvents(action, limit);
    if (action == BadEvents.Action.FAIL) {
      badEvents = BadEvents.FAIL;
      settings.forget(ON_BAD_EVENTS);
      settings.forget(BAD_EVENT_LIMIT);
      settings.forget(BAD_EVENT_LIMIT_IN_ALL);
    }
    Sensor sensor = settings.text(SENSOR).map(text -> sensor(settings, text)).orElse(null);
    return new RecordingsSection(
        cut,
        new RecordingOptions(aedat2, sensor, source(settings), table(settings), badEvents),
        limitInAll);
  }

  private static int source(Settings settings) {
    return settings.text(SOURCE).isEmpty()
        ? RecordingOptions.ANY_SOURCE
        : settings.integer(SOURCE, 0, 1_000_000);
  }

  private static EventTable table(Settings settings) {
    EventTable.Unit unit = settings.constant(TIME_UNIT, EventTable.Unit.values());
    if (unit == EventTable.Unit.US) {
      settings.forget(TIME_UNIT);
    }
    EventTable table = new EventTable(settings.text(COLUMNS).orElse(""), unit);
    if (!table.isComplete()) {
      throw settings.invalid(COLUMNS, "four names, of time, x, y and polarity, divided by commas");
    }
    return table;
  }

  private static Sensor sensor(Settings settings, String text) {
    Matcher size = SIZE.matcher(text);
    return Optional.of(size)
        .filter(Matcher::matches)
        .flatMap(found -> Sensor.ofSize(found.group(1), found.group(2)))
        .orElseThrow(
            () ->
                settings.invalid(
                    SENSOR,
                    "width and height in pixels, each from 1 to "
                        + Sensor.MAX_SIZE
                        + ", as 304x240"));
  }

  private static long length(Settings settings, String name) {
    return settings.integer("dataset.recordings." + name, 1L, Integer.MAX_VALUE);
  }

  private static void requireFewCopies(Settings settings, WindowCut cut, String name, long step) {
    if (cut.unit() != WindowCut.Unit.WHOLE && cut.length() > MOST_COPIES * step) {
      throw settings.invalid(
          "dataset.recordings." + name,
          "at least a hundredth of dataset.recordings.length, "
              + cut.length()
              + " ("
              + settings.place("dataset.recordings.length")
              + "), since every window stores its events");
    }
  }
}
