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
import org.qsnn.sample.Samples;
import scala.Tuple2;
import scala.jdk.javaapi.CollectionConverters;
import scala.reflect.ClassTag$;

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
   * @param groups one partition a group of shards
   */
  static RDD<ShardGradient> of(RDD<Samples> groups, GradientFunction function) {
    int slices = groups.getNumPartitions();
    return JavaRDD.fromRDD(groups, ClassTag$.MODULE$.<Samples>apply(Samples.class))
        .mapPartitionsToPair(new Cut(function, slices))
        // An integer's hash is itself: slice r becomes partition r.
        .partitionBy(new HashPartitioner(slices))
        .mapPartitions(new Add(slices))
        .rdd();
  }

  /** A group's part of a slice. */
  private record Part(int group, ShardGradient gradient) implements Serializable {}

  private static final class Cut implements PairFlatMapFunction<Iterator<Samples>, Integer, Part> {
    private static final long serialVersionUID = 1L;

    private final GradientFunction function;
    private final int slices;

    Cut(GradientFunction function, int slices) {
      this.function = function;
      this.slices = slices;
    }

    @Override
    public Iterator<Tuple2<Integer, Part>> call(Iterator<Samples> partition) {
      ShardGradient gradient = function.apply(CollectionConverters.asScala(partition));
      int group = TaskContext.getPartitionId();
      return IntStream.range(0, slices)
          .mapToObj(slice -> new Tuple2<>(slice, new Part(group, gradient.slice(slice, slices))))
          .iterator();
    }
  }

  private static final class Add
      implements FlatMapFunction<Iterator<Tuple2<Integer, Part>>, ShardGradient> {
    private static final long serialVersionUID = 1L;

    private final int groups;

    Add(int groups) {
      this.groups = groups;
    }

    @Override
    public Iterator<ShardGradient> call(Iterator<Tuple2<Integer, Part>> parts) {
      TreeSum sum = new TreeSum(groups);
      while (parts.hasNext()) {
        Part part = parts.next()._2();
        sum.add(part.group(), part.gradient());
      }
      return Collections.singleton(sum.total()).iterator();
    }
  }
}
