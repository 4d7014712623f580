package org.qsnn.config;

/**
 * Where and how trials are trained; without part in what comes out.
 *
 * @param atATime trials at a time where each runs on the whole cluster
 * @param maxFailures trials that may fail
 */
public record PlacementSection(Placement placement, int atATime, int maxFailures) {
  /** Where a trial runs. */
  public enum Placement {
    /** In one task. */
    TASK,
    /** On all executors. */
    CLUSTER,
    /** In one task if that fits an executor's memory. */
    AUTO
  }

  static PlacementSection from(Settings settings) {
    return new PlacementSection(
        settings.constant("sweep.placement", Placement.values()),
        settings.integer("sweep.at-a-time", 1, 1000),
        settings.integer("sweep.max-failures", 0, 10_000));
  }
}
