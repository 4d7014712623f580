package org.qsnn.distributed;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.qsnn.checkpoint.TrainingState;
import org.qsnn.dataset.Split;
import org.qsnn.frame.CountScale;
import org.qsnn.frame.FrameAugmentation;
import org.qsnn.frame.FrameAugmentation.Unit;
import org.qsnn.frame.FrameIntegrator;
import org.qsnn.frame.FrameSlicing;
import org.qsnn.metric.Evaluation;
import org.qsnn.model.Architectures;
import org.qsnn.model.FrameInput.Resize;
import org.qsnn.model.ModelDescription;
import org.qsnn.model.NetworkSpec;
import org.qsnn.model.PackedModel;
import org.qsnn.model.WeightScheme;
import org.qsnn.network.LossTerms;
import org.qsnn.optimize.Descent;
import org.qsnn.optimize.Sgd;
import org.qsnn.prepared.PreparedDataset;
import org.qsnn.prepared.ShardedSamples;
import org.qsnn.sample.EventDecoder;
import org.qsnn.sample.ImageAugmentation;
import org.qsnn.sample.ImageDecoder;
import org.qsnn.sample.SampleDecoder;
import org.qsnn.sample.Samples;
import org.qsnn.sample.SyntheticImages;
import org.qsnn.train.EvaluationTask;
import org.qsnn.train.Evaluator;
import org.qsnn.train.GradientSource;
import org.qsnn.train.LocalGradientSource;
import org.qsnn.train.ShardTask;
import org.qsnn.train.TrainingLoop;
import org.qsnn.train.TrainingOptions;

/** One training of a narrow network on 48 samples, 12 a step; on Spark or without. */
record SmallTraining(
    PreparedDataset dataset,
    NetworkSpec network,
    SampleDecoder decoder,
    SampleDecoder evaluationDecoder,
    int shards,
    long seed,
    int epochs) {
  static final int TRAINED = 48;
  static final int VALIDATED = 12;
  private static final int BATCH = 12;

  /** A ResNet-19 on images with every augmentation there is. */
  static SmallTraining ofImages(
      PreparedDataset dataset, int width, int shards, long seed, int epochs) {
    return new SmallTraining(
        dataset,
        Architectures.RESNET19.spec(width, 2, 3, 32, 10, WeightScheme.REGULATED, 8),
        ImageDecoder.training(
            ImageAugmentation.of(ImageAugmentation.Transform.values()),
            SyntheticImages.INPUT,
            SyntheticImages.SIZE,
            seed),
        ImageDecoder.evaluation(SyntheticImages.INPUT, SyntheticImages.SIZE),
        shards,
        seed,
        epochs);
  }

  /** A VGGSNN on two classes of events with every augmentation there is. */
  static SmallTraining ofEvents(PreparedDataset dataset, Unit unit, int shards, long seed) {
    FrameIntegrator frames =
        new FrameIntegrator(FrameSlicing.byNumber(3), 16, 16, Resize.AREA, CountScale.log());
    return new SmallTraining(
        dataset,
        Architectures.VGGSNN.spec(2, 3, 2, 16, 2, WeightScheme.REGULATED, 8),
        EventDecoder.training(frames, new FrameAugmentation(unit, 0.5, 3, 0.5, 0.1), seed),
        EventDecoder.evaluation(frames),
        shards,
        seed,
        2);
  }

  MemoryRun.Bits onSpark(SparkSession spark) {
    return onSpark(spark, Reduce.DRIVER);
  }

  MemoryRun.Bits onSpark(SparkSession spark, Reduce reduce) {
    return onSpark(
        spark,
        JavaSparkContext.fromSparkContext(spark.sparkContext()),
        reduce,
        SentWeights.MOST_BYTES_IN_A_TASK);
  }

  /** As {@link #onSpark(SparkSession, Reduce)}; all but reading goes through the context. */
  MemoryRun.Bits onSpark(
      SparkSession spark, JavaSparkContext context, Reduce reduce, int weightsInATask) {
    try (ShardedSamples training = samples(spark, 0, TRAINED).persisted();
        ShardedSamples validation = samples(spark, TRAINED, TRAINED + VALIDATED).persisted();
        SparkGradientSource gradients =
            new SparkGradientSource(context, training.rdd(), task(), reduce, weightsInATask)) {
      return train(gradients, new SparkEvaluator(context, validation.rdd(), evaluation()));
    }
  }

  /** As {@code train} does it: under a local master in threads of this process. */
  MemoryRun.Bits onCluster(SparkSession spark) {
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    try (ShardedSamples training = samples(spark, 0, TRAINED).persisted();
        ShardedSamples validation = samples(spark, TRAINED, TRAINED + VALIDATED).persisted();
        GradientSource gradients = ClusterGradients.of(spark, training, task())) {
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
        new TrainingLoop(
                network,
                options(),
                ports,
                ModelDescription.of(Map.of("dataset", dataset.manifest().kind())))
            .run();
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

  private ShardTask task() {
    return new ShardTask(network, decoder, options().plan(), LossTerms.of(0.005));
  }

  private EvaluationTask evaluation() {
    return new EvaluationTask(evaluationDecoder);
  }

  private TrainingOptions options() {
    return new TrainingOptions(
        seed,
        TRAINED,
        epochs,
        shards,
        BATCH / shards,
        Descent.of(Sgd.standard(), 0.1),
        Duration.ofDays(1));
  }
}
