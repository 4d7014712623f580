package org.qsnn.config;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * {@code run.*}
 *
 * @param dir the run's own folder, on any Hadoop file system
 * @param seed 0 or more
 */
public record RunSection(String dir, long seed) {
  private static final DateTimeFormatter UTC =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

  static RunSection from(Settings settings, String name, Instant started) {
    return new RunSection(
        settings.textOr("run.dir", "runs/" + name + "-" + utc(started)),
        settings.integer("run.seed", 0, Long.MAX_VALUE));
  }

  /** A time as part of a folder's name. */
  static String utc(Instant time) {
    return UTC.format(time);
  }
}
