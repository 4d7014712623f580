package org.qsnn.neuron;

import org.qsnn.tensor.Reductions;

/** A layer's backward pass through all timesteps, some planes at a time. */
final class BackwardChunk {
  private static final LifEquations EQUATIONS = LifEquations.best();

  private final LifLayer layer;
  private final LifGradient gradient;
  private final ChannelSums sums;
  private final float[] g;
  private final float[] u;
  private final float[] v;
  private final float[] dm;

  BackwardChunk(LifLayer layer, LifGradient gradient, int planes) {
    int size = planes * layer.plane();
    this.layer = layer;
    this.gradient = gradient;
    this.sums = new ChannelSums(layer.channels());
    this.g = new float[size];
    this.u = new float[size];
    this.v = new float[size];
    this.dm = new float[size];
  }

  /** Computes the planes {@code first … first + planes − 1}, plane b · C + c. */
  void compute(int first, int planes, Reductions reductions) {
    int n = planes * layer.plane();
    int element = first * layer.plane();
    for (int t = layer.timesteps() - 1; t >= 0; t--) {
      int at = t * layer.step() + element;
      spikeGradient(at, n);
      layer.membrane().read(at, u, 0, n);
      boolean isCarried = layer.carries(t);
      if (isCarried && layer.levels() > 0) {
        layer.stored().read(t * layer.storedStride() + element, v, 0, n);
      }
      EQUATIONS.backward(g, gradient.constant(), dm, u, v, layer.levels(), isCarried, 0, n);
      gradient.current().write(at, g, 0, n);
      addSums(t, first, planes, element, reductions);
    }
  }

  private void spikeGradient(int at, int n) {
    gradient.first().read(at, g, 0, n);
    if (gradient.second() != null) {
      gradient.second().read(at, v, 0, n);
      add(g, v, n);
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
    current.values().read(t * current.timeStride() + element, v, 0, planes * plane);
    for (int p = 0; p < planes; p++) {
      int c = (first + p) % layer.channels();
      target[c] += reductions.product(g, v, p * plane, plane, current.mean()[c]);
    }
  }

  ChannelSums sums() {
    return sums;
  }
}
