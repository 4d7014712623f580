package org.qsnn.distributed;

import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.SparkContext;
import org.apache.spark.SparkStageInfo;
import org.apache.spark.SparkStatusTracker;
import org.qsnn.ConfigurationException;

/**
 * The jobs of a session, which are cancelled when no executor computes them for too long, and when
 * they are told to end; executors that are lost are told of. Whoever waits for one then gets a
 * {@link CancellationException}, or Spark's own exception, with the reason.
 */
public final class RunningJobs implements AutoCloseable {
  /** In the message of a cancelled job's exception. */
  public static final String CANCELLED = "SPARK_JOB_CANCELLED";

  /** How long a cluster may leave jobs without an executor, as {@code 10m}. */
  public static final String PATIENCE = "spark.qsnn.executor-patience";

  /** Tag of the jobs of training steps: work that is soon done. */
  static final String STEP = "qsnn-step";

  private static final Pattern REASON =
      Pattern.compile("Job \\d+ cancelled (.*?)\\s*(SQLSTATE: \\w+)?$", Pattern.MULTILINE);

  private static final Duration GRACE_OF_A_STEP = Duration.ofSeconds(10);
  private static final long TICK_MILLIS = 200;

  private final SparkContext spark;
  private final Duration patience;
  private final ExecutorLosses losses;
  private final ScheduledExecutorService clock = clock();
  private long idleSince;
  private boolean isIdle;
  private String endReason;
  private long endedAt;

  private RunningJobs(SparkContext spark, Duration patience) {
    this.spark = spark;
    this.patience = patience;
    this.losses = new ExecutorLosses(spark);
  }

  /**
   * Watches until it is closed.
   *
   * @throws ConfigurationException if the patience is no time
   */
  public static RunningJobs watched(SparkContext spark) {
    RunningJobs jobs = new RunningJobs(spark, patience(spark));
    spark.addSparkListener(jobs.losses);
    jobs.clock.scheduleWithFixedDelay(jobs::look, TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
    return jobs;
  }

  private static Duration patience(SparkContext spark) {
    try {
      return Duration.ofSeconds(spark.getConf().getTimeAsSeconds(PATIENCE, "10m"));
    } catch (NumberFormatException e) {
      throw new ConfigurationException(
          String.format(
              Locale.ROOT,
              "%s: must be a time such as 90s, 10m or 2h; found %s",
              PATIENCE,
              spark.getConf().get(PATIENCE)),
          e);
    }
  }

  private static ScheduledExecutorService clock() {
    return new ScheduledThreadPoolExecutor(
        1,
        task -> {
          Thread thread = new Thread(task, "watches Spark's jobs");
          thread.setDaemon(true);
          return thread;
        });
  }

  /**
   * Ends all jobs, also those that are still to come. A training step that executors compute has
   * some seconds to finish, so that it counts.
   */
  public synchronized void end(String reason) {
    if (endReason == null) {
      endReason = reason;
      endedAt = System.nanoTime();
      clock.execute(this::look);
    }
  }

  private synchronized void look() {
    if (spark.isStopped()) {
      return;
    }
    SparkStatusTracker tracker = spark.statusTracker();
    int[] jobs = tracker.getActiveJobIds();
    boolean wasIdle = isIdle;
    isIdle = jobs.length > 0 && !isComputing(tracker);
    if (isIdle && !wasIdle) {
      idleSince = System.nanoTime();
    }
    if (endReason != null) {
      cancelForEnd(jobs, tracker);
    } else if (isIdle && System.nanoTime() - idleSince >= patience.toNanos()) {
      cancel(jobs, withoutExecutors());
    }
  }

  private static boolean isComputing(SparkStatusTracker tracker) {
    return Arrays.stream(tracker.getActiveStageIds())
        .mapToObj(tracker::getStageInfo)
        .anyMatch(stage -> stage.exists(RunningJobs::hasTasks));
  }

  private static Object hasTasks(SparkStageInfo stage) {
    return stage.numActiveTasks() > 0;
  }

  private void cancelForEnd(int[] jobs, SparkStatusTracker tracker) {
    boolean isGrace = !isIdle && System.nanoTime() - endedAt < GRACE_OF_A_STEP.toNanos();
    Set<Integer> spared =
        isGrace
            ? Arrays.stream(tracker.getJobIdsForTag(STEP)).boxed().collect(Collectors.toSet())
            : Set.of();
    cancel(Arrays.stream(jobs).filter(job -> !spared.contains(job)).toArray(), endReason);
  }

  private void cancel(int[] jobs, String reason) {
    for (int job : jobs) {
      spark.cancelJob(job, reason);
    }
  }

  private String withoutExecutors() {
    // The driver is among those that Spark lists.
    int executors = Math.max(0, spark.statusTracker().getExecutorInfos().length - 1);
    return String.format(
        Locale.ROOT,
        "no executor has computed anything for %s: %s gives %s executors now (asked for: %s of memory and %s cores each, %s of them a task); %s; ask for less with --executor-memory and --executor-cores, or wait longer with --conf %s=1h",
        shown(patience),
        spark.master(),
        Integer.toString(executors),
        spark.getConf().get("spark.executor.memory", "1g"),
        spark.getConf().get("spark.executor.cores", "all"),
        spark.getConf().get("spark.task.cpus", "1"),
        MasterOffer.of(spark)
            .orElse("look at its web page for free workers and waiting applications"),
        PATIENCE);
  }

  private static String shown(Duration duration) {
    return duration.toSeconds() % 60 == 0
        ? duration.toMinutes() + " min"
        : duration.toSeconds() + " s";
  }

  /** Why the job was cancelled whose exception this is. */
  public static String whyCancelled(Throwable e) {
    Matcher reason = REASON.matcher(String.valueOf(e.getMessage()));
    return reason.find() ? reason.group(1) : "a job of Spark was cancelled from outside";
  }

  /** The exception for whoever waited for a job that has failed. */
  static RuntimeException failure(SparkContext spark, String job, Throwable e) {
    return Stream.iterate(e, Objects::nonNull, Throwable::getCause)
        .filter(cause -> String.valueOf(cause.getMessage()).contains(CANCELLED))
        .findFirst()
        .<RuntimeException>map(
            cause -> (RuntimeException) new CancellationException(whyCancelled(cause)).initCause(e))
        .or(() -> ExecutorLosses.explain(e, ExecutorLosses.reasons(spark)))
        .orElseGet(() -> new IllegalStateException(job + " failed: " + e.getMessage(), e));
  }

  /** Ends the watching, not the jobs. */
  @Override
  public void close() {
    spark.removeSparkListener(losses);
    clock.shutdownNow();
  }
}
