package org.qsnn.neuron;

import org.qsnn.model.LifNeuron;
import org.qsnn.model.LifNeuron.Reset;
import org.qsnn.model.Surrogate;
import org.qsnn.tensor.FloatTensor;

/**
 * A LIF layer in double precision that is smooth around one point, where it has the values of the
 * real one: a step keeps its value there and takes the slope that its backward pass is defined to
 * have.
 *
 * <pre>
 *   s(u) = step(u₀) + S(u) − S(u₀)                  S' = the surrogate gradient
 *   m(h) = quantize(tanh(h₀)) + tanh(h) − tanh(h₀)  straight through the rounding, α constant
 * </pre>
 *
 * So the layer's backward pass is this layer's derivative at that point, neurons that fire
 * included.
 */
public final class SmoothLif {
  private final int timesteps;
  private final int levels;
  private final LifNeuron neuron;
  private final Surrogate surrogate;
  private final double[] spikeOffset;
  private final double[] membraneOffset;
  private final double[] spikes;

  /**
   * @param current x₀ {@code [T, step]}
   * @param bits of the membrane
   */
  public SmoothLif(double[] current, int timesteps, int bits) {
    this(current, timesteps, bits, LifNeuron.PUBLISHED, Surrogate.PUBLISHED);
  }

  SmoothLif(double[] current, int timesteps, int bits, LifNeuron neuron, Surrogate surrogate) {
    this.neuron = neuron;
    this.surrogate = surrogate;
    this.timesteps = timesteps;
    this.levels = MembraneScale.levels(bits);
    this.spikeOffset = new double[current.length];
    this.membraneOffset = new double[current.length];
    this.spikes = new double[current.length];
    int step = current.length / timesteps;
    double[] membrane = new double[step];
    for (int t = 0; t < timesteps; t++) {
      freeze(current, t * step, membrane);
    }
  }

  private void freeze(double[] current, int at, double[] membrane) {
    double[] reset = new double[membrane.length];
    double alpha = 0;
    for (int i = 0; i < membrane.length; i++) {
      double u = neuron.decay() * membrane[i] + current[at + i];
      spikes[at + i] = u > neuron.bound() ? 1 : 0;
      spikeOffset[at + i] = spikes[at + i] - primitive(surrogate, u - neuron.threshold());
      reset[i] = reset(neuron, u, spikes[at + i]);
      alpha = Math.max(alpha, Math.abs(Math.tanh(reset[i])));
    }
    for (int i = 0; i < membrane.length; i++) {
      membrane[i] = levels == 0 ? reset[i] : quantized(Math.tanh(reset[i]), alpha);
      membraneOffset[at + i] = membrane[i] - squashed(reset[i]);
    }
  }

  private double quantized(double v, double alpha) {
    return alpha == 0 ? 0 : Math.rint(v / alpha * levels) * alpha / levels;
  }

  private double squashed(double reset) {
    return levels == 0 ? reset : Math.tanh(reset);
  }

  /** The real layer's spikes at x₀. */
  public double[] spikes() {
    return spikes.clone();
  }

  /** Spikes for a current near x₀: no longer 0 and 1 only. */
  public double[] spikes(double[] current) {
    int step = current.length / timesteps;
    double[] result = new double[current.length];
    double[] membrane = new double[step];
    for (int i = 0; i < current.length; i++) {
      double u = neuron.decay() * membrane[i % step] + current[i];
      result[i] = primitive(surrogate, u - neuron.threshold()) + spikeOffset[i];
      membrane[i % step] = squashed(reset(neuron, u, result[i])) + membraneOffset[i];
    }
    return result;
  }

  /** h of u and a number of spikes s. */
  static double reset(LifNeuron neuron, double u, double s) {
    return neuron.reset() == Reset.HARD ? (1 - s) * u : u - neuron.threshold() * s;
  }

  /** The surrogate's primitive, from 0 to 1, of x = u − threshold. */
  static double primitive(Surrogate surrogate, double x) {
    double z = x / surrogate.width();
    return switch (surrogate.form()) {
      case TRIANGLE -> {
        double side = Math.max(0, 1 - Math.abs(z));
        yield z < 0 ? side * side / 2 : 1 - side * side / 2;
      }
      case RECTANGLE -> Math.min(Math.max(z + 0.5, 0), 1);
      case ARCTANGENT -> Math.atan(Math.PI * z) / Math.PI + 0.5;
      case SIGMOID -> 1 / (1 + Math.exp(-4 * z));
    };
  }

  /** Values as a flat double vector. */
  public static double[] doubles(FloatTensor tensor) {
    float[] values = tensor.toArray();
    double[] result = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      result[i] = values[i];
    }
    return result;
  }
}
