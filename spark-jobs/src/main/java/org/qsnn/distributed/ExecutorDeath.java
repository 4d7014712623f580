package org.qsnn.distributed;

import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;

/** Why executors die that somebody can do something about, as Spark and clusters tell it. */
public enum ExecutorDeath {
  /** Spark's own exit code for an OutOfMemoryError. */
  HEAP("\\bcode 52\\b", "its heap is exhausted", "give more with --executor-memory"),

  /** By SIGKILL, which the system and clusters send to what takes too much. */
  KILLED(
      "\\bcode 137\\b|OOMKilled|running beyond physical memory|memory limits",
      "it was killed, most likely for its memory",
      "give more with --executor-memory or spark.executor.memoryOverhead");

  private final Pattern pattern;
  private final String cause;
  private final String cure;

  ExecutorDeath(String pattern, String cause, String cure) {
    this.pattern = Pattern.compile(pattern);
    this.cause = cause;
    this.cure = cure;
  }

  /** The one that a text of Spark's tells of. */
  public static Optional<ExecutorDeath> toldBy(String text) {
    return Arrays.stream(values()).filter(death -> death.pattern.matcher(text).find()).findFirst();
  }

  /** In words that follow "an executor is lost". */
  public String cause() {
    return cause;
  }

  /** What to do. */
  public String cure() {
    return cure;
  }
}
