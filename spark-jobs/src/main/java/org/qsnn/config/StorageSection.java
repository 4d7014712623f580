package org.qsnn.config;

import java.time.Duration;

/**
 * {@code storage.*}
 *
 * @param patience for storage that cannot be reached; zero for none
 */
public record StorageSection(Duration patience) {
  static StorageSection from(Settings settings) {
    double minutes =
        settings.number(
            "storage.patience", "a number from 0 to 100000", x -> x >= 0 && x <= 100_000);
    return new StorageSection(Duration.ofMillis((long) (minutes * 60_000)));
  }
}
