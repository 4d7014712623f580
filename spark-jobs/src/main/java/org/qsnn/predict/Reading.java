package org.qsnn.predict;

import java.io.Serializable;
import java.util.regex.Pattern;
import org.qsnn.event.EventFormat;
import org.qsnn.event.RecordingOptions;
import org.qsnn.sample.WindowCut;

/**
 * How recordings are read.
 *
 * @param cut into samples
 * @param options what the files do not say themselves
 * @param other format of files that are not AEDAT; null if they are not read
 */
public record Reading(WindowCut cut, RecordingOptions options, EventFormat other)
    implements Serializable {
  private static final Pattern OTHER =
      Pattern.compile(".*[.](bin|bs2)", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

  /** Whether a file of this name is read as one that is not AEDAT. */
  boolean isOther(String name) {
    return other != null && OTHER.matcher(name).matches();
  }
}
