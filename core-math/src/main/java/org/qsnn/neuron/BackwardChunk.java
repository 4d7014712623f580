package org.qsnn.neuron;

import org.qsnn.tensor.Reductions;

/** A layer's backward pass through all timesteps, some planes at a time. */
final class BackwardChunk {
  private static final LifEquations EQUATIONS = LifEquations.best();

  private final LifLayer layer;
  private final float[] scales;
  private final LifGradient gradient;
  private final MembranePotential potential;
  private final ChannelSums sums;
  private final float[][] u;
  private final float[][] v;
  private final float[] g;
  private final float[] dm;
  private final float[] part;

  BackwardChunk(LifLayer layer, float[] scales, LifGradient gradient, int planes) {
    this.layer = layer;
    this.scales = scales;
    this.gradient = gradient;
    this.potential = new MembranePotential(EQUATIONS, layer, planes);
    this.sums = new ChannelSums(layer.channels());
    int size = planes * layer.plane();
    this.u = new float[layer.timesteps()][size];
    this.v = new float[layer.timesteps()][size];
    this.g = new float[size];
    this.dm = new float[size];
    this.part = new float[size];
  }

  /** Computes the planes {@code first … first + planes − 1}, plane b · C + c. */
  void compute(int first, int planes, Reductions reductions) {
    int n = planes * layer.plane();
    int element = first * layer.plane();
    goForward(first, planes, n);
    for (int t = layer.timesteps() - 1; t >= 0; t--) {
      int at = t * layer.timestepSize() + element;
      readGradient(at, n);
      EQUATIONS.backward(
          g, gradient.constant(), dm, u[t], v[t], layer.levels(), layer.carries(t), n);
      gradient.current().write(at, g, 0, n);
      addSums(t, first, planes, element, reductions);
    }
  }

  /** u and v of all timesteps, with the bits of the forward pass. */
  private void goForward(int first, int planes, int n) {
    MembraneScale former = MembraneScale.NONE;
    for (int t = 0; t < layer.timesteps(); t++) {
      potential.compute(t, first, planes, v[Math.max(0, t - 1)], 0, former, u[t]);
      if (layer.carries(t)) {
        EQUATIONS.store(u[t], layer.levels(), v[t], 0, n);
        former = new MembraneScale(scales[t], layer.levels());
      }
    }
  }

  private void readGradient(int at, int n) {
    gradient.first().read(at, g, 0, n);
    if (gradient.second() != null) {
      gradient.second().read(at, part, 0, n);
      add(g, part, n);
    }
  }

  private static void add(float[] g, float[] part, int n) {
    for (int i = 0; i < n; i++) {
      g[i] += part[i];
    }
  }

  private void addSums(int t, int first, int planes, int element, Reductions reductions) {
    int plane = layer.plane();
    for (int p = 0; p < planes; p++) {
      int c = (first + p) % layer.channels();
      sums.gradient()[c] += reductions.sum(g, p * plane, plane);
    }
    addProducts(layer.first(), sums.first(), t, first, planes, element, reductions);
    Current second = layer.second();
    if (second != null && second.mean() != null) {
      addProducts(second, sums.second(), t, first, planes, element, reductions);
    }
  }

  private void addProducts(
      Current current,
      double[] target,
      int t,
      int first,
      int planes,
      int element,
      Reductions reductions) {
    int plane = layer.plane();
    current.values().read(t * current.timePitch() + element, part, 0, planes * plane);
    for (int p = 0; p < planes; p++) {
      int c = (first + p) % layer.channels();
      target[c] += reductions.product(g, part, p * plane, plane, current.mean()[c]);
    }
  }

  ChannelSums sums() {
    return sums;
  }
}
