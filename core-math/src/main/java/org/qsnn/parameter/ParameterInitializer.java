package org.qsnn.parameter;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.qsnn.model.NetworkSpec.Convolution;
import org.qsnn.model.NetworkSpec.Linear;
import org.qsnn.parameter.ParameterLayout.Window;
import org.qsnn.tensor.RandomStream;

/**
 * The values a network starts from. Window {@code i} draws from a random stream of its own, {@code
 * (seed, PURPOSE, i)}: the same bits whatever thread fills it.
 *
 * <p>Convolutions N(0, 2 / (k·k·Cout)) (fan-out of He et al. 2015); batch normalization 1 and 0;
 * biases 0. A readout behind a global average N(0, 1 / fanIn²), one that sees flattened features
 * uniform within ±1/√fanIn.
 */
public final class ParameterInitializer {
  private static final long PURPOSE = 0x696E6974;

  private ParameterInitializer() {}

  /** Fresh parameters in {@link NetworkLayout#parameters} order. */
  public static Parameters parameters(NetworkLayout layout, long seed) {
    Parameters parameters = Parameters.zeros(layout.parameters());
    for (Convolution convolution : layout.spec().convolutions()) {
      fill(parameters, NetworkLayout.normWeight(convolution), 1f);
    }
    List<Convolution> convolutions = layout.spec().convolutions();
    List<Window> synapses = layout.synapses();
    IntStream.range(0, synapses.size())
        .parallel()
        .forEach(
            i -> {
              RandomStream random = RandomStream.of(seed, PURPOSE, i);
              if (i < convolutions.size()) {
                drawNormal(parameters, synapses.get(i), deviation(convolutions.get(i)), random);
              } else {
                Linear linear = layout.spec().readout().layers().get(i - convolutions.size());
                drawLinear(parameters, synapses.get(i), linear, random);
              }
            });
    return parameters;
  }

  /** Running means 0, running variances 1, membrane scales 0 (none seen yet). */
  public static Parameters statistics(NetworkLayout layout) {
    Parameters statistics = Parameters.zeros(layout.statistics());
    for (Convolution convolution : layout.spec().convolutions()) {
      fill(statistics, NetworkLayout.runningVariance(convolution), 1f);
    }
    return statistics;
  }

  private static double deviation(Convolution convolution) {
    int kernel = convolution.kernel();
    return Math.sqrt(2.0 / ((double) kernel * kernel * convolution.outChannels()));
  }

  private static void drawLinear(
      Parameters parameters, Window window, Linear linear, RandomStream random) {
    switch (linear.draw()) {
      case NORMAL -> drawNormal(parameters, window, 1.0 / linear.features(), random);
      case UNIFORM -> drawUniform(parameters, window, 1 / Math.sqrt(linear.features()), random);
    }
  }

  private static void drawNormal(
      Parameters parameters, Window window, double deviation, RandomStream random) {
    for (int i = window.offset(); i < window.end(); i++) {
      parameters.values()[i] = (float) (deviation * random.nextGaussian());
    }
  }

  private static void drawUniform(
      Parameters parameters, Window window, double bound, RandomStream random) {
    for (int i = window.offset(); i < window.end(); i++) {
      parameters.values()[i] = (float) (bound * (2 * random.nextDouble() - 1));
    }
  }

  private static void fill(Parameters parameters, String name, float value) {
    Window window = parameters.layout().window(name);
    Arrays.fill(parameters.values(), window.offset(), window.end(), value);
  }
}
