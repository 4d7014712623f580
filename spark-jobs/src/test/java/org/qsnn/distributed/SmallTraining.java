package org.qsnn.distributed;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.qsnn.checkpoint.TrainingState;
import org.qsnn.data.PreparedDataset;
import org.qsnn.data.ShardedSamples;
import org.qsnn.data.Split;
import org.qsnn.dataset.ImageAugmentation;
import org.qsnn.dataset.ImageDecoder;
import org.qsnn.dataset.Normalization;
import org.qsnn.dataset.SampleDecoder;
import org.qsnn.dataset.Samples;
import org.qsnn.metric.Evaluation;
import org.qsnn.model.Architectures;
import org.qsnn.model.NetworkSpec;
import org.qsnn.model.PackedModel;
import org.qsnn.model.WeightScheme;
import org.qsnn.train.EvaluationTask;
import org.qsnn.train.Evaluator;
import org.qsnn.train.GradientSource;
import org.qsnn.train.LocalGradientSource;
import org.qsnn.train.ShardTask;
import org.qsnn.train.TrainingLoop;
import org.qsnn.train.TrainingOptions;

/** One training of a narrow ResNet-19 on 48 images, 12 a step; on Spark or without. */
record SmallTraining(PreparedDataset dataset, int width, int shards, long seed, int epochs) {
  static final int TRAINED = 48;
  static final int VALIDATED = 12;
  private static final int BATCH = 12;

  MemoryRun.Bits onSpark(SparkSession spark) {
    return onSpark(spark, JavaSparkContext.fromSparkContext(spark.sparkContext()));
  }

  /** As {@link #onSpark(SparkSession)}; all but reading goes through the context. */
  MemoryRun.Bits onSpark(SparkSession spark, JavaSparkContext context) {
    try (ShardedSamples training = samples(spark, 0, TRAINED).persisted();
        ShardedSamples validation = samples(spark, TRAINED, TRAINED + VALIDATED).persisted();
        SparkGradientSource gradients = new SparkGradientSource(context, training.rdd(), task())) {
      return train(gradients, new SparkEvaluator(context, validation.rdd(), evaluation()));
    }
  }

  /** Spark only reads the samples; the training itself is a loop in the calling thread. */
  MemoryRun.Bits withoutSpark(SparkSession reader) {
    try (ShardedSamples training = samples(reader, 0, TRAINED);
        ShardedSamples validation = samples(reader, TRAINED, TRAINED + VALIDATED)) {
      List<Samples> validationShards = List.of(validation.collect());
      return train(
          new LocalGradientSource(task(), List.of(training.collect())),
          model -> evaluate(model, validationShards));
    }
  }

  private MemoryRun.Bits train(GradientSource gradients, Evaluator evaluator) {
    MemoryRun run = new MemoryRun();
    TrainingLoop.Ports ports = new TrainingLoop.Ports(gradients, evaluator, run, run);
    TrainingState last =
        new TrainingLoop(network(), options(), ports, Map.of("dataset", "synthetic")).run();
    return run.bits(last);
  }

  private Evaluation evaluate(PackedModel model, List<Samples> parts) {
    Evaluation sum = Evaluation.none(model.spec());
    for (Samples part : parts) {
      sum = sum.merge(evaluation().evaluate(model, part));
    }
    return sum;
  }

  private ShardedSamples samples(SparkSession spark, long from, long to) {
    long[] ids = LongStream.range(from, to).toArray();
    return ShardedSamples.of(spark, dataset, Split.TRAIN, ids, shards);
  }

  private NetworkSpec network() {
    return Architectures.RESNET19.spec(width, 2, 3, 32, 10, WeightScheme.REGULATED, 8);
  }

  private ShardTask task() {
    SampleDecoder decoder =
        ImageDecoder.training(
            ImageAugmentation.of(ImageAugmentation.Step.values()), Normalization.SYNTHETIC, seed);
    return new ShardTask(network(), decoder, options().plan(), 0.005);
  }

  private static EvaluationTask evaluation() {
    return new EvaluationTask(ImageDecoder.evaluation(Normalization.SYNTHETIC));
  }

  private TrainingOptions options() {
    return new TrainingOptions(
        seed, TRAINED, epochs, shards, BATCH / shards, 0.1, 0.9, 1e-4, Duration.ofDays(1));
  }
}
