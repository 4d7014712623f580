/**
 * The only RDD code: a step's gradient and an evaluation, as Spark jobs over logical shards. May
 * import core-math and {@code prepared}. Read {@link org.qsnn.distributed.SparkGradientSource}
 * first.
 */
package org.qsnn.distributed;
