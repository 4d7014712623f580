package org.qsnn.distributed;

import java.io.Serializable;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.apache.spark.SparkContext;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.Function;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.scheduler.SparkListenerTaskStart;
import org.qsnn.Deadline;

/** Runs computations that are one Spark task each, as many at a time as there are slots. */
public final class LoneTasks implements AutoCloseable {
  private final JavaSparkContext spark;
  private final RunningTasks running = new RunningTasks();
  private final ExecutorService waiting = Executors.newCachedThreadPool(LoneTasks::daemon);

  public LoneTasks(SparkContext spark) {
    this.spark = JavaSparkContext.fromSparkContext(spark);
    spark.addSparkListener(running);
  }

  /** What every executor gets once, however many tasks use it. */
  public <T extends Serializable> Broadcast<T> share(T value) {
    return spark.broadcast(value);
  }

  /** Tasks that run at a time; where Spark asks for executors as it needs them, at most. */
  public int slots() {
    return Slots.available(spark.sc());
  }

  /**
   * Starts a task; what it returns, or why it failed, is told by the future.
   *
   * @param group names the job in Spark's web page
   */
  public <R extends Serializable> CompletableFuture<R> start(
      String group, String description, LoneTask<R> task) {
    return CompletableFuture.supplyAsync(
        () -> {
          spark.setJobGroup(group, description);
          return spark.parallelize(List.of(task), 1).map(new Run<R>()).collect().get(0);
        },
        waiting);
  }

  /** Cancels all tasks, and waits until none computes any more; not for ever. */
  public void cancel(Duration patience) {
    spark.cancelAllJobs();
    Deadline.in(patience).meets(() -> running.count.get() == 0);
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "waits for a task");
    thread.setDaemon(true);
    return thread;
  }

  @Override
  public void close() {
    waiting.shutdown();
    spark.sc().removeSparkListener(running);
  }

  /** As Spark tells it, which is a little late. */
  private static final class RunningTasks extends SparkListener {
    private final AtomicInteger count = new AtomicInteger();

    @Override
    public void onTaskStart(SparkListenerTaskStart event) {
      count.incrementAndGet();
    }

    @Override
    public void onTaskEnd(SparkListenerTaskEnd event) {
      count.decrementAndGet();
    }
  }

  private static final class Run<R extends Serializable> implements Function<LoneTask<R>, R> {
    private static final long serialVersionUID = 1L;

    @Override
    public R call(LoneTask<R> task) {
      TaskContext context = TaskContext.get();
      BooleanSupplier isCancelled = context::isInterrupted;
      return task.run(isCancelled);
    }
  }
}
