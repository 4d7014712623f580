package org.qsnn.frame;

import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.qsnn.event.Events;

/**
 * Cuts a recording into windows of equal length, each of which is a sample. An incomplete window at
 * the end is left out, so a recording that is shorter than a window has none.
 */
public sealed interface EventWindows {
  /**
   * The windows in the order of time, made as they are asked for; they share the recording's
   * columns.
   */
  Stream<Events> of(Events recording);

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
    public Stream<Events> of(Events recording) {
      return IntStream.iterate(0, from -> from <= recording.size() - events, from -> from + step)
          .mapToObj(from -> recording.slice(from, from + events));
    }
  }

  /** See {@link EventWindows#byTime}. */
  record ByTime(long micros, long step) implements EventWindows {
    private static final long NONE = -1;

    public ByTime {
      requirePositive(micros, step);
    }

    @Override
    public Stream<Events> of(Events recording) {
      return LongStream.iterate(
              next(recording, 0), from -> from != NONE, from -> next(recording, from + step))
          .mapToObj(from -> window(recording, recording.timestamp(0) + from));
    }

    /** Where the first window with an event begins, in µs after the first event. */
    private long next(Events recording, long earliest) {
      long end = recording.isEmpty() ? 0 : recording.duration() + 1;
      long from = earliest;
      while (from + micros <= end) {
        long start = recording.timestamp(0) + from;
        // Another event follows: the window ends before the last one.
        long pause = recording.timestamp(recording.firstAtOrAfter(start)) - start;
        if (pause < micros) {
          return from;
        }
        from += stepsOver(pause) * step;
      }
      return NONE;
    }

    private Events window(Events recording, long start) {
      return recording.slice(
          recording.firstAtOrAfter(start), recording.firstAtOrAfter(start + micros));
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
