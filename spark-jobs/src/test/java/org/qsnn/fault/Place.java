package org.qsnn.fault;

/** Where a fault can strike: on entry of a method. */
enum Place {
  /** A task knows its epoch and step; from here on the other places of its thread know them too. */
  TASK("org.qsnn.distributed.GradientFunction", "apply"),
  /** The step's weights are not here yet, and are asked for. */
  BROADCAST_FETCH("org.apache.spark.broadcast.TorrentBroadcast", "readBlocks"),
  /** Of shards that are computed together. */
  GRADIENT("org.qsnn.train.ShardTask", "sum"),
  FORWARD("org.qsnn.layer.SpikingLayer", "forward"),
  /** The gradient is computed and has not been sent. */
  GRADIENT_RETURN("org.apache.spark.executor.CoarseGrainedExecutorBackend", "statusUpdate"),
  /** An executor is about to add a slice of the step's gradients. */
  SLICE_SUM("org.qsnn.distributed.SlicedReduce$Add", "call"),
  VALIDATION("org.qsnn.network.InferenceNetwork", "answer"),
  /** On the driver: a gradient is added to the step's sum. */
  SUM("org.qsnn.network.TreeSum", "add"),
  /** On the driver: the step's sum is applied to the weights. */
  UPDATE("org.qsnn.optimize.Sgd", "stepInPlace"),
  /** On the driver: a checkpoint is about to be written. */
  CHECKPOINT("org.qsnn.checkpoint.Checkpoint", "write");

  final String className;
  final String method;

  Place(String className, String method) {
    this.className = className;
    this.method = method;
  }
}
