package org.qsnn.training;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.apache.spark.sql.SparkSession;
import org.qsnn.ConfigurationException;
import org.qsnn.checkpoint.Checkpoint;
import org.qsnn.checkpoint.TrainingState;
import org.qsnn.config.RunConfig;
import org.qsnn.distributed.SparkEvaluator;
import org.qsnn.distributed.SparkGradientSource;
import org.qsnn.metric.Evaluation;
import org.qsnn.model.Footprint;
import org.qsnn.model.FrameInput;
import org.qsnn.model.ModelDescription;
import org.qsnn.model.ModelInput;
import org.qsnn.model.NetworkSpec;
import org.qsnn.model.PackedModel;
import org.qsnn.parameter.NetworkLayout;
import org.qsnn.prepared.ShardedSamples;
import org.qsnn.report.EpochLine;
import org.qsnn.report.Fingerprint;
import org.qsnn.report.RunDirectory;
import org.qsnn.report.RunFolder;
import org.qsnn.report.RunLog;
import org.qsnn.report.RunReport;
import org.qsnn.report.StoredRun;
import org.qsnn.report.Summary;
import org.qsnn.sample.SampleDecoder;
import org.qsnn.storage.FileStore;
import org.qsnn.storage.Lease;
import org.qsnn.tensor.NativeRuntime;
import org.qsnn.train.EvaluationTask;
import org.qsnn.train.Evaluator;
import org.qsnn.train.GradientSource;
import org.qsnn.train.MinimumMemory;
import org.qsnn.train.ShardTask;
import org.qsnn.train.StateCheck;
import org.qsnn.train.TrainingLoop;
import org.qsnn.train.TrainingOptions;

/** One training on Spark, from its configuration to its summary: wires the loop's ports. */
public final class Training {
  private static final String SMALLER =
      "lower train.batch-size, network.width-factor, network.timesteps or dataset.frames.size, or"
          + " raise train.shards";

  private final SparkSession spark;
  private final FileStore files;
  private final RunConfig config;
  private final RunData data;
  private final ModelInput input;
  private final SampleDecoder decoder;
  private final NetworkSpec network;
  private final TrainingOptions options;
  private final long started = System.nanoTime();

  /**
   * How a training ended.
   *
   * @param summary empty if it was stopped
   * @param lines say it to people
   */
  public record Outcome(Optional<Summary> summary, List<String> lines) {
    public boolean isStopped() {
      return summary.isEmpty();
    }
  }

  /**
   * Who watches a training.
   *
   * @param stop once received, ends the training with a checkpoint, to be resumed
   * @param failureText what the run's log says of a failure
   */
  public record Watch(
      TrainingProgress progress, Stop stop, Function<Throwable, String> failureText) {}

  /**
   * Opens the data, preparing it if need be; nothing is written to the run's folder yet.
   *
   * @throws org.qsnn.ConfigurationException if the configuration does not fit the data
   */
  public Training(SparkSession spark, FileStore files, RunConfig config) {
    this.spark = spark;
    this.files = files;
    this.config = config;
    this.input = config.dataset().input();
    this.decoder =
        Decoders.evaluation(input, config.network().timesteps(), config.dataset().inputSize());
    requireFittingSizes();
    this.data = RunData.open(files, config);
    this.network = config.networkSpec(decoder.channels(), decoder.size(), data.classes());
    this.options = options(config, data.split().train().length);
    options.plan().steps(options.samples(), options.shards());
  }

  /** Before data is prepared, which takes its time; how many classes there are hardly matters. */
  private void requireFittingSizes() {
    int batch = config.train().shardBatchSize();
    MinimumMemory needed = MinimumMemory.ofTraining(smallestNetwork(), batch, decoder.frames());
    MemoryLimits.of(spark.sparkContext()).require(needed, SMALLER);
  }

  private NetworkSpec smallestNetwork() {
    try {
      return config.networkSpec(decoder.channels(), decoder.size(), 2);
    } catch (ConfigurationException e) {
      String key = input instanceof FrameInput ? "dataset.frames.size" : "dataset.kind";
      throw new ConfigurationException(key + ": " + e.getMessage(), e);
    }
  }

  public RunData data() {
    return data;
  }

  public NetworkSpec network() {
    return network;
  }

  /**
   * Trains, tests once, writes the run.
   *
   * @param lease of the run's folder
   * @throws LoggedException if it fails; its cause is the failure
   */
  public Outcome run(Lease lease, Watch watch) {
    Stop stop = watch.stop();
    RunFolder folder = new RunFolder(files, config.run().dir(), lease);
    try (RunLog log = folder.openLog()) {
      try {
        Outcome outcome = run(folder, watch.progress(), stop);
        log.ended(outcome.isStopped() ? "stopped by " + stop.name() : "finished", null);
        return outcome;
      } catch (Throwable e) { // Spark throws checked exceptions that no signature names
        log.ended(stop.isReceived() ? "ended by " + stop.name() : watch.failureText().apply(e), e);
        throw new LoggedException(folder.path() + "/" + RunDirectory.LOG, e);
      }
    }
  }

