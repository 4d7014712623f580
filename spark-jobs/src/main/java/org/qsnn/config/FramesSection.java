package org.qsnn.config;

import org.qsnn.model.FrameInput;

/**
 * {@code dataset.frames.*}: how the events of a sample become frames.
 *
 * @param size height and width of a frame
 */
public record FramesSection(FrameInput input, int size) {

  static FramesSection from(Settings settings) {
    FrameInput input =
        new FrameInput(
            settings.constant("dataset.frames.split", FrameInput.Split.values()),
            settings.integer("dataset.frames.duration", 1, 1L << 40),
            settings.constant("dataset.frames.resize", FrameInput.Resize.values()),
            settings.constant("dataset.frames.values", FrameInput.Values.values()),
            settings.number(
                "dataset.frames.clip", "a number above 0 and at most 1e9", x -> x > 0 && x <= 1e9));
    return new FramesSection(input, settings.integer("dataset.frames.size", 1, 1024));
  }
}
