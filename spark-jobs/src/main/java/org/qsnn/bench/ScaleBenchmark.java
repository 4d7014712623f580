package org.qsnn.bench;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.qsnn.distributed.EmptySteps;
import org.qsnn.distributed.Reduce;
import org.qsnn.distributed.Slots;
import org.qsnn.parameter.NetworkLayout;
import org.qsnn.quantize.SynapticWeights;
import org.qsnn.quantize.WeightQuantizer;
import org.qsnn.train.InitialState;

/**
 * What a step costs beside its tasks, for numbers of tasks whose gradients the driver's heap can
 * hold, added by the driver and in slices.
 */
public final class ScaleBenchmark {
  /** Of the driver's heap that waiting gradients may take. */
  private static final double SHARE_OF_HEAP = 0.3;

  private static final int MOST_TASKS = 64;
  private static final List<Reduce> REDUCES = List.of(Reduce.DRIVER, Reduce.SLICED);
  private static final int STEPS = 9;
  private static final double NANOS = 1e9;

  /**
   * Seconds of steps before any is measured: Spark's driver and executors are interpreted at first,
   * and a training has thousands of steps.
   */
  private static final double WARM_UP = 20;

  private static final double WARM_UP_OF_A_ROW = 1;

  private final JavaSparkContext spark;
  private final BenchmarkOptions options;
  private final Benchmark training;
  private final NetworkLayout layout;
  private final SynapticWeights weights;

  public ScaleBenchmark(SparkSession session, BenchmarkOptions options) {
    this.spark = JavaSparkContext.fromSparkContext(session.sparkContext());
    this.options = options;
    this.training = new Benchmark(session, options);
    this.layout = NetworkLayout.of(options.network());
    this.weights = new WeightQuantizer(layout).quantize(InitialState.of(layout, 1).parameters());
  }

  /** Measures steps with tasks that compute first, then without. */
  public ScaleReport measure() {
    for (Reduce reduce : REDUCES) {
      warmUp(new EmptySteps(spark, layout, weights, options.cores()), reduce, WARM_UP);
    }
    StepProfile step = training.step();
    List<ScaleReport.Row> rows = new ArrayList<>();
    for (int tasks = options.cores(); tasks <= mostTasks(); tasks *= 2) {
      EmptySteps empty = new EmptySteps(spark, layout, weights, tasks);
      for (Reduce reduce : REDUCES) {
        rows.add(row(empty, tasks, reduce));
      }
    }
    return new ScaleReport(
        options, spark.master(), Slots.available(spark.sc()), layout.gradientBytes(), step, rows);
  }

  private long mostTasks() {
    long heap = (long) (SHARE_OF_HEAP * Runtime.getRuntime().maxMemory());
    return Math.max(2L * options.cores(), Math.min(MOST_TASKS, heap / layout.gradientBytes()));
  }

  private static ScaleReport.Row row(EmptySteps empty, int tasks, Reduce reduce) {
    OperatingSystemMXBean process =
        (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    warmUp(empty, reduce, WARM_UP_OF_A_ROW);
    double[] seconds = new double[STEPS];
    double[] driver = new double[STEPS];
    for (int i = 0; i < STEPS; i++) {
      long start = System.nanoTime();
      long startOfProcessor = process.getProcessCpuTime();
      empty.step(reduce);
      seconds[i] = (System.nanoTime() - start) / NANOS;
      driver[i] = (process.getProcessCpuTime() - startOfProcessor) / NANOS;
    }
    return new ScaleReport.Row(tasks, reduce, median(seconds), median(driver));
  }

  private static void warmUp(EmptySteps empty, Reduce reduce, double seconds) {
    long start = System.nanoTime();
    do {
      empty.step(reduce);
    } while (System.nanoTime() - start < seconds * NANOS);
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }
}
