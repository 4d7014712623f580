package org.qsnn.distributed;

import java.util.List;
import java.util.Locale;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.apache.spark.SparkContext;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerExecutorRemoved;

/** Says that an executor was lost: the run continues without it, but slower. */
final class ExecutorLosses extends SparkListener {
  private static final Logger LOG = LogManager.getLogger();

  /** What Spark says where it has ended the executor itself. */
  private static final List<String> INTENDED =
      List.of("killed by driver", "Executor decommission", "Stopping");

  private final SparkContext spark;

  ExecutorLosses(SparkContext spark) {
    this.spark = spark;
  }

  @Override
  public void onExecutorRemoved(SparkListenerExecutorRemoved event) {
    if (!spark.isStopped() && !isIntended(event.reason())) {
      LOG.warn("{}", line(event.executorId(), event.reason()));
    }
  }

  static boolean isIntended(String reason) {
    return INTENDED.stream().anyMatch(reason::contains);
  }

  static String line(String executor, String reason) {
    String first = reason.lines().map(String::strip).findFirst().orElse("");
    return String.format(
        Locale.ROOT,
        "executor %s is lost (%s); others compute its results again",
        executor,
        first.isEmpty() ? "Spark does not say why" : first.replaceFirst("\\.$", ""));
  }
}
