package org.qsnn.distributed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.SparkEnv;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.storage.RDDBlockId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.qsnn.DataException;
import org.qsnn.SparkSessionExtension;
import org.qsnn.failure.Failure;
import org.qsnn.model.Architectures;
import org.qsnn.model.NetworkSpec;
import org.qsnn.model.WeightScheme;
import org.qsnn.network.LossTerms;
import org.qsnn.network.ShardGradient;
import org.qsnn.optimize.Descent;
import org.qsnn.optimize.Sgd;
import org.qsnn.parameter.NetworkLayout;
import org.qsnn.quantize.SynapticWeights;
import org.qsnn.quantize.WeightQuantizer;
import org.qsnn.sample.ImageDecoder;
import org.qsnn.sample.Samples;
import org.qsnn.sample.SyntheticImages;
import org.qsnn.train.GradientSource;
import org.qsnn.train.InitialState;
import org.qsnn.train.LocalGradientSource;
import org.qsnn.train.ShardTask;
import org.qsnn.train.TrainingOptions;

/** Under a local master threads of the driver compute what Spark keeps. */
@ExtendWith(SparkSessionExtension.class)
class DriverGradientSourceIT {
  private static final int SHARDS = 3;
  private static final int SHARD_SAMPLES = 4;

  private final JavaSparkContext spark;
  private final NetworkSpec network =
      Architectures.RESNET19.spec(2, 2, 3, 32, 10, WeightScheme.REGULATED, 8);
  private final List<Samples> samples =
      IntStream.range(0, SHARDS).mapToObj(DriverGradientSourceIT::shard).toList();
  private final JavaRDD<Samples> shards;
  private final SynapticWeights weights;

  DriverGradientSourceIT(SparkSession spark) {
    this.spark = JavaSparkContext.fromSparkContext(spark.sparkContext());
    this.shards = this.spark.parallelize(samples, SHARDS).cache();
    NetworkLayout layout = NetworkLayout.of(network);
    this.weights = new WeightQuantizer(layout).quantize(InitialState.of(layout, 1).parameters());
  }

  private static Samples shard(int number) {
    long[] ids = new long[SHARD_SAMPLES];
    int[] labels = new int[SHARD_SAMPLES];
    byte[][] payloads = new byte[SHARD_SAMPLES][];
    for (int i = 0; i < SHARD_SAMPLES; i++) {
      ids[i] = number + (long) SHARDS * i;
      byte[] record = SyntheticImages.record(7, ids[i]);
      labels[i] = record[0];
      payloads[i] = Arrays.copyOfRange(record, 1, record.length);
    }
    return new Samples(ids, labels, payloads);
  }

  @AfterEach
  void free() {
    shards.unpersist(true);
  }

  @Test
  void shardsThatSparkHasLostAreReadAgain() {
    try (GradientSource source = ClusterGradients.of(spark, shards, task())) {
      assertSame(source.gradient(weights, 0, 0).total());
      SparkEnv.get().blockManager().removeBlock(new RDDBlockId(shards.id(), 1), false);

      assertSame(source.gradient(weights, 0, 0).total());
    }
  }

  @Test
  void nobodyKeepsAShardFromBeingForgotten() {
    try (GradientSource source = ClusterGradients.of(spark, shards, task())) {
      source.gradient(weights, 0, 0);

      shards.unpersist(true);
      assertThat(SparkEnv.get().blockManager().getStatus(new RDDBlockId(shards.id(), 0)).isEmpty())
          .isTrue();
    }
  }

  @Test
  void samplesThatCannotBeReadEndTheStepInTheirFamily() {
    JavaRDD<Samples> damaged =
        shards
            .<Samples>map(
                shard -> {
                  throw new DataException("part-00001: must be whole; found 3 bytes");
                })
            .cache();
    try (GradientSource source = ClusterGradients.of(spark, damaged, task())) {
      assertThatThrownBy(() -> source.gradient(weights, 0, 0))
          .satisfies(
              thrown ->
                  assertThat(Failure.of(thrown))
                      .isEqualTo(
                          new Failure("part-00001: must be whole; found 3 bytes", 3, false)));
    } finally {
      damaged.unpersist(true);
    }
  }

  @Test
  void itsThreadsEndWithIt() throws InterruptedException {
    try (GradientSource source = ClusterGradients.of(spark, shards, task())) {
      source.gradient(weights, 0, 0);
      assertThat(threads()).isNotEmpty();
    }
    for (Thread thread : threads()) {
      thread.join(Duration.ofSeconds(30).toMillis());
    }

    assertThat(threads()).isEmpty();
  }

  private static List<Thread> threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().equals(DriverGradientSource.THREAD))
        .toList();
  }

  private ShardTask task() {
    TrainingOptions options =
        new TrainingOptions(
            1,
            SHARDS * SHARD_SAMPLES,
            1,
            SHARDS,
            SHARD_SAMPLES,
            Descent.of(Sgd.standard(), 0.1),
            Duration.ofDays(1));
    return new ShardTask(
        network,
        ImageDecoder.evaluation(SyntheticImages.INPUT, SyntheticImages.SIZE),
        options.plan(),
        LossTerms.of(0.005));
  }

  private void assertSame(ShardGradient found) {
    ShardGradient expected =
        new LocalGradientSource(task(), samples).gradient(weights, 0, 0).total();
    assertThat(found.gradient()).isEqualTo(expected.gradient());
    assertThat(found.statistics()).isEqualTo(expected.statistics());
  }
}
