package org.qsnn.config;

import org.qsnn.ConfigurationException;
import org.qsnn.model.Architecture;
import org.qsnn.model.Architectures;
import org.qsnn.model.Head;
import org.qsnn.model.LifNeuron;

/**
 * {@code network.*}
 *
 * @param widthFactor factor on every layer's channels
 * @param timesteps simulation timesteps T
 * @param weightBits 1, or 32 for float weights
 * @param membraneBits 2, 4, 8, or 32 for a float membrane
 * @param neuron when the membrane is quantized, and what fires
 * @param head what the readout reads of the last layer
 */
public record NetworkSection(
    Architecture architecture,
    double widthFactor,
    int timesteps,
    int weightBits,
    int membraneBits,
    LifNeuron neuron,
    Head head) {
  static final String HEAD = "network.head";

  static NetworkSection from(Settings settings) {
    Architecture architecture =
        Architectures.named(settings.oneOf("network.architecture", Architectures.keys()));
    return new NetworkSection(
        architecture,
        widthFactor(settings, architecture),
        settings.integer("network.timesteps", 1, 1000),
        settings.integerOf("network.weight-bits", 1, 32),
        settings.integerOf("network.membrane-bits", 2, 4, 8, 32),
        new LifNeuron(
            settings.constant("network.membrane-quantization", LifNeuron.Quantization.values()),
            settings.constant("network.firing", LifNeuron.Firing.values())),
        settings.constantOr(HEAD, Head.values(), architecture.usualHead()));
  }

  /** Channels of the first layer. */
  public int width() {
    return architecture.width(widthFactor);
  }

  /** Of weights and membranes, as the paper writes them: {@code 1w2u}. */
  public String bits() {
    return weightBits + "w" + membraneBits + "u";
  }

  private static double widthFactor(Settings settings, Architecture architecture) {
    String key = "network.width-factor";
    double factor = settings.ratio(key, "a number above 0 and at most 16", x -> x > 0 && x <= 16);
    try {
      architecture.width(factor);
    } catch (ConfigurationException e) {
      throw new ConfigurationException(e.getMessage() + " (" + settings.place(key) + ")", e);
    }
    return factor;
  }
}
