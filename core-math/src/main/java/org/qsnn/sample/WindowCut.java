package org.qsnn.sample;

import java.io.Serializable;
import java.util.Locale;
import java.util.stream.Stream;
import org.qsnn.event.Events;
import org.qsnn.frame.EventWindows;

/**
 * How the recordings of a data set are cut into samples: into windows of equal length, whose
 * distance may differ between training and test, or not at all.
 *
 * @param length of a window in the unit; no matter if recordings are whole
 * @param stepTrain from the start of a window to the start of the next in training recordings
 * @param stepTest the same in test recordings
 */
public record WindowCut(Unit unit, long length, long stepTrain, long stepTest)
    implements Serializable {
  /** Recordings as they are. */
  public static final WindowCut WHOLE = new WindowCut(Unit.WHOLE, 1, 1, 1);

  /** In what windows are measured. */
  public enum Unit {
    EVENTS,
    /** In µs. */
    TIME,
    /** There are no windows: each recording is a sample. */
    WHOLE
  }

  /** The samples of a training recording. */
  public Stream<Events> train(Events recording) {
    return cut(recording, stepTrain);
  }

  /** The samples of a test recording. */
  public Stream<Events> test(Events recording) {
    return cut(recording, stepTest);
  }

  private Stream<Events> cut(Events recording, long step) {
    return switch (unit) {
      case EVENTS ->
          EventWindows.byNumber(Math.toIntExact(length), Math.toIntExact(step)).of(recording);
      case TIME -> EventWindows.byTime(length, step).of(recording);
      case WHOLE -> Stream.of(recording);
    };
  }

  /** Windows behind any training window that share events with it. */
  public long overlapping() {
    return unit == Unit.WHOLE ? 0 : (length - 1) / stepTrain;
  }

  @Override
  public String toString() {
    String measure = unit == Unit.EVENTS ? "events" : "µs";
    return unit == Unit.WHOLE
        ? "whole recordings"
        : String.format(
            Locale.ROOT,
            "windows of %d %s, one every %d (train) or %d (test)",
            length,
            measure,
            stepTrain,
            stepTest);
  }
}
