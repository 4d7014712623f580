package org.qsnn.distributed;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.apache.spark.SparkContext;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerExecutorRemoved;
import org.qsnn.ConfigurationException;
import scala.jdk.javaapi.CollectionConverters;
import scala.jdk.javaapi.OptionConverters;

/** Says that an executor was lost: the run continues without it, but slower. */
final class ExecutorLosses extends SparkListener {
  private static final Logger LOG = LogManager.getLogger();

  /** What Spark says where it has ended the executor itself, or that has done its work and gone. */
  private static final List<String> INTENDED =
      List.of("killed by driver", "ecommission", "exited with code 0", "Stopping");

  /** What a job's exception says that failed for the executors that it lost. */
  private static final List<String> OF_LOSSES =
      List.of("ExecutorLostFailure", "maximum allowable number of times");

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
    String death =
        ExecutorDeath.toldBy(reason).map(d -> ": " + d.cause() + "; " + d.cure()).orElse("");
    return String.format(
        Locale.ROOT,
        "executor %s is lost (%s%s); others compute its results again",
        executor,
        first.isEmpty() ? "Spark does not say why" : first.replaceFirst("\\.$", ""),
        death);
  }

  /**
   * Why executors died, if a job failed for that: its exception may tell only of results that were
   * lost with them.
   *
   * @param reasons why executors are gone
   */
  static Optional<ConfigurationException> explain(Throwable failure, Stream<String> reasons) {
    boolean isOfLosses =
        Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
            .map(cause -> String.valueOf(cause.getMessage()))
            .anyMatch(message -> OF_LOSSES.stream().anyMatch(message::contains));
    return isOfLosses
        ? reasons
            .flatMap(reason -> ExecutorDeath.toldBy(reason).stream())
            .min(ExecutorDeath::compareTo)
            .map(death -> new ConfigurationException(words(death), failure))
        : Optional.empty();
  }

  private static String words(ExecutorDeath death) {
    return String.format(
        Locale.ROOT,
        "executors were lost, more often than Spark tries again; of one it is known that %s; %s; qsnn doctor CONF says how much a training takes",
        death.cause(),
        death.cure());
  }

  /** Why executors of an application are gone. */
  static Stream<String> reasons(SparkContext spark) {
    return CollectionConverters.asJava(spark.statusStore().executorList(false)).stream()
        .flatMap(executor -> OptionConverters.toJava(executor.removeReason()).stream());
  }
}
