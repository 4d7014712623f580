package org.qsnn.model;

/**
 * Events counted in frames, one a timestep: OFF events in the first of two channels, ON events in
 * the second.
 *
 * @param micros of a frame in µs; used where the split is {@link Split#DURATION}
 * @param clip the largest count; used where the values are {@link Values#CLIPPED}
 */
public record FrameInput(Split split, long micros, Resize resize, Values values, double clip)
    implements ModelInput {

  /** Where the frames of a sample begin and end. */
  public enum Split {
    /** N div T events a frame, the rest in the last one. */
    NUMBER,
    /** Frames of (last timestamp − first) div T; the last one takes the rest. */
    TIME,
    /** Frames of so many µs each from the first timestamp on; later events are left out. */
    DURATION
  }

  /** How the pixels of a sensor become the pixels of a frame of another size. */
  public enum Resize {
    /**
     * All of an event counts at one pixel: {@code x · width div sensor width}, so for y, as the
     * published code does.
     */
    NEAREST,
    /**
     * Preserves area: an event is spread evenly over its pixel of the sensor, and each pixel of the
     * frame gets the part that it covers of it. The sum over the frame remains the number of
     * events.
     */
    AREA
  }

  /** What number a count of events becomes. */
  public enum Values {
    /** The count itself. */
    COUNTS,
    /** log(1 + count). */
    LOG,
    /** min(count, clip) / clip. */
    CLIPPED
  }

  public FrameInput {
    if (micros < 1) {
      throw new IllegalArgumentException("frames: must last at least 1 µs; found " + micros);
    }
    if (!(clip > 0) || Double.isInfinite(clip)) {
      throw new IllegalArgumentException("frames: clip must be positive; found " + clip);
    }
  }
}
