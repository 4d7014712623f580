package org.qsnn.training;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.qsnn.ConfigurationException;
import org.qsnn.DataException;
import org.qsnn.DivergedException;
import org.qsnn.checkpoint.Checkpoint;
import org.qsnn.checkpoint.LearnedWeights;
import org.qsnn.checkpoint.TrainingState;
import org.qsnn.config.RunConfig;
import org.qsnn.config.TrainSection;
import org.qsnn.metric.Evaluation;
import org.qsnn.model.Footprint;
import org.qsnn.model.ModelDescription;
import org.qsnn.model.ModelInput;
import org.qsnn.model.NetworkSpec;
import org.qsnn.model.PackedModel;
import org.qsnn.parameter.NetworkLayout;
import org.qsnn.run.EndedRun;
import org.qsnn.run.EpochLine;
import org.qsnn.run.Fingerprint;
import org.qsnn.run.ModelCard;
import org.qsnn.run.RunDirectory;
import org.qsnn.run.RunFolder;
import org.qsnn.run.RunLog;
import org.qsnn.run.RunReport;
import org.qsnn.run.StoredRun;
import org.qsnn.run.Summary;
import org.qsnn.sample.SampleDecoder;
import org.qsnn.storage.FileStore;
import org.qsnn.storage.Lease;
import org.qsnn.tensor.NativeRuntime;
import org.qsnn.train.EarlyEpochs;
import org.qsnn.train.EvaluationTask;
import org.qsnn.train.GradientSource;
import org.qsnn.train.KernelWarmUp;
import org.qsnn.train.ShardTask;
import org.qsnn.train.StateCheck;
import org.qsnn.train.Teacher;
import org.qsnn.train.TrainingLoop;
import org.qsnn.train.TrainingOptions;
import org.qsnn.train.Whitening;

/** One training, from its configuration to its summary: wires the loop's ports. */
public final class Training {
  private static final String STOPPED = "stopped by ";

  private final FileStore files;
  private final RunConfig config;
  private final Backend backend;
  private final ModelInput input;
  private final SampleDecoder decoder;
  private final NetworkSpec network;
  private final TrainingOptions options;
  private final Optional<LearnedWeights> start;
  private final Optional<Teacher> teacher;
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
   * Nothing is written to the run's folder yet.
   *
   * @throws org.qsnn.ConfigurationException if the configuration does not fit the data, or the
   *     teacher not the network
   * @throws DataException if the weights to start with are missing, or of another network, or the
   *     teacher is missing
   */
  public Training(FileStore files, RunConfig config, Backend backend) {
    this.files = files;
    this.config = config;
    this.backend = backend;
    this.input = config.dataset().input(backend.normalization());
    this.decoder = Decoders.evaluation(config, input);
    this.network =
        config.networkSpec(decoder.channels(), decoder.size(), backend.classNames().size());
    this.options = options(config, backend.trainingSamples());
    this.start = start();
    options.plan().steps(options.samples(), options.shards());
    requireEarly();
    TeacherCheck check =
        new TeacherCheck(
            network, new ModelDescription(Optional.of(input), backend.classNames(), Map.of()));
    this.teacher = config.train().distillation().teacher().map(path -> check.read(files, path));
  }

  /** Empty if all weights are drawn. */
  private Optional<LearnedWeights> start() {
    NetworkLayout layout = NetworkLayout.of(network);
    Optional<String> run = config.train().startFrom();
    if (run.isPresent()) {
      return Optional.of(StoredRun.learned(files, run.get(), layout));
    }
    return config.train().stem() == TrainSection.Stem.WHITENED
        ? Optional.of(
            Whitening.start(
                layout, config.run().seed(), decoder, backend.someTraining(Whitening.SAMPLES)))
        : Optional.empty();
  }

  private void requireEarly() {
    EarlyEpochs early = options.early();
    if (early.epochs() == 0) {
      return;
    }
    if (decoder.frames() > 1) {
      throw new ConfigurationException(
          "train.early-epochs: must be off, as dataset.kind is "
              + config.dataset().kind().key()
              + ", whose samples have a frame for each of network.timesteps; found "
              + early.epochs());
    }
    early.of(network);
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
    return logged(
        lease,
        watch,
        folder -> whole(folder, watch),
        outcome -> outcome.isStopped() ? STOPPED : "finished");
  }

  /**
   * Trains to the end of an epoch and pauses there: the run is not finished, and nothing is tested.
   * Returns whether it came there; if not, it was stopped.
   *
   * @param epochs from the first, at most all
   * @param intact epochs from the first whose metrics are there: a checkpoint that knows of more is
   *     passed over, so that what is missing is computed again
   * @param lease of the run's folder
   * @throws LoggedException if it fails; its cause is the failure
   */
  public boolean trainUntil(int epochs, int intact, Lease lease, Watch watch) {
    return logged(
        lease,
        watch,
        folder -> {
          ProgressListener listener = new ProgressListener(watch.progress(), options.epochs());
          StoredRun store = store(folder).upTo(intact);
          return train(store, epochs, listener, lease, watch.stop()).epoch() >= epochs;
        },
        isThere -> isThere ? "paused after epoch " + epochs : STOPPED);
  }

