package org.qsnn.config;

import java.util.List;
import org.qsnn.frame.CountScale;
import org.qsnn.frame.FrameIntegrator;
import org.qsnn.frame.FrameSplit;
import org.qsnn.frame.Resize;

/**
 * {@code dataset.frames.*}: how the events of a sample become frames.
 *
 * @param split number, time or duration
 * @param micros of a frame, where frames have a duration of their own
 * @param size height and width of a frame
 */
public record FramesSection(String split, long micros, int size, Resize resize, CountScale scale) {

  static FramesSection from(Settings settings) {
    return new FramesSection(
        settings.oneOf("dataset.frames.split", List.of("number", "time", "duration")),
        settings.integer("dataset.frames.duration", 1, 1L << 40),
        settings.integer("dataset.frames.size", 1, 1024),
        settings.constant("dataset.frames.resize", Resize.values()),
        scale(settings));
  }

  private static CountScale scale(Settings settings) {
    double clip =
        settings.number(
            "dataset.frames.clip", "a number above 0, at most 1e9", x -> x > 0 && x <= 1e9);
    return switch (settings.oneOf("dataset.frames.values", List.of("counts", "log", "clipped"))) {
      case "log" -> CountScale.log();
      case "clipped" -> CountScale.clipped(clip);
      default -> CountScale.counts();
    };
  }

  /**
   * @param timesteps of the network, which sees one frame at each
   */
  public FrameIntegrator integrator(int timesteps) {
    FrameSplit frames =
        switch (split) {
          case "time" -> FrameSplit.byTime(timesteps);
          case "duration" -> FrameSplit.byDuration(timesteps, micros);
          default -> FrameSplit.byNumber(timesteps);
        };
    return new FrameIntegrator(frames, size, size, resize, scale);
  }
}
