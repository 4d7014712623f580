package org.qsnn.fault;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.qsnn.checkpoint.Checkpoint;
import org.qsnn.checkpoint.TrainingState;
import org.qsnn.config.ConfigText;
import org.qsnn.config.RunConfig;
import org.qsnn.config.TrainSection;
import org.qsnn.metric.EpochMetrics;
import org.qsnn.metric.EpochSums;
import org.qsnn.metric.Evaluation;
import org.qsnn.model.ModelDescription;
import org.qsnn.model.NetworkSpec;
import org.qsnn.model.PackedModel;
import org.qsnn.parameter.NetworkLayout;
import org.qsnn.run.RunReport;
import org.qsnn.sample.CifarFormat;
import org.qsnn.sample.DatasetSplit;
import org.qsnn.sample.ImageDecoder;
import org.qsnn.sample.Samples;
import org.qsnn.sample.SplitOptions;
import org.qsnn.sample.SyntheticImages;
import org.qsnn.train.EvaluationTask;
import org.qsnn.train.LocalGradientSource;
import org.qsnn.train.RunStore;
import org.qsnn.train.ShardTask;
import org.qsnn.train.StateCheck;
import org.qsnn.train.TrainingListener;
import org.qsnn.train.TrainingLoop;
import org.qsnn.train.TrainingOptions;

/**
 * The training of a configuration on rendered images without a line of Spark or Parquet: shards are
 * cut by hand and computed one after the other in one thread.
 */
public final class TrainingWithoutSpark {
  private static final long RENDERING_SEED = 1;

  private final RunConfig config;
  private final DatasetSplit split;

  TrainingWithoutSpark(RunConfig config) {
    this.config = config;
    this.split =
        DatasetSplit.of(
            config.dataset().synthetic().train(),
            config.dataset().synthetic().test(),
            new SplitOptions(
                OptionalLong.empty(), OptionalLong.empty(), config.dataset().validationFraction()));
  }

  /**
   * {@code CONF FOLDER [key=value]…}: prints the hash of the parameters; as a program of its own it
   * can be run with any JVM option.
   */
  public static void main(String[] arguments) throws IOException {
    List<String> overrides = List.of(arguments).subList(2, arguments.length);
    System.out.println(train(Path.of(arguments[0]), overrides, Path.of(arguments[1])));
  }

  /**
   * Trains, writes the files of metrics below the folder, returns the hash of the parameters.
   *
   * @param overrides {@code key=value}
   */
  static String train(Path configuration, List<String> overrides, Path folder) throws IOException {
    ConfigText text = new ConfigText("toy", Files.readString(configuration));
    RunConfig config = RunConfig.load(text, overrides, Instant.EPOCH);
    TrainingWithoutSpark training = new TrainingWithoutSpark(config);
    RunReport report = new RunReport((name, bytes) -> write(folder, name, bytes));
    TrainingState last = training.run(new MetricFiles(report), Duration.ofDays(1));
    return Checkpoint.parametersSha256(last.parameters(), last.statistics());
  }

  private NetworkSpec network() {
    return config.networkSpec(3, 32, 10);
  }

  /** What a state of this training must be. */
  StateCheck check() {
    return new StateCheck(NetworkLayout.of(network()), options(Duration.ofDays(1)));
  }

  private TrainingOptions options(Duration checkpointEvery) {
    TrainSection train = config.train();
    return new TrainingOptions(
        config.run().seed(),
        split.train().length,
        train.epochs(),
        train.shards(),
        train.shardBatchSize(),
        train.descent(),
        checkpointEvery);
  }

  /** From the newest state in a store to the last. */
  TrainingState run(RunStore store, Duration checkpointEvery) {
    NetworkSpec network = network();
    TrainingOptions options = options(checkpointEvery);
    ImageDecoder decoder =
        ImageDecoder.training(
            config.dataset().augment().images(),
            SyntheticImages.INPUT,
            SyntheticImages.SIZE,
            config.run().seed());
    ShardTask task = new ShardTask(network, decoder, options.plan(), config.lossTerms());
    List<Samples> validation = shards(split.validation());
    TrainingLoop.Ports ports =
        new TrainingLoop.Ports(
            new LocalGradientSource(task, shards(split.train())),
            model -> evaluate(model, validation),
            store,
            new Silence());
    return new TrainingLoop(network, options, ports, ModelDescription.of(Map.of())).run();
  }

  private static Evaluation evaluate(PackedModel model, List<Samples> parts) {
    EvaluationTask task =
        new EvaluationTask(ImageDecoder.evaluation(SyntheticImages.INPUT, SyntheticImages.SIZE));
    Evaluation sum = Evaluation.none(model.spec());
    for (Samples part : parts) {
      sum = sum.merge(task.evaluate(model, part));
    }
    return sum;
  }

  /** Shard s has the samples whose rank is s modulo the number of shards. */
  private List<Samples> shards(long[] ids) {
    List<Samples> shards = new ArrayList<>();
    int count = config.train().shards();
    for (int shard = 0; shard < count; shard++) {
      int size = (ids.length - shard + count - 1) / count;
      long[] own = new long[size];
      int[] labels = new int[size];
      byte[][] images = new byte[size][];
      for (int i = 0; i < size; i++) {
        own[i] = ids[shard + i * count];
        byte[] record = SyntheticImages.record(RENDERING_SEED, own[i]);
        labels[i] = record[0];
        images[i] = java.util.Arrays.copyOfRange(record, 1, 1 + CifarFormat.PAYLOAD_BYTES);
      }
      shards.add(new Samples(own, labels, images));
    }
    return shards;
  }

  private static void write(Path folder, String name, byte[] bytes) {
    try {
      Path file = folder.resolve(name);
      Files.createDirectories(file.getParent());
      Files.write(file, bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Keeps nothing but the metrics. */
  private record MetricFiles(RunReport report) implements RunStore {
    @Override
    public Optional<TrainingState> newestState() {
      return Optional.empty();
    }

    @Override
    public void writeState(TrainingState state) {
      // nobody resumes it
    }

    @Override
    public void writeModel(int epoch, PackedModel model) {
      // nobody evaluates it
    }

    @Override
    public void writeMetrics(EpochMetrics row) {
      report.epoch(row);
    }
  }

  private static final class Silence implements TrainingListener {
    @Override
    public void stepDone(int epoch, int step, int steps, EpochSums sums) {
      // the files say it
    }

    @Override
    public void epochDone(EpochMetrics row) {
      // the files say it
    }
  }
}
