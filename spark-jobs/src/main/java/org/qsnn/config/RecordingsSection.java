package org.qsnn.config;

import org.qsnn.dataset.WindowCut;
import org.qsnn.event.Aedat2Convention;

/**
 * {@code dataset.recordings.*}: how recordings become samples.
 *
 * @param aedat2 how AEDAT 2.0 files number pixels
 */
public record RecordingsSection(WindowCut cut, Aedat2Convention aedat2) {

  static RecordingsSection from(Settings settings) {
    return new RecordingsSection(
        new WindowCut(
            settings.constant("dataset.recordings.cut", WindowCut.Unit.values()),
            length(settings, "length"),
            length(settings, "step-train"),
            length(settings, "step-test")),
        settings.constant("dataset.recordings.aedat2", Aedat2Convention.values()));
  }

  private static long length(Settings settings, String name) {
    return settings.integer("dataset.recordings." + name, 1L, Integer.MAX_VALUE);
  }
}
