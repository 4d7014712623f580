package org.qsnn.fault;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import org.apache.spark.SparkConf;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerExecutorAdded;
import org.apache.spark.scheduler.SparkListenerExecutorRemoved;
import org.apache.spark.scheduler.SparkListenerJobEnd;
import org.apache.spark.scheduler.SparkListenerJobStart;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.scheduler.SparkListenerTaskStart;
import org.apache.spark.scheduler.TaskInfo;

/** Writes down what Spark tells of a run: milliseconds, the event, what it is about. */
public final class EventRecorder extends SparkListener {
  static final String FILE = "spark.qsnn.test.events";

  private final Path file;

  /** Called by Spark. */
  public EventRecorder(SparkConf conf) {
    this.file = Path.of(conf.get(FILE));
  }

  private void write(long time, String event) {
    try {
      Files.writeString(
          file, time + " " + event + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void onJobStart(SparkListenerJobStart event) {
    write(event.time(), "job-started " + event.jobId());
  }

  @Override
  public void onJobEnd(SparkListenerJobEnd event) {
    write(event.time(), "job-ended " + event.jobId() + " " + event.jobResult());
  }

  @Override
  public void onTaskStart(SparkListenerTaskStart event) {
    if (event.taskInfo().speculative()) {
      write(
          event.taskInfo().launchTime(),
          "task-started-speculatively partition " + event.taskInfo().index());
    }
  }

  @Override
  public void onTaskEnd(SparkListenerTaskEnd event) {
    TaskInfo task = event.taskInfo();
    write(
        task.finishTime(),
        String.format(
            Locale.ROOT,
            "task-%s%s partition %d attempt %d",
            task.successful() ? "succeeded" : task.killed() ? "killed" : "failed",
            task.speculative() ? "-speculatively" : "",
            task.index(),
            task.attemptNumber()));
  }

  @Override
  public void onExecutorAdded(SparkListenerExecutorAdded event) {
    write(event.time(), "executor-added " + event.executorId());
  }

  @Override
  public void onExecutorRemoved(SparkListenerExecutorRemoved event) {
    String reason = event.reason().lines().findFirst().orElse("");
    write(event.time(), "executor-removed " + event.executorId() + " " + reason);
  }
}
