package org.qsnn.model;

import java.util.Locale;
import java.util.Map;
import org.qsnn.ConfigurationException;
import org.qsnn.DataException;

/** A {@link NetworkSpec} as metadata strings: the few sizes that its architecture makes it from. */
final class SpecMetadata {
  private static final String ARCHITECTURE = "network.architecture";
  private static final String WIDTH = "network.width";
  private static final String TIMESTEPS = "network.timesteps";
  private static final String INPUT_CHANNELS = "network.input-channels";
  private static final String INPUT_SIZE = "network.input-size";
  private static final String CLASSES = "network.classes";
  private static final String WEIGHT_SCHEME = "network.weight-scheme";
  private static final String MEMBRANE_BITS = "network.membrane-bits";

  /** Keeps the products of a forged file's sizes within range. */
  private static final int LARGEST = 4096;

  private SpecMetadata() {}

  static Map<String, String> of(NetworkSpec spec) {
    return Map.of(
        ARCHITECTURE, spec.architecture(),
        WIDTH, Integer.toString(spec.width()),
        TIMESTEPS, Integer.toString(spec.timesteps()),
        INPUT_CHANNELS, Integer.toString(spec.inputChannels()),
        INPUT_SIZE, Integer.toString(spec.inputSize()),
        CLASSES, Integer.toString(spec.classes()),
        WEIGHT_SCHEME, spec.weightScheme().name().toLowerCase(Locale.ROOT),
        MEMBRANE_BITS, Integer.toString(spec.membraneBits()));
  }

  /**
   * @throws DataException if a value is missing or not allowed
   */
  static NetworkSpec spec(TensorFile file) {
    NetworkSpec spec = sizes(file);
    long largest =
        Math.max(
            (long) spec.inputChannels() * spec.inputSize() * spec.inputSize(),
            spec.layers().stream().mapToLong(SpecMetadata::neurons).max().orElseThrow());
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

  private static long neurons(NetworkSpec.Layer layer) {
    return (long) layer.channels() * layer.size() * layer.size();
  }

  private static NetworkSpec sizes(TensorFile file) {
    try {
      return Architectures.named(file.metadata(ARCHITECTURE))
          .spec(
              size(file, WIDTH),
              size(file, TIMESTEPS),
              size(file, INPUT_CHANNELS),
              size(file, INPUT_SIZE),
              (int) file.integer(CLASSES, 1, Integer.MAX_VALUE),
              weightScheme(file),
              size(file, MEMBRANE_BITS));
    } catch (ConfigurationException e) {
      throw new DataException("metadata " + e.getMessage() + " (" + file.name() + ")", e);
    }
  }

  private static int size(TensorFile file, String key) {
    return (int) file.integer(key, 1, LARGEST);
  }

  private static WeightScheme weightScheme(TensorFile file) {
    for (WeightScheme scheme : WeightScheme.values()) {
      if (scheme.name().toLowerCase(Locale.ROOT).equals(file.metadata(WEIGHT_SCHEME))) {
        return scheme;
      }
    }
    throw file.invalid(WEIGHT_SCHEME, "regulated, plain or float", null);
  }
}
