/**
 * The only RDD code: a step's gradient and an evaluation, as Spark jobs over logical shards, and
 * computations that are one task each. May import core-math, {@code json}, {@code prepared} and
 * {@code yarn}. Read {@link org.qsnn.distributed.ClusterGradients} first.
 */
package org.qsnn.distributed;
