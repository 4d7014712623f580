package org.qsnn.distributed;

import java.io.Serializable;
import java.util.Collections;
import java.util.Iterator;
import java.util.stream.IntStream;
import org.apache.spark.HashPartitioner;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.api.java.function.PairFlatMapFunction;
import org.apache.spark.rdd.RDD;
import org.qsnn.network.ShardGradient;
import org.qsnn.network.TreeSum;
import scala.Tuple2;
import scala.jdk.javaapi.CollectionConverters;
import scala.runtime.AbstractFunction1;

/**
 * Adds gradients on executors: each task cuts its gradient into slices, and slice {@code r} of all
 * tasks is added by one task of a second stage, in the very tree in which the driver adds whole
 * gradients. Sums are elementwise, so where vectors are cut changes no bit. The driver gets the
 * size of one gradient, however many there are.
 */
final class SlicedReduce {
  private SlicedReduce() {}

  /**
   * The slices of the sum, one a partition.
   *
   * @param parts what the function makes a gradient of, each of them
   */
  static <T> RDD<ShardGradient> of(
      RDD<T> parts,
      AbstractFunction1<scala.collection.Iterator<T>, ShardGradient> function,
      int slices) {
    return JavaRDD.fromRDD(parts, parts.elementClassTag())
        .mapPartitionsToPair(new Cut<>(function, slices))
        // An integer's hash is itself: slice r becomes partition r.
        .partitionBy(new HashPartitioner(slices))
        .mapPartitions(new Add(parts.getNumPartitions()))
        .rdd();
  }

  /** What one task gives to a slice. */
  private record Part(int task, ShardGradient gradient) implements Serializable {}

  private static final class Cut<T> implements PairFlatMapFunction<Iterator<T>, Integer, Part> {
    private static final long serialVersionUID = 1L;

    private final AbstractFunction1<scala.collection.Iterator<T>, ShardGradient> function;
    private final int slices;

    Cut(AbstractFunction1<scala.collection.Iterator<T>, ShardGradient> function, int slices) {
      this.function = function;
      this.slices = slices;
    }

    @Override
    public Iterator<Tuple2<Integer, Part>> call(Iterator<T> partition) {
      ShardGradient gradient = function.apply(CollectionConverters.asScala(partition));
      int task = TaskContext.getPartitionId();
      return IntStream.range(0, slices)
          .mapToObj(slice -> new Tuple2<>(slice, new Part(task, gradient.slice(slice, slices))))
          .iterator();
    }
  }

  private static final class Add
      implements FlatMapFunction<Iterator<Tuple2<Integer, Part>>, ShardGradient> {
    private static final long serialVersionUID = 1L;

    private final int tasks;

    Add(int tasks) {
      this.tasks = tasks;
    }

    @Override
    public Iterator<ShardGradient> call(Iterator<Tuple2<Integer, Part>> parts) {
      TreeSum sum = new TreeSum(tasks);
      while (parts.hasNext()) {
        Part part = parts.next()._2();
        sum.add(part.task(), part.gradient());
      }
      return Collections.singleton(sum.total()).iterator();
    }
  }
}
