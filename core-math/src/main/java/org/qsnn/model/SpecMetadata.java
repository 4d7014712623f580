package org.qsnn.model;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.qsnn.ConfigurationException;
import org.qsnn.DataException;
import org.qsnn.EnumKey;

/** A {@link NetworkSpec} as metadata strings: the few sizes that its architecture makes it from. */
final class SpecMetadata {
  private static final String ARCHITECTURE = "network.architecture";
  private static final String LAYERS = "network.layers";
  private static final String WIDTH = "network.width";
  private static final String TIMESTEPS = "network.timesteps";
  private static final String INPUT_CHANNELS = "network.input-channels";
  private static final String INPUT_SIZE = "network.input-size";
  private static final String CLASSES = "network.classes";
  private static final String WEIGHT_SCHEME = "network.weight-scheme";
  private static final String MEMBRANE_BITS = "network.membrane-bits";
  private static final String HEAD = "network.head";

  private static final String PREDICTION = "prediction";

  /** What every network of this program has; a file says it for readers that have a choice. */
  private static final SortedMap<String, String> RULES =
      new TreeMap<>(Map.of(PREDICTION, "largest-mean-logit"));

  /** Keeps the products of a forged file's sizes within range. */
  private static final int LARGEST = 4096;

  private SpecMetadata() {}

  static Map<String, String> of(NetworkSpec spec) {
    Map<String, String> metadata = new TreeMap<>(RULES);
    metadata.put(ARCHITECTURE, spec.architecture().key());
    if (spec.architecture().key().equals(Architecture.CUSTOM)) {
      metadata.put(LAYERS, spec.architecture().text());
    }
    metadata.put(WIDTH, Integer.toString(spec.width()));
    metadata.put(TIMESTEPS, Integer.toString(spec.timesteps()));
    metadata.put(INPUT_CHANNELS, Integer.toString(spec.inputChannels()));
    metadata.put(INPUT_SIZE, Integer.toString(spec.inputSize()));
    metadata.put(CLASSES, Integer.toString(spec.classes()));
    metadata.put(WEIGHT_SCHEME, EnumKey.of(spec.weightScheme()));
    metadata.put(MEMBRANE_BITS, spec.membraneBits().toString());
    metadata.putAll(NeuronMetadata.of(spec.neuron()));
    if (spec.head() != spec.architecture().usualHead()) {
      metadata.put(HEAD, EnumKey.of(spec.head()));
    }
    return metadata;
  }

  /**
   * @throws DataException if a value is missing or not allowed
   */
  static NetworkSpec spec(TensorFile file) {
    requireRules(file);
    NetworkSpec spec = sizes(file);
    long largest = (long) spec.inputChannels() * spec.inputSize() * spec.inputSize();
    for (NetworkSpec.Layer layer : spec.layers()) {
      largest = Math.max(largest, (long) layer.channels() * layer.size() * layer.size());
    }
    if (largest * spec.timesteps() > Integer.MAX_VALUE) {
      throw new DataException(
          file.name()
              + ": expected a network of at most "
              + Integer.MAX_VALUE
              + " numbers in a layer over all timesteps, found "
              + largest * spec.timesteps());
    }
    return spec;
  }

  /** Files of version 1 do not say them, and have no others. */
  private static void requireRules(TensorFile file) {
    for (Map.Entry<String, String> rule : RULES.entrySet()) {
      if (file.version() > 1 && !file.metadata(rule.getKey()).equals(rule.getValue())) {
        throw file.invalid(rule.getKey(), rule.getValue(), null);
      }
    }
  }

  private static NetworkSpec sizes(TensorFile file) {
    try {
      String key = file.metadata(ARCHITECTURE);
      Architecture architecture =
          key.equals(Architecture.CUSTOM)
              ? Architecture.custom(file.metadata(LAYERS))
              : Architectures.named(key);
      return architecture.spec(
          size(file, WIDTH),
          size(file, TIMESTEPS),
          size(file, INPUT_CHANNELS),
          size(file, INPUT_SIZE),
          (int) file.integer(CLASSES, 1, Integer.MAX_VALUE),
          weightScheme(file),
          MembraneBits.parse(file.metadata(MEMBRANE_BITS)),
          NeuronMetadata.neuron(file),
          head(file, architecture));
    } catch (ConfigurationException e) {
      throw new DataException("metadata " + e.getMessage() + " (" + file.name() + ")", e);
    }
  }

  private static int size(TensorFile file, String key) {
    return (int) file.integer(key, 1, LARGEST);
  }

  private static WeightScheme weightScheme(TensorFile file) {
    return file.constant(WEIGHT_SCHEME, WeightScheme.values());
  }

  private static Head head(TensorFile file, Architecture architecture) {
    return file.metadata().containsKey(HEAD)
        ? file.constant(HEAD, Head.values())
        : architecture.usualHead();
  }
}
