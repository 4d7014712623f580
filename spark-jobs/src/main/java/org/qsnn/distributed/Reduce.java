package org.qsnn.distributed;

import java.util.Locale;
import org.apache.spark.SparkConf;
import org.qsnn.ConfigurationException;

/** How a step's gradients are added; the bits do not depend on it. Decision 0010. */
public enum Reduce {
  /** By the driver, as they arrive. */
  DRIVER,
  /** In slices by the executors, through Spark's shuffle; the driver gets the slices of the sum. */
  SLICED,
  /** Whichever takes less time. */
  AUTO;

  /** A setting of Spark, since it is no part of what is computed. */
  public static final String KEY = "spark.qsnn.reduce";

  /**
   * What the driver takes in of one step before slices are faster: half a second of a network of 10
   * Gbit/s, where a second stage costs a tenth.
   */
  public static final long DRIVER_BYTES = 640L << 20;

  private static final long LEAST_BYTES_OF_A_SLICE = 1L << 20;

  /**
   * @throws ConfigurationException if it has no such name
   */
  static Reduce of(SparkConf conf) {
    String name = conf.get(KEY, "auto");
    for (Reduce reduce : values()) {
      if (reduce.name().toLowerCase(Locale.ROOT).equals(name)) {
        return reduce;
      }
    }
    throw new ConfigurationException(KEY + ": must be auto, driver or sliced; found " + name);
  }

  /**
   * @param bytes of one gradient
   * @param gradients of a step
   */
  boolean isSliced(long bytes, int gradients) {
    return switch (this) {
      case DRIVER -> false;
      case SLICED -> true;
      case AUTO -> bytes * gradients > DRIVER_BYTES;
    };
  }

  /**
   * How many slices a gradient is cut into: one for each slot, but none so small that naming it
   * takes longer than adding it.
   *
   * @param slots that add at a time
   */
  int slices(long bytes, int slots) {
    return this == SLICED
        ? slots
        : (int) Math.max(1, Math.min(slots, bytes / LEAST_BYTES_OF_A_SLICE));
  }
}
