package org.qsnn.distributed;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.apache.spark.rdd.RDD;
import org.qsnn.network.ShardGradient;
import org.qsnn.train.ArrivalSum;
import org.qsnn.train.GradientSource;
import scala.collection.Iterator;
import scala.runtime.AbstractFunction1;

/** The sum over what the tasks of a step return, in the shape of a tree over their partitions. */
final class StepSum {
  private StepSum() {}

  /** Added here, on the calling thread, as siblings of the tree arrive. */
  static <T> GradientSource.Sum byDriver(
      RDD<T> parts, AbstractFunction1<Iterator<T>, ShardGradient> function) {
    ArrivalSum sum = new ArrivalSum(parts.getNumPartitions());
    try (StepJob job = StepJob.start(parts, function)) {
      for (int i = 0; i < parts.getNumPartitions(); i++) {
        StepJob.Arrival arrival = job.next();
        sum.add(arrival.partition(), arrival.gradient());
      }
    }
    return sum.sum();
  }

  /** Added by executors in so many slices, which are put together here. */
  static <T> GradientSource.Sum inSlices(
      RDD<T> parts, AbstractFunction1<Iterator<T>, ShardGradient> function, int count) {
    RDD<ShardGradient> slices = SlicedReduce.of(parts, function, count);
    List<ShardGradient> arrived = new ArrayList<>(Collections.nCopies(count, null));
    // The tree is the executors'; this only takes the time.
    ArrivalSum sum = new ArrivalSum(1);
    try (StepJob job = StepJob.start(slices, new Only())) {
      for (int i = 0; i < count; i++) {
        StepJob.Arrival arrival = job.next();
        arrived.set(arrival.partition(), arrival.gradient());
      }
    } finally {
      slices.cleanShuffleDependencies(false);
    }
    sum.add(0, ShardGradient.joined(arrived));
    return sum.sum();
  }

  /** The one element of a partition. */
  private static final class Only extends AbstractFunction1<Iterator<ShardGradient>, ShardGradient>
      implements Serializable {
    private static final long serialVersionUID = 1L;

    @Override
    public ShardGradient apply(Iterator<ShardGradient> partition) {
      return partition.next();
    }
  }
}
