package org.qsnn.distributed;

import java.io.Serializable;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.qsnn.network.ShardGradient;
import org.qsnn.parameter.NetworkLayout;
import org.qsnn.quantize.SynapticWeights;
import scala.collection.Iterator;
import scala.runtime.AbstractFunction1;

/**
 * Steps whose tasks compute nothing: weights go down and gradients of their real size come up, as
 * in a training. What they cost is what a step costs beside its tasks.
 */
public final class EmptySteps {
  private final JavaSparkContext spark;
  private final SynapticWeights weights;
  private final NetworkLayout layout;
  private final JavaRDD<Integer> tasks;

  /**
   * @param weights of the layout's network
   * @param tasks that return a gradient each
   */
  public EmptySteps(
      JavaSparkContext spark, NetworkLayout layout, SynapticWeights weights, int tasks) {
    this.spark = spark;
    this.layout = layout;
    this.weights = weights;
    this.tasks = spark.parallelize(IntStream.range(0, tasks).boxed().toList(), tasks);
  }

  /** Takes one. */
  public void step(Reduce reduce) {
    SentWeights sent = SentWeights.of(spark, weights, SentWeights.MOST_BYTES_IN_A_TASK);
    try {
      ZeroGradient function =
          new ZeroGradient(sent, layout.parameters().size(), layout.statistics().size());
      if (reduce == Reduce.SLICED) {
        int slots = Slots.available(spark.sc());
        StepSum.inSlices(tasks.rdd(), function, Reduce.AUTO.slices(layout.gradientBytes(), slots));
      } else {
        StepSum.byDriver(tasks.rdd(), function);
      }
    } finally {
      sent.destroy();
    }
  }

  private static final class ZeroGradient
      extends AbstractFunction1<Iterator<Integer>, ShardGradient> implements Serializable {
    private static final long serialVersionUID = 1L;

    private final SentWeights weights;
    private final int parameters;
    private final int statistics;

    ZeroGradient(SentWeights weights, int parameters, int statistics) {
      this.weights = weights;
      this.parameters = parameters;
      this.statistics = statistics;
    }

    @Override
    public ShardGradient apply(Iterator<Integer> partition) {
      // Asks for them, as a task does that computes with them.
      weights.value();
      return ShardGradient.of(
          new float[parameters],
          new float[statistics],
          new ShardGradient.Batch(0, 0, new double[0], 0, 0),
          null);
    }
  }
}
