package org.qsnn.config;

import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigRenderOptions;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.qsnn.ConfigurationException;
import org.qsnn.model.NetworkSpec;
import org.qsnn.model.WeightScheme;

/**
 * The whole configuration of a run, checked.
 *
 * @param values the effective value of every key that is set, in canonical form
 */
public record RunConfig(
    RunSection run,
    DatasetSection dataset,
    NetworkSection network,
    WsDrSection wsDr,
    TrainSection train,
    CheckpointSection checkpoint,
    StorageSection storage,
    SortedMap<String, Object> values) {
  /** Keys that say where, how often and how patiently something is written: not what. */
  private static final List<String> WITHOUT_EFFECT =
      List.of(
          "run.dir",
          "dataset.cache-dir",
          "checkpoint.every-minutes",
          "checkpoint.keep",
          "storage.patience");

  private static final List<String> INPUT = List.of("dataset.frames.", "dataset.recordings.");

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
    Settings settings = new Settings(Layers.merge(file, overrides));
    return new RunConfig(
        RunSection.from(settings, file.name(), started),
        DatasetSection.from(settings),
        NetworkSection.from(settings),
        WsDrSection.from(settings),
        TrainSection.from(settings),
        CheckpointSection.from(settings),
        StorageSection.from(settings),
        settings.effective());
  }

  /**
   * The network for inputs of a dataset.
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
            network.membraneBits());
  }

  /**
   * How weights are quantized, of {@code network.weight-bits} and {@code ws-dr.weight-regulation}.
   */
  public WeightScheme weightScheme() {
    if (network.weightBits() == 32) {
      return WeightScheme.FLOAT;
    }
    return wsDr.weightRegulation() ? WeightScheme.REGULATED : WeightScheme.PLAIN;
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
    String canonical =
        decisive().entrySet().stream()
            .map(entry -> entry.getKey() + "=" + entry.getValue() + "\n")
            .collect(Collectors.joining());
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(canonical.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
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

  /** What events go through before a network sees them: needed to evaluate it as it was trained. */
  public SortedMap<String, String> input() {
    SortedMap<String, String> input = new TreeMap<>();
    values.forEach(
        (key, value) -> {
          if (INPUT.stream().anyMatch(key::startsWith)) {
            input.put(key, value.toString());
          }
        });
    return input;
  }

  private SortedMap<String, Object> decisive() {
    SortedMap<String, Object> decisive = new TreeMap<>(values);
    WITHOUT_EFFECT.forEach(decisive::remove);
    return decisive;
  }

  private static String shown(Object value) {
    return value == null ? "unset" : value.toString();
  }
}
