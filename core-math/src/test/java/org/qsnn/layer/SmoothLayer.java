package org.qsnn.layer;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.qsnn.model.NetworkSpec.Branch;
import org.qsnn.model.NetworkSpec.Convolution;
import org.qsnn.model.NetworkSpec.Convolved;
import org.qsnn.model.NetworkSpec.Layer;
import org.qsnn.neuron.SmoothLif;
import org.qsnn.quantize.DirectionalDerivative;

/**
 * A {@link SpikingLayer} in double precision that is smooth around one point, see {@link
 * SmoothLif}: convolutions, batch normalization with the batch's statistics, neurons, pool.
 *
 * <p>Its point is a list of vectors: for each branch the input, and then weights, γ and β unless it
 * is an identity.
 */
final class SmoothLayer {
  private final Layer spec;
  private final int timesteps;
  private final int batch;
  private final SmoothLif neurons;

  SmoothLayer(Layer spec, int timesteps, int batch, int bits, List<float[]> point) {
    this.spec = spec;
    this.timesteps = timesteps;
    this.batch = batch;
    this.neurons = new SmoothLif(current(doubles(point)), timesteps, bits);
  }

  /** A random point of the layer; {@code isStatic}: one image for all timesteps. */
  static List<float[]> randomPoint(Layer spec, int timesteps, int batch, boolean isStatic) {
    List<float[]> point = new ArrayList<>();
    for (Branch branch : spec.branches()) {
      int images = (isStatic ? 1 : timesteps) * batch;
      int size = inputSize(spec, branch);
      Convolution convolution = convolution(branch);
      int channels = convolution == null ? spec.channels() : convolution.inChannels();
      point.add(normal(images * channels * size * size, 1, 0, point.size()));
      if (branch instanceof Convolved convolved) {
        Convolution c = convolved.convolution();
        point.add(normal(elements(c.weightShape()), 0.5, 0, point.size()));
        point.add(normal(c.outChannels(), 0.2, 1, point.size()));
        point.add(normal(c.outChannels(), 0.3, 0.3, point.size()));
      }
    }
    return point;
  }

  static int inputSize(Layer spec, Branch branch) {
    return branch instanceof Convolved convolved
        ? spec.size() * convolved.convolution().stride()
        : spec.size();
  }

  /** The convolution of a branch; null for an identity. */
  static Convolution convolution(Branch branch) {
    return branch instanceof Convolved convolved ? convolved.convolution() : null;
  }

  private static int elements(int[] shape) {
    return Arrays.stream(shape).reduce(1, (a, b) -> a * b);
  }

  private static float[] normal(int size, double deviation, double mean, long seed) {
    float[] values = DirectionalDerivative.normal(size, deviation, 100 + seed);
    for (int i = 0; i < size; i++) {
      values[i] += (float) mean;
    }
    return values;
  }

  /** The real layer's spikes at its point, unpooled. */
  double[] spikes() {
    return neurons.spikes();
  }

  /** Σ output · g + constant · Σ spikes, with one vector of the point replaced. */
  double weighted(List<float[]> point, int index, double[] value, float[] g, double constant) {
    List<double[]> moved = doubles(point);
    moved.set(index, value);
    double[] spikes = neurons.spikes(current(moved));
    double[] output = DoubleLayers.pool(spikes, spec.size(), spec.size() / spec.outputSize());
    return DoubleLayers.dot(output, g) + constant * Arrays.stream(spikes).sum();
  }

  private double[] current(List<double[]> point) {
    double[] sum = new double[timesteps * batch * spec.neurons()];
    int next = 0;
    for (Branch branch : spec.branches()) {
      double[] x = point.get(next++);
      if (branch instanceof Convolved convolved) {
        x = normalized(convolved, x, point.subList(next, next + 3));
        next += 3;
      }
      for (int i = 0; i < sum.length; i++) {
        sum[i] += x[i % x.length];
      }
    }
    return sum;
  }

  private double[] normalized(Convolved branch, double[] x, List<double[]> parameters) {
    Convolution c = branch.convolution();
    int size = inputSize(spec, branch);
    int images = x.length / (c.inChannels() * size * size);
    double[] y = DoubleLayers.convolve(c, x, parameters.get(0), images, size);
    return DoubleLayers.normalize(
        y, c.outChannels(), spec.size() * spec.size(), parameters.get(1), parameters.get(2));
  }

  private static List<double[]> doubles(List<float[]> point) {
    return new ArrayList<>(point.stream().map(DoubleLayers::doubles).toList());
  }
}
