package org.qsnn.distributed;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.apache.spark.SparkEnv;
import org.apache.spark.api.java.JavaFutureAction;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.Function;
import org.apache.spark.sql.SparkSession;
import org.bytedeco.javacpp.Pointer;
import org.qsnn.ConfigurationException;
import org.qsnn.Deadline;

/**
 * What all executors of a session say of themselves.
 *
 * @param executors by id
 * @param silent how many gave no answer
 * @param slots tasks that run at a time on all of them
 * @param clockOffsetMillis largest difference between an executor's clock and the driver's
 * @param clockDoubtMillis how far that may be off, since an answer takes its time
 */
public record ExecutorSurvey(
    List<ExecutorFacts> executors,
    int silent,
    int slots,
    long clockOffsetMillis,
    long clockDoubtMillis) {

  public ExecutorSurvey {
    executors = List.copyOf(executors);
  }

  /**
   * Asks until all that Spark knows have answered, or the time is over; twice at least, since the
   * first answers wait for programs and libraries to load, which hides the clocks.
   *
   * @throws ConfigurationException if executors end instead of answering
   */
  public static ExecutorSurvey of(SparkSession session, Duration patience) {
    JavaSparkContext spark = JavaSparkContext.fromSparkContext(session.sparkContext());
    Deadline deadline = Deadline.in(patience);
    Map<String, ExecutorFacts> answers = new TreeMap<>();
    long offset = 0;
    long doubt = 0;
    int rounds = 0;
    do {
      long asked = System.currentTimeMillis();
      List<ExecutorFacts> round = ask(spark, deadline.left());
      long answered = System.currentTimeMillis();
      doubt = (answered - asked + 1) / 2;
      offset =
          round.stream()
              .map(facts -> facts.clockMillis() - (asked + answered) / 2)
              .max(Comparator.comparing(Math::abs))
              .orElse(0L);
      round.forEach(facts -> answers.put(facts.id(), facts));
      rounds++;
    } while ((rounds < 2 || answers.size() < known(spark)) && !deadline.isOver());
    return new ExecutorSurvey(
        List.copyOf(answers.values()),
        known(spark) - answers.size(),
        spark.defaultParallelism(),
        offset,
        doubt);
  }

  /** No answers if none comes in time: a cluster without free executors lets a job wait forever. */
  private static List<ExecutorFacts> ask(JavaSparkContext spark, Duration time) {
    int tasks = 2 * spark.defaultParallelism();
    List<Integer> numbers = IntStream.range(0, tasks).boxed().toList();
    JavaFutureAction<List<ExecutorFacts>> answers =
        spark.parallelize(numbers, tasks).map(new Ask()).collectAsync();
    try {
      return answers.get(time.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      answers.cancel(true);
      return List.of();
    } catch (ExecutionException e) {
      throw new ConfigurationException(
          String.format(
              Locale.ROOT,
              "executors exit when asked to describe themselves: %s; their logs (web page of the master) say why",
              firstLine(e)),
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for executors", e);
    }
  }

  private static String firstLine(Exception e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
  }

  /** The driver is among those that Spark lists; it computes if it is alone. */
  private static int known(JavaSparkContext spark) {
    return Math.max(1, spark.sc().statusTracker().getExecutorInfos().length - 1);
  }

  /** Starts the native library, which takes long enough that other tasks go elsewhere. */
  private static final class Ask implements Function<Integer, ExecutorFacts> {
    private static final long serialVersionUID = 1L;

    @Override
    public ExecutorFacts call(Integer number) {
      ExecutorSoftware software = ExecutorSoftware.here();
      return new ExecutorFacts(
          SparkEnv.get().executorId(),
          SparkEnv.get().blockManager().blockManagerId().host(),
          software,
          ExecutorScratch.here(),
          Runtime.getRuntime().availableProcessors(),
          Runtime.getRuntime().maxMemory(),
          software.nativeProblem().isEmpty() ? Pointer.maxBytes() : 0,
          System.currentTimeMillis());
    }
  }
}
