package org.qsnn.frame;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.qsnn.event.Events;

/**
 * Cuts a recording into windows of equal length, each of which is a sample. An incomplete window at
 * the end is left out, so a recording that is shorter than a window has none.
 */
public sealed interface EventWindows {
  /** The windows in the order of time; they share the recording's columns. */
  List<Events> of(Events recording);

  /**
   * Windows of as many events.
   *
   * @param step events from the first of a window to the first of the next
   */
  static EventWindows byNumber(int events, int step) {
    return new ByNumber(events, step);
  }

  /**
   * Windows of as many µs, the first at the first event. Those without any event are left out.
   *
   * @param step µs from the beginning of a window to the beginning of the next
   */
  static EventWindows byTime(long micros, long step) {
    return new ByTime(micros, step);
  }

  /** See {@link EventWindows#byNumber}. */
  record ByNumber(int events, int step) implements EventWindows {
    public ByNumber {
      requirePositive(events, step);
    }

    @Override
    public List<Events> of(Events recording) {
      List<Events> windows = new ArrayList<>();
      for (int from = 0; from <= recording.size() - events; from += step) {
        windows.add(recording.slice(from, from + events));
      }
      return windows;
    }
  }

  /** See {@link EventWindows#byTime}. */
  record ByTime(long micros, long step) implements EventWindows {
    public ByTime {
      requirePositive(micros, step);
    }

    @Override
    public List<Events> of(Events recording) {
      List<Events> windows = new ArrayList<>();
      long end = recording.isEmpty() ? 0 : recording.duration() + 1;
      for (long from = 0; from + micros <= end; ) {
        long start = recording.timestamp(0) + from;
        int first = recording.firstAtOrAfter(start);
        int next = recording.firstAtOrAfter(start + micros);
        if (first < next) {
          windows.add(recording.slice(first, next));
          from += step;
        } else {
          // Another event follows: the window ends before the last one.
          from += stepsOver(recording.timestamp(first) - start) * step;
        }
      }
      return windows;
    }

    /**
     * Steps to the first window with an event that comes so long after the start of an empty one.
     */
    private long stepsOver(long pause) {
      return (pause - micros) / step + 1;
    }
  }

  private static void requirePositive(long length, long step) {
    if (length < 1 || step < 1) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "windows: expected a positive length and step, found %d and %d",
              length,
              step));
    }
  }
}
