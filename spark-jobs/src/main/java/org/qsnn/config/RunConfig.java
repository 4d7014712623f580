package org.qsnn.config;

import static java.util.Map.entry;

import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigRenderOptions;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.qsnn.ConfigurationException;
import org.qsnn.EnumKey;
import org.qsnn.Hashes;
import org.qsnn.model.BackwardPass;
import org.qsnn.model.ModelDescription;
import org.qsnn.model.NetworkSpec;
import org.qsnn.model.WeightScheme;
import org.qsnn.network.LossTerms;
import org.qsnn.sample.SampleDecoder;
import org.qsnn.train.EvaluationTask;

/**
 * The whole configuration of a run, checked.
 *
 * @param values the effective value of every key that is set, in canonical form
 */
public record RunConfig(
    Recipe recipe,
    RunSection run,
    DatasetSection dataset,
    NetworkSection network,
    WsDrSection wsDr,
    TrainSection train,
    CheckpointSection checkpoint,
    StorageSection storage,
    SortedMap<String, Object> values) {
  /**
   * Keys that say where something lies, how often it is written and how long it is waited for; they
   * have no part in the result. The data itself has, but is known by its hash.
   */
  static final List<String> WITHOUT_EFFECT =
      List.of(
          "run.dir",
          "dataset.path",
          "dataset.cache-dir",
          "checkpoint.every-minutes",
          "checkpoint.keep",
          "storage.patience");

  /**
   * Keys that are younger than runs that go on, with the value that computes what was computed
   * before there was such a key: with it, {@link #hash} is what it was then.
   */
  private static final Map<String, Object> SINCE =
      Map.ofEntries(
          entry("dataset.augment.rotate", 0.0),
          entry("dataset.augment.shear", 0.0),
          entry("dataset.augment.erase", 0L),
          entry("dataset.augment.choice", "all"),
          entry("dataset.augment.flip-order", "random"),
          entry("dataset.images.normalization", "usual"),
          entry("network.membrane-quantization", "after-reset"),
          entry("network.firing", "above"),
          entry("network.neuron.decay", 0.5),
          entry("network.neuron.threshold", 1.0),
          entry("network.neuron.reset", "hard"),
          entry("network.neuron.surrogate", "triangle"),
          entry("network.neuron.surrogate-width", 1.0),
          entry("ws-dr.standardization", "channel"),
          entry("ws-dr.weight-scale", "power-of-two"),
          entry("ws-dr.over-layers", "mean"),
          entry("ws-dr.annealing.first", 0.1),
          entry("ws-dr.annealing.last", 10.0),
          entry("train.schedule", "cosine"),
          entry("train.last-learning-rate", 0.0),
          entry("train.norm-bias-factor", 1.0),
          entry("train.muon.momentum", 0.95),
          entry("train.muon.others-rate", 0.1),
          entry("train.stem", "drawn"),
          entry("train.early-epochs", 0.0),
          entry("train.early-timesteps", 1L),
          entry("train.gradient-bits", 32),
          entry("train.distillation.weight", 0.5),
          entry("train.distillation.temperature", 2.0),
          entry("train.averaging", "none"),
          entry("train.averaging-decay", 0.999),
          entry("train.test-mirror", false));

  /** As a model's provenance names the kind of its data set, and the key that it stands for. */
  private static final String KIND_OF_MODEL = "dataset";

  private static final String KIND = "dataset.kind";

  private static final String OF_FRAMES = "dataset.frames.";

  /** Keys that say how events become frames: models of version 2 say it themselves. */
  private static final Set<String> FRAMES =
      Set.of(
          "dataset.frames.split",
          "dataset.frames.duration",
          "dataset.frames.size",
          "dataset.frames.resize",
          "dataset.frames.values",
          "dataset.frames.clip");

  /** Keys that say what a sample is. */
  private static final Set<String> CUT =
      Set.of(
          "dataset.recordings.cut",
          "dataset.recordings.length",
          "dataset.recordings.step-train",
          "dataset.recordings.step-test",
          "dataset.recordings.aedat2",
          "dataset.recordings.sensor",
          "dataset.recordings.source",
          "dataset.recordings.columns",
          "dataset.recordings.time-unit");

  /** Keys that say how pictures become samples and are tested. */
  private static final Set<String> IMAGES =
      Set.of("dataset.images.size", "dataset.images.test-fraction", "dataset.images.split-seed");

  public RunConfig {
    values = Collections.unmodifiableSortedMap(new TreeMap<>(values));
  }

  /**
   * Reads a configuration: defaults, over them the file, over that the overrides in their order.
   *
   * @param overrides {@code key=value}, as after {@code --set}
   * @param started names the run's folder if {@code run.dir} is unset
   * @throws ConfigurationException if anything in it is unknown, malformed or not allowed
   */
  public static RunConfig load(ConfigText file, List<String> overrides, Instant started) {
    return of(new Settings(ConfigMerge.merge(file, overrides)), file.name(), started);
  }

  /**
   * The configuration to evaluate a model with: defaults, over them what the model's data set was,
   * over that the overrides. Whatever else a model says of a data set, such as limits or paths, is
   * not the model's to decide.
   *
   * @param origin of the model, for messages
   * @throws ConfigurationException if anything of it is not allowed, or an override is about what
   *     the model knows
   */
  public static RunConfig ofModel(String origin, ModelDescription model, List<String> overrides) {
    Map<String, String> known = new TreeMap<>(model.provenance());
    boolean isDescribed = model.input().isPresent();
    known
        .keySet()
        .removeIf(
            key ->
                !CUT.contains(key)
                    && !IMAGES.contains(key)
                    && (isDescribed || !FRAMES.contains(key)));
    if (model.provenance().containsKey(KIND_OF_MODEL)) {
      known.put(KIND, model.provenance().get(KIND_OF_MODEL));
    }
    if (isDescribed) {
      requireNothingOfFrames(origin, overrides);
    }
    return of(new Settings(ConfigMerge.merge(origin, known, overrides)), "evaluate", Instant.EPOCH);
  }

  private static void requireNothingOfFrames(String origin, List<String> overrides) {
    for (String override : overrides) {
      if (override.strip().startsWith(OF_FRAMES)) {
        throw new ConfigurationException(
            "--set "
                + override
                + ": must be left out; "
                + origin
                + " says itself how it is shown"
                + " events");
      }
    }
  }

  private static RunConfig of(Settings settings, String name, Instant started) {
    return new RunConfig(
        Recipe.from(settings),
        RunSection.from(settings, name, started),
        DatasetSection.from(settings),
        NetworkSection.from(settings),
        WsDrSection.from(settings),
        TrainSection.from(settings),
        CheckpointSection.from(settings),
        StorageSection.from(settings),
        settings.effective());
  }

  /**
   * The network for inputs of a data set.
   *
   * @throws ConfigurationException if the architecture cannot take this input
   */
  public NetworkSpec networkSpec(int inputChannels, int inputSize, int classes) {
    return network
        .architecture()
        .spec(
            network.width(),
            network.timesteps(),
            inputChannels,
            inputSize,
            classes,
            weightScheme(),
            network.membraneBits(),
            network.neuron(),
            network.head());
  }

  /** How weights are quantized, of {@code network.weight-bits} and {@code ws-dr.*}. */
  public WeightScheme weightScheme() {
    if (network.weightBits() == 32) {
      return WeightScheme.FLOAT;
    }
    return wsDr.weightScheme();
  }

  /** Of {@code ws-dr.spike-regulation} and {@code train.*}. */
  public LossTerms lossTerms() {
    return new LossTerms(
        wsDr.spikeRegulation(),
        wsDr.overLayers(),
        train.labelSmoothing(),
        train.meanSquare(),
        network.neuron().threshold(),
        train.distillation().terms());
  }

  /** Of {@code network.neuron.surrogate*} and {@code train.gradient-bits}. */
  public BackwardPass backwardPass() {
    return new BackwardPass(network.surrogate(), train.gradientBits());
  }

  /**
   * How samples are validated and tested, of {@code train.test-mirror}.
   *
   * @param decoder without augmentation
   */
  public EvaluationTask evaluation(SampleDecoder decoder) {
    EvaluationTask task = new EvaluationTask(decoder);
    return train.testMirror() ? task.mirroring() : task;
  }

  /** Equal for configurations that train and validate on the same samples in the same shards. */
  public List<Object> samplesKey() {
    SortedMap<String, Object> ofSamples = new TreeMap<>(values);
    ofSamples
        .keySet()
        .removeIf(
            key ->
                !key.startsWith("dataset.")
                    || key.startsWith("dataset.augment.")
                    || FRAMES.contains(key));
    return List.of(ofSamples, train.shards());
  }

  /** HOCON text that loads as this configuration again. */
  public String render() {
    return ConfigFactory.parseMap(values)
        .root()
        .render(ConfigRenderOptions.defaults().setOriginComments(false).setJson(false));
  }

  /**
   * SHA-256, in hex, of everything that has a part in the result: two runs with equal hashes and
   * equal data compute the same.
   */
  public String hash() {
    SortedMap<String, Object> hashed = decisive();
    SINCE.forEach(hashed::remove);
    hashed.remove(NetworkSection.HEAD, EnumKey.of(network.architecture().usualHead()));
    String canonical =
        hashed.entrySet().stream()
            .map(entry -> entry.getKey() + "=" + entry.getValue() + "\n")
            .collect(Collectors.joining());
    return Hashes.sha256(canonical.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Why {@link #hash} differs from another's: a line for each key, {@code key: this, there that}.
   */
  public List<String> differencesFrom(RunConfig other) {
    SortedMap<String, Object> here = decisive();
    SortedMap<String, Object> there = other.decisive();
    SortedSet<String> keys = new TreeSet<>(here.keySet());
    keys.addAll(there.keySet());
    return keys.stream()
        .filter(key -> !Objects.equals(here.get(key), there.get(key)))
        .map(key -> key + ": " + shown(here.get(key)) + ", there " + shown(there.get(key)))
        .toList();
  }

  /** Every key that has a part in the result, and its value as text. */
  public SortedMap<String, String> shown() {
    SortedMap<String, String> shown = new TreeMap<>();
    decisive().forEach((key, value) -> shown.put(key, shown(value)));
    return shown;
  }

  /** Those of {@link #shown} that are not what they are by default. */
  public SortedMap<String, String> changed() {
    SortedMap<String, String> changed = shown();
    load(ConfigText.none("defaults"), List.of(), Instant.EPOCH)
        .shown()
        .forEach((key, value) -> changed.remove(key, value));
    return changed;
  }

  /**
   * What a model that is trained with this has to say about its data set, so that {@link #ofModel}
   * evaluates it on such samples as it was trained with.
   */
  public SortedMap<String, String> cut() {
    SortedMap<String, String> cut = new TreeMap<>();
    cut.put(KIND_OF_MODEL, dataset.kind().key());
    Set<String> keys = dataset.kind().isResized() ? IMAGES : CUT;
    if (dataset.kind().images().isEmpty() || dataset.kind().isResized()) {
      keys.stream()
          .filter(values::containsKey)
          .forEach(key -> cut.put(key, values.get(key).toString()));
    }
    return cut;
  }

  private SortedMap<String, Object> decisive() {
    SortedMap<String, Object> decisive = new TreeMap<>(values);
    WITHOUT_EFFECT.forEach(decisive::remove);
    // What it stands for are the other keys' values.
    decisive.remove(Recipe.KEY);
    return decisive;
  }

  private static String shown(Object value) {
    return value == null ? "unset" : value.toString();
  }
}
