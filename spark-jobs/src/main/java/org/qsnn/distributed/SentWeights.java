package org.qsnn.distributed;

import java.io.Serializable;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.qsnn.quantize.SynapticWeights;

/**
 * A step's weights on their way to executors: within the description of the tasks where they are
 * small, since Spark broadcasts that anyway, which saves each executor one of two questions to the
 * driver; otherwise as a broadcast of their own.
 */
final class SentWeights implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Of the packed weights of networks whose steps are so short that a question counts. */
  static final int MOST_BYTES_IN_A_TASK = 256 << 10;

  private final SynapticWeights inTask;
  private final Broadcast<SynapticWeights> broadcast;

  private SentWeights(SynapticWeights inTask, Broadcast<SynapticWeights> broadcast) {
    this.inTask = inTask;
    this.broadcast = broadcast;
  }

  /**
   * @param mostBytes above which they are a broadcast
   */
  static SentWeights of(JavaSparkContext spark, SynapticWeights weights, int mostBytes) {
    return weights.packedBytes() <= mostBytes
        ? new SentWeights(weights, null)
        : new SentWeights(null, spark.broadcast(weights));
  }

  /** On an executor; an object of each task's own where they came with the task. */
  SynapticWeights value() {
    return inTask == null ? broadcast.value() : inTask;
  }

  /** No task may ask for them any more. */
  void destroy() {
    if (broadcast != null) {
      broadcast.destroy();
    }
  }
}