  private <T> T logged(
      Lease lease, Watch watch, Function<RunFolder, T> work, Function<T, String> ended) {
    Stop stop = watch.stop();
    RunFolder folder = new RunFolder(files, config.run().dir(), lease);
    try (RunLog log = folder.openLog()) {
      try {
        T outcome = work.apply(folder);
        String how = ended.apply(outcome);
        log.endedWell(how.equals(STOPPED) ? STOPPED + stop.name() : how);
        return outcome;
      } catch (DivergedException e) {
        tellDivergence(e, lease, folder);
        log.failed(watch.failureText().apply(e), e);
        throw new LoggedException(folder.path() + "/" + RunDirectory.LOG, e);
      } catch (Throwable e) { // Spark throws checked exceptions that no signature names
        log.failed(stop.isReceived() ? "ended by " + stop.name() : watch.failureText().apply(e), e);
        throw new LoggedException(folder.path() + "/" + RunDirectory.LOG, e);
      }
    }
  }

  /** That it cannot be written down must not hide that it happened. */
  private static void tellDivergence(DivergedException e, Lease lease, RunFolder folder) {
    try {
      new EndedRun(EndedRun.Kind.DIVERGED, e.getMessage()).write(lease, folder.path());
    } catch (DataException unwritten) {
      e.addSuppressed(unwritten);
    }
  }

  private Outcome whole(RunFolder folder, Watch watch) {
    StoredRun store = store(folder);
    ProgressListener listener = new ProgressListener(watch.progress(), options.epochs());
    TrainingState last = train(store, options.epochs(), listener, folder.lease(), watch.stop());
    if (last.epoch() < options.epochs() || watch.stop().isReceived()) {
      return new Outcome(
          Optional.empty(), EpochLine.stopped(folder.path(), last, options.epochs()));
    }
    PackedModel best = store.model(last.bestEpoch());
    Evaluation test = test(best);
    Summary summary = summarize(store, last, test, listener);
    RunReport report = new RunReport(folder);
    report.mistakes(test.mistakes(), backend.classNames());
    report.neuroBench(best, test);
    report.modelCard(new ModelCard(best, summary, store.modelChecksum(last.bestEpoch())));
    report.summary(summary);
    return new Outcome(Optional.of(summary), EpochLine.closing(folder.path(), summary));
  }

  /** Says in the folder what is trained there. */
  private StoredRun store(RunFolder folder) {
    // Beside the data's hash, which the fingerprint waits for.
    backend.begin(
        new KernelWarmUp(network, decoder.frames(), config.lossTerms(), config.backwardPass()));
    StateCheck check = new StateCheck(NetworkLayout.of(network), options);
    StoredRun store =
        new StoredRun(folder, check, description().provenance(), config.checkpoint().keep());
    new RunReport(folder).configuration(config.render());
    store.writeFingerprint(
        Fingerprint.of(
            new Fingerprint.Inputs(
                config.hash(),
                backend.dataSha256(),
                start.map(LearnedWeights::sha256),
                teacher.map(Teacher::sha256),
                config.run().seed(),
                NativeRuntime.start())));
    return start.map(store::startingWith).orElse(store);
  }

  private TrainingState train(
      StoredRun store, int epochs, ProgressListener listener, Lease lease, Stop stop) {
    ShardTask untaught =
        new ShardTask(
            network,
            Decoders.training(config, input),
            options.plan(),
            config.lossTerms(),
            config.backwardPass(),
            options.early());
    ShardTask task = teacher.map(untaught::taughtBy).orElse(untaught);
    // A lost lease ends the training as soon as it wants to write where it was.
    BooleanSupplier isEnding = () -> stop.isReceived() || lease.isLost();
    try (GradientSource gradients = backend.gradients(task)) {
      TrainingLoop.Ports ports =
          new TrainingLoop.Ports(
              gradients,
              backend.validation(config.evaluation(decoder)).orElse(null),
              store,
              listener,
              isEnding);
      try (Stop.Gentle gentle = stop.gently()) {
        return new TrainingLoop(network, options, ports, description()).runUntil(epochs);
      }
    }
  }

  /** The one time that the test set is read: with the packed model of the best epoch. */
  private Evaluation test(PackedModel model) {
    EvaluationTask task = config.evaluation(decoder).keepingMistakes().countingOperations();
    return backend.test(task).evaluate(model);
  }

  private static TrainingOptions options(RunConfig config, long samples) {
    return new TrainingOptions(
        config.run().seed(),
        samples,
        config.train().epochs(),
        config.train().shards(),
        config.train().shardBatchSize(),
        config.train().descent(),
        Duration.ofMillis((long) (config.checkpoint().everyMinutes() * 60_000)),
        config.wsDr().annealings(config.train().epochs()),
        config.train().early());
  }

  private ModelDescription description() {
    Map<String, String> provenance = new TreeMap<>(config.cut());
    provenance.put("configuration-sha256", config.hash());
    provenance.put("data-sha256", backend.dataSha256());
    start.ifPresent(weights -> provenance.put("start-sha256", weights.sha256()));
    teacher.ifPresent(model -> provenance.put("teacher-sha256", model.sha256()));
    provenance.put("seed", Long.toString(config.run().seed()));
    return new ModelDescription(Optional.of(input), backend.classNames(), provenance);
  }

  private Summary summarize(
      StoredRun store, TrainingState last, Evaluation test, ProgressListener listener) {
    Footprint footprint = Footprint.of(network);
    return new Summary(
        "train",
        network.architecture().key(),
        config.dataset().kind().key(),
        config.train().epochs(),
        listener.samplesPerSecond(),
        last.bestAccuracy() == TrainingState.NONE ? null : last.bestAccuracy(),
        test.accuracy(),
        config.train().testMirror(),
        Checkpoint.parametersSha256(last.parameters(), last.statistics()),
        store.modelPath(last.bestEpoch()),
        footprint.packedBytes(),
        footprint.floatBytes(),
        (System.nanoTime() - started) / 1e9,
        last.bestEpoch(),
        test.confusion());
  }
}
