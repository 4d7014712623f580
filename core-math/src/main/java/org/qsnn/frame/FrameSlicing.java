package org.qsnn.frame;

import java.io.Serializable;
import org.qsnn.event.Events;

/**
 * Where the frames of a sample begin and end; the network sees one frame at each timestep. A frame
 * may be empty.
 */
public sealed interface FrameSlicing extends Serializable {
  int frames();

  /**
   * Indices into the events, one more than there are frames, ascending: frame {@code i} holds the
   * events {@code bounds[i] … bounds[i + 1] − 1}.
   */
  int[] bounds(Events events);

  /** N div {@code frames} events a frame, the rest in the last one. */
  static FrameSlicing byNumber(int frames) {
    return new ByNumber(frames);
  }

  /**
   * Frames of d = (last timestamp − first) div {@code frames} µs: frame i holds the timestamps from
   * first + i·d, before first + (i + 1)·d; the last one takes the rest.
   */
  static FrameSlicing byTime(int frames) {
    return new ByTime(frames);
  }

  /**
   * Frames of {@code micros} µs each from the first timestamp on. Later events are left out; frames
   * after the last event are empty.
   */
  static FrameSlicing byDuration(int frames, long micros) {
    return new ByDuration(frames, micros);
  }

  /** See {@link FrameSlicing#byNumber}. */
  record ByNumber(int frames) implements FrameSlicing {
    public ByNumber {
      requirePositive("frames", frames);
    }

    @Override
    public int[] bounds(Events events) {
      int[] bounds = new int[frames + 1];
      for (int i = 1; i < frames; i++) {
        bounds[i] = i * (events.size() / frames);
      }
      bounds[frames] = events.size();
      return bounds;
    }
  }

  /** See {@link FrameSlicing#byTime}. */
  record ByTime(int frames) implements FrameSlicing {
    public ByTime {
      requirePositive("frames", frames);
    }

    @Override
    public int[] bounds(Events events) {
      int[] bounds = boundsEvery(events.duration() / frames, frames, events);
      bounds[frames] = events.size();
      return bounds;
    }
  }

  /** See {@link FrameSlicing#byDuration}. */
  record ByDuration(int frames, long micros) implements FrameSlicing {
    public ByDuration {
      requirePositive("frames", frames);
      requirePositive("micros", micros);
    }

    @Override
    public int[] bounds(Events events) {
      return boundsEvery(micros, frames, events);
    }
  }

  private static int[] boundsEvery(long micros, int frames, Events events) {
    int[] bounds = new int[frames + 1];
    // No frame needs to be longer than all events: the product cannot overflow.
    long length = Math.min(micros, events.duration() + 1);
    for (int i = 1; i <= frames && !events.isEmpty(); i++) {
      bounds[i] = events.firstAtOrAfter(events.timestamp(0) + i * length);
    }
    return bounds;
  }

  private static void requirePositive(String what, long found) {
    if (found < 1) {
      throw new IllegalArgumentException(what + ": must be positive; found " + found);
    }
  }
}
