package org.qsnn.job;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.IntSupplier;
import org.apache.spark.SparkConf;

/** The driver's process where YARN started it (cluster mode). */
final class YarnContainer {
  private YarnContainer() {}

  static boolean isThis() {
    return System.getenv("CONTAINER_ID") != null && ClusterMode.isIn(new SparkConf());
  }

  /**
   * Works on a thread of its own. Spark interrupts the one that it started when YARN drives the
   * driver out, at any moment, and a file that was being written to HDFS would be lost with that.
   *
   * @param interrupted called each time
   */
  static int undisturbed(IntSupplier work, Runnable interrupted) {
    CompletableFuture<Integer> result = new CompletableFuture<>();
    new Thread(() -> complete(result, work), "qsnn").start();
    while (true) {
      try {
        return result.get();
      } catch (InterruptedException e) {
        interrupted.run();
      } catch (ExecutionException e) {
        throw new IllegalStateException("the command failed: " + e.getCause(), e.getCause());
      }
    }
  }

  private static void complete(CompletableFuture<Integer> result, IntSupplier work) {
    try {
      result.complete(work.getAsInt());
    } catch (Throwable e) { // whoever waits must not do so for ever
      result.completeExceptionally(e);
    }
  }
}