  private Outcome run(RunFolder folder, TrainingProgress progress, Stop stop) {
    String dataSha256 = data.dataset().dataSha256(spark);
    ModelDescription description = description(dataSha256);
    StateCheck check = new StateCheck(NetworkLayout.of(network), options);
    StoredRun store =
        new StoredRun(folder, check, description.provenance(), config.checkpoint().keep());
    RunReport report = new RunReport(folder);
    report.configuration(config.render());
    store.writeFingerprint(fingerprint(dataSha256));
    ProgressListener listener = new ProgressListener(progress, config.train().epochs());
    TrainingState last = train(store, description, listener, folder.lease(), stop);
    if (last.epoch() < options.epochs() || stop.isReceived()) {
      return new Outcome(
          Optional.empty(), EpochLine.stopped(folder.path(), last, options.epochs()));
    }
    Summary summary = summarize(store, last, listener);
    report.summary(summary);
    return new Outcome(Optional.of(summary), EpochLine.closing(folder.path(), summary));
  }

  private Fingerprint fingerprint(String dataSha256) {
    return Fingerprint.of(
        new Fingerprint.Inputs(
            config.hash(), dataSha256, config.run().seed(), NativeRuntime.start()));
  }

  private TrainingState train(
      StoredRun store,
      ModelDescription description,
      ProgressListener listener,
      Lease lease,
      Stop stop) {
    ShardTask task =
        new ShardTask(
            network, Decoders.training(config), options.plan(), config.wsDr().spikeRegulation());
    Optional<ShardedSamples> validation = data.validation(spark);
    // A lost lease ends the training as soon as it wants to write where it was.
    BooleanSupplier isEnding = () -> stop.isReceived() || lease.isLost();
    try (ShardedSamples training = data.training(spark);
        SparkGradientSource gradients = SparkGradientSource.of(spark, training, task)) {
      TrainingLoop.Ports ports =
          new TrainingLoop.Ports(
              patient(gradients),
              validation.map(this::evaluator).orElse(null),
              store,
              listener,
              isEnding);
      try (Stop.Gentle gentle = stop.gently()) {
        return new TrainingLoop(network, options, ports, description).run();
      }
    } finally {
      validation.ifPresent(ShardedSamples::close);
    }
  }

  /** Executors read data as well; a step whose job failed for that is computed from its start. */
  private GradientSource patient(GradientSource gradients) {
    return (weights, epoch, step) ->
        files.patiently("data of a training step", () -> gradients.gradient(weights, epoch, step));
  }

  private Evaluator evaluator(ShardedSamples samples) {
    SparkEvaluator evaluator = SparkEvaluator.of(spark, samples, new EvaluationTask(decoder));
    return model -> files.patiently("data of an evaluation", () -> evaluator.evaluate(model));
  }

  /** The one time that the test set is read: with the packed model of the best epoch. */
  private Evaluation test(PackedModel model) {
    try (ShardedSamples samples = data.test(spark)) {
      return evaluator(samples).evaluate(model);
    }
  }

  private static TrainingOptions options(RunConfig config, long samples) {
    return new TrainingOptions(
        config.run().seed(),
        samples,
        config.train().epochs(),
        config.train().shards(),
        config.train().shardBatchSize(),
        config.train().learningRate(),
        config.train().optimizer(),
        Duration.ofMillis((long) (config.checkpoint().everyMinutes() * 60_000)));
  }

  private ModelDescription description(String dataSha256) {
    Map<String, String> provenance = new TreeMap<>(config.cut());
    provenance.put("configuration-sha256", config.hash());
    provenance.put("data-sha256", dataSha256);
    provenance.put("seed", Long.toString(config.run().seed()));
    return new ModelDescription(
        Optional.of(input), data.dataset().manifest().classNames(), provenance);
  }

  private Summary summarize(StoredRun store, TrainingState last, ProgressListener listener) {
    Evaluation test = test(store.model(last.bestEpoch()));
    Footprint footprint = Footprint.of(network);
    return new Summary(
        "train",
        network.architecture(),
        config.dataset().kind().key(),
        config.train().epochs(),
        listener.samplesPerSecond(),
        last.bestAccuracy() == TrainingState.NONE ? null : last.bestAccuracy(),
        test.accuracy(),
        Checkpoint.parametersSha256(last.parameters(), last.statistics()),
        store.modelPath(last.bestEpoch()),
        footprint.packedBytes(),
        footprint.floatBytes(),
        (System.nanoTime() - started) / 1e9,
        last.bestEpoch(),
        test.confusion());
  }
}
