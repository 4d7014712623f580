package org.qsnn.model;

import java.util.Map;
import java.util.TreeMap;
import org.qsnn.DataException;
import org.qsnn.EnumKey;
import org.qsnn.model.LifNeuron.Firing;
import org.qsnn.model.LifNeuron.Quantization;
import org.qsnn.model.LifNeuron.Reset;

/**
 * A {@link LifNeuron} as metadata strings. A reader that knows one value of a key only refuses a
 * file with another, rather than answer wrongly.
 */
final class NeuronMetadata {
  private static final String DECAY = "neuron.decay";

  /** What a membrane potential must be above: as a float, so that it says whether 1 fires. */
  private static final String THRESHOLD = "neuron.threshold";

  private static final String FIRING = "neuron.firing";
  private static final String RESET = "neuron.reset";
  private static final String MEMBRANE = "neuron.membrane";

  private static final String ZERO = "zero";
  private static final String SUBTRACT = "subtract";
  private static final String TANH = "tanh";
  private static final String LINEAR_BEFORE_FIRING = "linear-before-firing";

  private NeuronMetadata() {}

  static Map<String, String> of(LifNeuron neuron) {
    Map<String, String> metadata = new TreeMap<>();
    metadata.put(DECAY, Float.toString(neuron.decay()));
    metadata.put(THRESHOLD, Float.toString(neuron.bound()));
    if (neuron.firing() != usualFiring(neuron.bound())) {
      metadata.put(FIRING, EnumKey.of(neuron.firing()));
    }
    metadata.put(RESET, neuron.reset() == Reset.HARD ? ZERO : SUBTRACT);
    metadata.put(
        MEMBRANE, neuron.quantization() == Quantization.AFTER_RESET ? TANH : LINEAR_BEFORE_FIRING);
    return metadata;
  }

  /** Of a file that does not say it: that 1 fires is told by the float below it. */
  private static Firing usualFiring(float bound) {
    return bound == Math.nextDown(LifNeuron.THRESHOLD) ? Firing.AT_OR_ABOVE : Firing.ABOVE;
  }

  /**
   * Files of version 1 do not say it, and have no other than the published one.
   *
   * @throws DataException if a value is missing or not allowed
   */
  static LifNeuron neuron(TensorFile file) {
    if (file.version() == 1) {
      return LifNeuron.PUBLISHED;
    }
    float decay = number(file, DECAY, "a float32 from 0.0 to 1.0");
    if (decay > 1) {
      throw file.invalid(DECAY, "0.0 to 1.0", null);
    }
    float bound = number(file, THRESHOLD, "a float32 above 0");
    Firing firing = firing(file, bound);
    float threshold = firing == Firing.ABOVE ? bound : Math.nextUp(bound);
    if (threshold < LifNeuron.LEAST_THRESHOLD || threshold > LifNeuron.LARGEST_THRESHOLD) {
      throw file.invalid(
          THRESHOLD, LifNeuron.LEAST_THRESHOLD + " to " + LifNeuron.LARGEST_THRESHOLD, null);
    }
    boolean isHard = isFirst(file, RESET, ZERO, SUBTRACT);
    boolean isAfterReset = isFirst(file, MEMBRANE, TANH, LINEAR_BEFORE_FIRING);
    return new LifNeuron(
        isAfterReset ? Quantization.AFTER_RESET : Quantization.BEFORE_FIRING,
        firing,
        decay,
        threshold,
        isHard ? Reset.HARD : Reset.SOFT);
  }

  private static Firing firing(TensorFile file, float bound) {
    if (!file.metadata().containsKey(FIRING)) {
      return usualFiring(bound);
    }
    return file.constant(FIRING, Firing.values());
  }

  /** A float of at least 0 as Java writes it: one text a number. */
  private static float number(TensorFile file, String key, String expected) {
    String text = file.metadata(key);
    float number;
    try {
      number = Float.parseFloat(text);
    } catch (NumberFormatException e) {
      throw file.invalid(key, expected, e);
    }
    if (!(number >= 0) || text.startsWith("-") || !Float.toString(number).equals(text)) {
      throw file.invalid(key, expected, null);
    }
    return number;
  }

  /** Whether a key has the first of two values. */
  private static boolean isFirst(TensorFile file, String key, String first, String second) {
    String found = file.metadata(key);
    if (!found.equals(first) && !found.equals(second)) {
      throw file.invalid(key, first + " or " + second, null);
    }
    return found.equals(first);
  }
}
