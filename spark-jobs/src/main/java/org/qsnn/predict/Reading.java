package org.qsnn.predict;

import java.io.Serializable;
import java.util.regex.Pattern;
import org.qsnn.event.Aedat2Convention;
import org.qsnn.event.EventFormat;
import org.qsnn.sample.WindowCut;

/**
 * How recordings are read.
 *
 * @param cut into samples
 * @param aedat2 what to take AEDAT 2.0 for, unless the file names a DAVIS
 * @param other format of files that are not AEDAT; null if they are not read
 */
public record Reading(WindowCut cut, Aedat2Convention aedat2, EventFormat other)
    implements Serializable {
  private static final Pattern OTHER =
      Pattern.compile(".*[.](bin|bs2)", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

  /** Whether a file of this name is read as one that is not AEDAT. */
  boolean isOther(String name) {
    return other != null && OTHER.matcher(name).matches();
  }
}
