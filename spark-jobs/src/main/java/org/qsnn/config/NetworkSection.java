package org.qsnn.config;

import java.util.Optional;
import org.qsnn.ConfigurationException;
import org.qsnn.model.Architecture;
import org.qsnn.model.Architectures;
import org.qsnn.model.Head;
import org.qsnn.model.LifNeuron;
import org.qsnn.model.MembraneBits;
import org.qsnn.model.Surrogate;

/**
 * {@code network.*}
 *
 * @param widthFactor factor on every layer's channels
 * @param timesteps simulation timesteps T
 * @param weightBits 1, or 32 for float weights
 * @param membraneBits of every spiking layer, or of each
 * @param neuron when the membrane is quantized, what leaks, fires and is reset
 * @param surrogate gradient of its spikes
 * @param head what the readout reads of the last layer
 */
public record NetworkSection(
    Architecture architecture,
    double widthFactor,
    int timesteps,
    int weightBits,
    MembraneBits membraneBits,
    LifNeuron neuron,
    Surrogate surrogate,
    Head head) {
  static final String HEAD = "network.head";
  private static final String ARCHITECTURE = "network.architecture";
  private static final String LAYERS = "network.layers";

  static NetworkSection from(Settings settings) {
    Architecture architecture = architecture(settings);
    return new NetworkSection(
        architecture,
        widthFactor(settings, architecture),
        settings.integer("network.timesteps", 1, 1000),
        settings.integerOf("network.weight-bits", 1, 32),
        new LayerBits(settings, architecture.layerNames()).read(),
        neuron(settings),
        surrogate(settings),
        settings.constantOr(HEAD, Head.values(), architecture.usualHead()));
  }

  private static LifNeuron neuron(Settings settings) {
    return new LifNeuron(
        settings.constant("network.membrane-quantization", LifNeuron.Quantization.values()),
        settings.constant("network.firing", LifNeuron.Firing.values()),
        (float)
            settings.number("network.neuron.decay", "a number from 0 to 1", x -> x >= 0 && x <= 1),
        positive(settings, "network.neuron.threshold"),
        settings.constant("network.neuron.reset", LifNeuron.Reset.values()));
  }

  private static Surrogate surrogate(Settings settings) {
    return new Surrogate(
        settings.constant("network.neuron.surrogate", Surrogate.Form.values()),
        positive(settings, "network.neuron.surrogate-width"));
  }

  private static float positive(Settings settings, String key) {
    return (float)
        settings.number(key, "a number from 0.001 to 1000", x -> x >= 0.001 && x <= 1000);
  }

  /** Channels of the first layer. */
  public int width() {
    return architecture.width(widthFactor);
  }

  /**
   * Of weights and membranes, as the paper writes them: {@code 1w2u}, or {@code 1w2-8u} where
   * layers have from 2 to 8.
   */
  public String bits() {
    return weightBits + "w" + membraneBits.shown() + "u";
  }

  private static Architecture architecture(Settings settings) {
    String key = settings.oneOf(ARCHITECTURE, Architectures.keysWithCustom());
    Optional<String> layers = settings.lines(LAYERS);
    if (!key.equals(Architecture.CUSTOM)) {
      if (layers.isPresent()) {
        throw settings.invalid(
            LAYERS, "unset, as " + ARCHITECTURE + " is " + key, "set that to custom");
      }
      return Architectures.named(key);
    }
    if (layers.isEmpty()) {
      throw settings.invalid(
          LAYERS,
          "the layers of a custom " + ARCHITECTURE,
          "for example [conv 16, max-pool 2, conv 32, linear 64, readout]");
    }
    try {
      Architecture architecture = Architecture.custom(layers.get());
      settings.keep(LAYERS, architecture.text());
      return architecture;
    } catch (ConfigurationException e) {
      throw new ConfigurationException(e.getMessage() + " (" + settings.place(LAYERS) + ")", e);
    }
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
