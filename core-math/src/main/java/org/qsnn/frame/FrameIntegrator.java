package org.qsnn.frame;

import java.io.Serializable;
import java.util.Arrays;
import java.util.Locale;
import org.qsnn.event.Events;
import org.qsnn.event.Sensor;
import org.qsnn.model.FrameInput;
import org.qsnn.model.FrameInput.Resize;

/**
 * Counts events in frames {@code [frames, 2, height, width]}: OFF events in the first of the two
 * channels, ON events in the second.
 *
 * <p>Counts are added up as integers in the target itself (exact up to 2²⁴; a resized one counts in
 * the parts that an event is divided into), and a pass over the target turns them into numbers.
 *
 * @param resize where the sensor's pixels fall
 */
public record FrameIntegrator(
    FrameSlicing slicing, int height, int width, Resize resize, CountScale scale)
    implements Serializable {
  /** OFF and ON. */
  public static final int CHANNELS = 2;

  /** Counts up to this are scaled once a sample, not once a pixel. */
  private static final int FREQUENT = 1024;

  public FrameIntegrator {
    if (height < 1 || width < 1) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT, "frames: expected at least one pixel, found %d × %d", width, height));
    }
  }

  /**
   * Frames as a model is shown them.
   *
   * @param size height and width of a frame
   */
  public static FrameIntegrator of(FrameInput input, int timesteps, int size) {
    FrameSlicing slicing =
        switch (input.split()) {
          case NUMBER -> FrameSlicing.byNumber(timesteps);
          case TIME -> FrameSlicing.byTime(timesteps);
          case DURATION -> FrameSlicing.byDuration(timesteps, input.micros());
        };
    CountScale scale =
        switch (input.values()) {
          case COUNTS -> CountScale.counts();
          case LOG -> CountScale.log();
          case CLIPPED -> CountScale.clipped(input.clip());
        };
    return new FrameIntegrator(slicing, size, size, input.resize(), scale);
  }

  /** Frames of the sensor's own size with the counts themselves. */
  public static FrameIntegrator counts(FrameSlicing slicing, Sensor sensor) {
    return new FrameIntegrator(
        slicing, sensor.height(), sensor.width(), Resize.NEAREST, CountScale.counts());
  }

  /** Floats that {@link #integrate} writes. */
  public int length() {
    return slicing.frames() * CHANNELS * height * width;
  }

  public void integrate(Events events, float[] target, int offset) {
    integrate(events, FrameTransform.NONE, target, offset);
  }

  /**
   * Writes the frames of a sample.
   *
   * @param transform of the events and the frames; mirroring and rolling cost no pass over them
   * @param offset index of the first float that is written
   */
  public void integrate(Events events, FrameTransform transform, float[] target, int offset) {
    Arrays.fill(target, offset, offset + length(), 0f);
    Events changed = transform.applyTo(events);
    AxisMap columns = transform.columns(axis(events.sensor().width(), width));
    AxisMap rows = transform.rows(axis(events.sensor().height(), height));
    FrameCounter counter = new FrameCounter(columns, rows);
    int[] bounds = slicing.bounds(changed);
    for (int frame = 0; frame < slicing.frames(); frame++) {
      int from = offset + frame * CHANNELS * height * width;
      counter.count(changed, bounds[frame], bounds[frame + 1], target, from);
    }
    transform.warp().applyTo(target, offset, slicing.frames() * CHANNELS, height, width);
    scale(target, offset, columns.unit() * rows.unit());
  }

  private AxisMap axis(int from, int to) {
    return switch (resize) {
      case NEAREST -> AxisMap.nearest(from, to);
      case AREA -> AxisMap.area(from, to);
    };
  }

  /**
   * From counts to numbers, in place.
   *
   * @param parts that one event was divided into
   */
  private void scale(float[] target, int offset, int parts) {
    if (parts == 1 && scale instanceof CountScale.Counts) {
      return;
    }
    float[] frequent = new float[FREQUENT];
    for (int i = offset; i < offset + length(); i++) {
      int count = (int) target[i];
      if (count == 0) {
        continue;
      }
      if (count >= FREQUENT) {
        target[i] = scale.apply((double) count / parts);
        continue;
      }
      if (frequent[count] == 0) {
        frequent[count] = scale.apply((double) count / parts);
      }
      target[i] = frequent[count];
    }
  }
}
