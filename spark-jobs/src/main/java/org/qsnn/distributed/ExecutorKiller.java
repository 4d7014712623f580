package org.qsnn.distributed;

import java.time.Duration;
import java.util.List;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.VoidFunction;
import org.apache.spark.sql.SparkSession;

/** Ends executors as a machine that is lost does, to see what becomes of a run. */
public final class ExecutorKiller {
  private final JavaSparkContext spark;

  public ExecutorKiller(SparkSession spark) {
    this.spark = JavaSparkContext.fromSparkContext(spark.sparkContext());
  }

  /** Lets one executor end after a time, whatever it does then; does not wait for it. */
  public void kill(Duration delay) {
    spark.parallelize(List.of(delay.toMillis()), 1).foreachAsync(new HaltLater());
  }

  private static final class HaltLater implements VoidFunction<Long> {
    private static final long serialVersionUID = 1L;
    private static final int AS_IF_KILLED = 137;

    @Override
    public void call(Long millis) {
      if (TaskContext.get().attemptNumber() > 0) {
        return; // the executor died before it could say that it was told to
      }
      Thread executioner =
          new Thread(
              () -> {
                try {
                  Thread.sleep(millis);
                } catch (InterruptedException e) {
                  Thread.currentThread().interrupt();
                }
                Runtime.getRuntime().halt(AS_IF_KILLED);
              },
              "ends this executor");
      executioner.setDaemon(true);
      executioner.start();
    }
  }
}
