package org.qsnn.quantize;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.qsnn.metric.WeightDistribution;
import org.qsnn.model.NetworkSpec;
import org.qsnn.model.NetworkSpec.Convolution;
import org.qsnn.model.QuantizedTensor;
import org.qsnn.model.QuantizedTensor.Form;
import org.qsnn.model.WeightScheme;
import org.qsnn.model.WeightScheme.Standardized;
import org.qsnn.parameter.NetworkLayout;
import org.qsnn.parameter.ParameterLayout;
import org.qsnn.parameter.ParameterLayout.Window;
import org.qsnn.parameter.Parameters;

/**
 * The weight side of WS-DR for a whole network, as the driver applies it once a step: latent
 * parameters to effective weights, and the gradient back. Each tensor is quantized to the form that
 * {@link NetworkSpec#weights} gives it.
 *
 * <p>Tensors are independent, so they are worked on in parallel; no bit depends on it.
 */
public final class WeightQuantizer {
  private final NetworkLayout layout;
  private final List<Synapse> synapses;

  /** One weight tensor and how it is quantized. */
  private record Synapse(Window window, Form form, TensorQuantizer quantizer) {}

  public WeightQuantizer(NetworkLayout layout) {
    this.layout = layout;
    List<NetworkSpec.Weight> weights = layout.spec().weights();
    List<Window> windows = layout.synapses();
    this.synapses =
        IntStream.range(0, windows.size())
            .mapToObj(
                i -> {
                  Form form = weights.get(i).form();
                  return new Synapse(
                      windows.get(i), form, quantizer(form, layout.spec().weightScheme()));
                })
            .toList();
  }

  /** The effective weights; {@code latent} is in the order of {@link NetworkLayout#parameters}. */
  public SynapticWeights quantize(Parameters latent) {
    checkLength("latent parameters", latent.values());
    QuantizedTensor[] tensors =
        synapses.parallelStream()
            .map(synapse -> synapse.quantizer().quantize(latent.values(), synapse.window()))
            .toArray(QuantizedTensor[]::new);
    return new SynapticWeights(tensors, others(latent));
  }

  /** How the weights of each tensor lie, as they are just before they are quantized. */
  public List<WeightDistribution> distributions(Parameters latent) {
    checkLength("latent parameters", latent.values());
    return synapses.parallelStream()
        .map(
            synapse ->
                WeightDistribution.of(
                    synapse.window().name(),
                    synapse.form().bits(),
                    synapse.quantizer().regulated(latent.values(), synapse.window())))
        .toList();
  }

  /**
   * Turns the gradient of the effective parameters into that of the latent ones. Both are flat and
   * in the order of {@link NetworkLayout#parameters}. What is not quantized keeps its gradient,
   * except that a convolution's bias has none: the batch normalization behind it takes the bias
   * away.
   */
  public void backwardInPlace(Parameters latent, float[] gradient, Annealing annealing) {
    checkLength("latent parameters", latent.values());
    checkLength("gradient", gradient);
    synapses.parallelStream()
        .forEach(
            synapse ->
                synapse
                    .quantizer()
                    .backwardInPlace(latent.values(), synapse.window(), annealing, gradient));
    for (Convolution convolution : layout.spec().convolutions()) {
      if (convolution.hasBias()) {
        Window bias = layout.parameters().window(NetworkLayout.bias(convolution));
        Arrays.fill(gradient, bias.offset(), bias.end(), 0f);
      }
    }
  }

  private static TensorQuantizer quantizer(Form form, WeightScheme scheme) {
    return switch (form) {
      case INT8 -> new Int8Quantizer();
      case BINARY_EXPONENT, BINARY_SCALE ->
          scheme.standardized() == Standardized.NOT
              ? new PlainBinarizer()
              : new WeightBinarizer(scheme);
      case FLOAT -> new FloatWeights();
    };
  }

  private float[] others(Parameters latent) {
    ParameterLayout others = layout.others();
    float[] values = new float[others.size()];
    for (Window to : others.windows()) {
      Window from = layout.parameters().window(to.name());
      System.arraycopy(latent.values(), from.offset(), values, to.offset(), to.length());
    }
    return values;
  }

  private void checkLength(String what, float[] values) {
    int expected = layout.parameters().size();
    if (values.length != expected) {
      throw new IllegalArgumentException(
          what + ": expected " + expected + " values, found " + values.length);
    }
  }
}
