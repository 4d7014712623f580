package org.qsnn.distributed;

import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.VoidFunction;
import org.apache.spark.sql.SparkSession;
import org.qsnn.train.KernelWarmUp;

/** Has executors compile a network's kernels beside what they are asked for meanwhile. */
public final class WarmExecutors {
  private static final Logger LOG = LogManager.getLogger();

  static final AtomicBoolean IS_ASKED = new AtomicBoolean();

  private WarmExecutors() {}

  /**
   * Asks those that are there, with tasks that return at once: each warms up once, whoever asks.
   * One that none of the tasks meets, or that comes later, compiles in its first steps.
   *
   * @return done when they are asked; nobody has to wait for it
   */
  public static Future<Void> begin(SparkSession session, KernelWarmUp warmUp) {
    JavaSparkContext spark = JavaSparkContext.fromSparkContext(session.sparkContext());
    int tasks = 2 * spark.defaultParallelism();
    List<Integer> numbers = IntStream.range(0, tasks).boxed().toList();
    return spark.parallelize(numbers, tasks).foreachAsync(new Begin(warmUp));
  }

  /** Whether this JVM was asked for the first time. */
  static boolean beginHere(KernelWarmUp warmUp) {
    boolean isFirst = IS_ASKED.compareAndSet(false, true);
    if (isFirst) {
      Thread thread = new Thread(() -> run(warmUp), "warms kernels up");
      thread.setDaemon(true);
      thread.start();
    }
    return isFirst;
  }

  private static void run(KernelWarmUp warmUp) {
    try {
      LOG.debug("{} steps have warmed kernels up", warmUp.run());
    } catch (Throwable e) { // one that nobody catches would end the executor
      LOG.debug("kernels are not warm; what failed here fails in the training as well", e);
    }
  }

  private static final class Begin implements VoidFunction<Integer> {
    private static final long serialVersionUID = 1L;

    private final KernelWarmUp warmUp;

    Begin(KernelWarmUp warmUp) {
      this.warmUp = warmUp;
    }

    @Override
    public void call(Integer number) {
      beginHere(warmUp);
    }
  }
}
