package org.qsnn.sample;

import java.util.Locale;
import java.util.OptionalLong;
import org.qsnn.ConfigurationException;

/**
 * Which part of a data set is used.
 *
 * @param limitTrain records that are trained on, the first in official order; empty: all
 * @param limitTest records that are tested on, the first in official order; empty: all
 * @param validationFraction validation records for each record trained on, 0 … 1 (1 excluded)
 */
public record SplitOptions(
    OptionalLong limitTrain, OptionalLong limitTest, double validationFraction) {

  /**
   * @throws ConfigurationException if a limit is below 1 or the fraction is out of range
   */
  public SplitOptions {
    requirePositive("dataset.limit-train", limitTrain);
    requirePositive("dataset.limit-test", limitTest);
    if (!(validationFraction >= 0 && validationFraction < 1)) {
      throw new ConfigurationException(
          "dataset.validation-fraction: must be at least 0 and below 1; found "
              + validationFraction);
    }
  }

  private static void requirePositive(String key, OptionalLong limit) {
    if (limit.isPresent() && limit.getAsLong() < 1) {
      throw new ConfigurationException(
          String.format(
              Locale.ROOT, "%s: must be at least 1 or no limit; found %d", key, limit.getAsLong()));
    }
  }
}
