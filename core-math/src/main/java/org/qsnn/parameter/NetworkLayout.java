package org.qsnn.parameter;

import java.util.List;
import java.util.stream.IntStream;
import org.qsnn.model.NetworkSpec;
import org.qsnn.model.NetworkSpec.Convolution;
import org.qsnn.model.NetworkSpec.Layer;
import org.qsnn.model.NetworkSpec.Linear;

/**
 * Which tensors a network has and where they lie.
 *
 * @param parameters what is trained; for each convolution in order of execution {@code
 *     name.conv.weight}, {@code name.conv.bias} if it has one, {@code name.bn.weight}, {@code
 *     name.bn.bias}; then for each linear layer of the readout {@code name.weight [outputs,
 *     features]}, {@code name.bias}
 * @param statistics running values; {@code name.bn.running_mean}, {@code name.bn.running_var} for
 *     each convolution, then {@code layer.membrane_scale} for each spiking layer whose membrane is
 *     quantized: one for each timestep at which it is ({@link NetworkSpec#membraneScales})
 * @param others what travels to executors as it is: {@code name.bn.weight}, {@code name.bn.bias}
 *     for each convolution, then the readout's biases. A convolution's bias is not among them:
 *     batch normalization takes it away again
 */
public record NetworkLayout(
    NetworkSpec spec,
    ParameterLayout parameters,
    ParameterLayout statistics,
    ParameterLayout others) {
  private static final String NORM_BIAS = ".bn.bias";

  public static NetworkLayout of(NetworkSpec spec) {
    return new NetworkLayout(spec, parametersOf(spec), statisticsOf(spec), othersOf(spec));
  }

  public static String weight(Convolution convolution) {
    return convolution.name() + ".conv.weight";
  }

  /** Only for convolutions that have one. */
  public static String bias(Convolution convolution) {
    return convolution.name() + ".conv.bias";
  }

  public static String normWeight(Convolution convolution) {
    return convolution.name() + ".bn.weight";
  }

  public static String normBias(Convolution convolution) {
    return convolution.name() + NORM_BIAS;
  }

  /** Whether a window holds biases of batch normalization. */
  public static boolean isNormBias(ParameterLayout.Window window) {
    return window.name().endsWith(NORM_BIAS);
  }

  public static String runningMean(Convolution convolution) {
    return convolution.name() + ".bn.running_mean";
  }

  public static String runningVariance(Convolution convolution) {
    return convolution.name() + ".bn.running_var";
  }

  /** Only for layers whose membrane is quantized at any timestep. */
  public static String membraneScale(Layer layer) {
    return layer.name() + ".membrane_scale";
  }

  public static String weight(Linear linear) {
    return linear.name() + ".weight";
  }

  public static String bias(Linear linear) {
    return linear.name() + ".bias";
  }

  /** Windows of the statistics: those of the layers whose membrane is quantized, in order. */
  public List<ParameterLayout.Window> membraneScales() {
    return IntStream.range(0, spec.layers().size())
        .filter(i -> spec.membraneScales(i) > 0)
        .mapToObj(i -> statistics.window(membraneScale(spec.layers().get(i))))
        .toList();
  }

  /** Windows of all synaptic weights: the convolutions in order of execution, then the readout. */
  public List<ParameterLayout.Window> synapses() {
    return parameters.windows().stream().filter(ParameterLayout.Window::isWeight).toList();
  }

  private static ParameterLayout parametersOf(NetworkSpec spec) {
    ParameterLayout.Builder layout = ParameterLayout.builder();
    for (Convolution convolution : spec.convolutions()) {
      int channels = convolution.outChannels();
      layout.add(weight(convolution), convolution.weightShape());
      if (convolution.hasBias()) {
        layout.add(bias(convolution), channels);
      }
      layout.add(normWeight(convolution), channels).add(normBias(convolution), channels);
    }
    for (Linear linear : spec.readout().layers()) {
      layout.add(weight(linear), linear.weightShape()).add(bias(linear), linear.outputs());
    }
    return layout.build();
  }

  private static ParameterLayout statisticsOf(NetworkSpec spec) {
    ParameterLayout.Builder layout = ParameterLayout.builder();
    for (Convolution convolution : spec.convolutions()) {
      layout.add(runningMean(convolution), convolution.outChannels());
      layout.add(runningVariance(convolution), convolution.outChannels());
    }
    for (int i = 0; i < spec.layers().size(); i++) {
      if (spec.membraneScales(i) > 0) {
        layout.add(membraneScale(spec.layers().get(i)), spec.membraneScales(i));
      }
    }
    return layout.build();
  }

  private static ParameterLayout othersOf(NetworkSpec spec) {
    ParameterLayout.Builder layout = ParameterLayout.builder();
    for (Convolution convolution : spec.convolutions()) {
      layout.add(normWeight(convolution), convolution.outChannels());
      layout.add(normBias(convolution), convolution.outChannels());
    }
    spec.readout().layers().forEach(linear -> layout.add(bias(linear), linear.outputs()));
    return layout.build();
  }

  /** Of the vectors of a gradient: parameters and statistics as floats. */
  public long gradientBytes() {
    return (long) Float.BYTES * (parameters().size() + statistics().size());
  }
}
