package org.qsnn.config;

import java.time.Duration;
import java.util.List;

/**
 * {@code storage.*}
 *
 * @param patience for storage that cannot be reached; zero for none
 */
public record StorageSection(Duration patience) {
  /**
   * As overrides have it, or else the default: a configuration's own file may have to be waited
   * for.
   *
   * @param overrides {@code key=value}, as after {@code --set}
   * @throws org.qsnn.ConfigurationException if one of them is unknown or not allowed
   */
  public static StorageSection of(List<String> overrides) {
    return from(new Settings(ConfigMerge.merge(new ConfigText("defaults", ""), overrides)));
  }

  static StorageSection from(Settings settings) {
    double minutes =
        settings.number(
            "storage.patience", "a number from 0 to 100000", x -> x >= 0 && x <= 100_000);
    return new StorageSection(Duration.ofMillis((long) (minutes * 60_000)));
  }
}
