package org.qsnn.distributed;

import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.spark.SparkContext;
import org.apache.spark.SparkEnv;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.storage.BlockManager;
import org.apache.spark.storage.RDDBlockId;
import org.qsnn.quantize.SynapticWeights;
import org.qsnn.sample.Samples;
import org.qsnn.train.GradientSource;
import org.qsnn.train.LocalGradientSource;
import org.qsnn.train.ShardTask;
import scala.Option;
import scala.jdk.javaapi.OptionConverters;
import scala.reflect.ClassTag;
import scala.reflect.ClassTag$;

/**
 * Gradients under a local master, where the driver is the only executor: its threads compute the
 * shards where Spark keeps them. A step is no job, so that no task, broadcast or result is packed
 * for another process that is none.
 */
final class DriverGradientSource implements GradientSource {
  static final String THREAD = "computes a shard";

  private static final ClassTag<Samples> TAG = ClassTag$.MODULE$.apply(Samples.class);

  private final SparkContext spark;
  private final JavaRDD<Samples> shards;
  private final BlockManager blocks = SparkEnv.get().blockManager();
  private final ExecutorService threads;
  private final LocalGradientSource source;

  /**
   * @param shards one partition with one element a shard, persisted
   */
  DriverGradientSource(SparkContext spark, JavaRDD<Samples> shards, ShardTask task) {
    this.spark = spark;
    this.shards = shards;
    int slots = spark.defaultParallelism();
    this.threads = Executors.newFixedThreadPool(slots, DriverGradientSource::daemon);
    this.source =
        new LocalGradientSource(task, shards.getNumPartitions(), this::samples, slots, threads);
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, THREAD);
    thread.setDaemon(true);
    return thread;
  }

  @Override
  public Sum gradient(SynapticWeights weights, int epoch, int step) {
    return source.gradient(weights, epoch, step);
  }

  private Samples samples(int shard) {
    return kept(shard).orElseGet(() -> read(shard));
  }

  /** Once for all shards: the first thread reads, the others find. */
  private synchronized Samples read(int shard) {
    Optional<Samples> found = kept(shard);
    if (found.isPresent()) {
      return found.get();
    }
    try {
      shards.foreachPartition(samples -> {});
    } catch (Exception e) { // Spark throws checked exceptions that no signature names
      throw RunningJobs.failure(spark, "a step's job", e);
    }
    return kept(shard)
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "shard " + shard + " can be kept neither in memory nor on disk"));
  }

  private Optional<Samples> kept(int shard) {
    RDDBlockId id = new RDDBlockId(shards.id(), shard);
    Optional<Samples> found = OptionConverters.toJava(blocks.getSingle(id, TAG));
    if (found.isPresent()) {
      blocks.releaseLock(id, Option.empty());
    }
    return found;
  }

  @Override
  public void close() {
    threads.shutdown();
    source.close();
  }
}
