package org.qsnn.config;

import org.qsnn.event.Aedat2Convention;
import org.qsnn.sample.WindowCut;

/**
 * {@code dataset.recordings.*}: how recordings become samples.
 *
 * @param aedat2 how AEDAT 2.0 files number pixels
 */
public record RecordingsSection(WindowCut cut, Aedat2Convention aedat2) {

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
    return new RecordingsSection(
        cut, settings.constant("dataset.recordings.aedat2", Aedat2Convention.values()));
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
