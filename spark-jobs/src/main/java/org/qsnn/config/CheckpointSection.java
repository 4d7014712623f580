package org.qsnn.config;

/**
 * {@code checkpoint.*}
 *
 * @param everyMinutes between checkpoints within an epoch
 * @param keep newest checkpoints that are kept
 */
public record CheckpointSection(double everyMinutes, int keep) {
  static CheckpointSection from(Settings settings) {
    return new CheckpointSection(
        settings.number(
            "checkpoint.every-minutes",
            "a number above 0 and at most 100000",
            x -> x > 0 && x <= 100_000),
        settings.integer("checkpoint.keep", 1, 100_000));
  }
}
