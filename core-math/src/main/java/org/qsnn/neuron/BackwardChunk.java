package org.qsnn.neuron;

import org.qsnn.tensor.Reductions;

/** A layer's backward pass through all timesteps, some planes at a time. */
final class BackwardChunk {
  private static final Reductions REDUCTIONS = Reductions.best();

  private final SurrogateGradient surrogate;
  private final BackwardRule rule;
  private final LifLayer layer;
  private final LifGradient gradient;
  private final MembranePotential potential;
  private final ChannelSums sums;
  private final float[][] u;
  private final float[][] v;
  private final float[] g;
  private final float[] dm;
  private final float[] part;

  private BackwardChunk(
      LifEquations equations,
      SurrogateGradient surrogate,
      BackwardRule rule,
      LifLayer layer,
      LifGradient gradient,
      int planes) {
    this.surrogate = surrogate;
    this.rule = rule;
    this.layer = layer;
    this.gradient = gradient;
    this.potential = new MembranePotential(equations, layer, planes);
    this.sums = new ChannelSums(layer.channels());
    int size = planes * layer.plane();
    this.u = new float[layer.timesteps()][size];
    this.v = new float[layer.timesteps()][size];
    this.g = new float[size];
    this.dm = new float[size];
    this.part = new float[size];
  }

  /** Computes all planes. */
  static ChannelSums backward(
      LifEquations equations,
      SurrogateGradient surrogate,
      BackwardRule rule,
      LifLayer layer,
      LifGradient gradient) {
    int planes = layer.planes();
    int perChunk = LifKernel.planesPerChunk(layer);
    BackwardChunk chunk = new BackwardChunk(equations, surrogate, rule, layer, gradient, perChunk);
    for (int plane = 0; plane < planes; plane += perChunk) {
      int count = Math.min(perChunk, planes - plane);
      chunk.goForward(plane, count);
      chunk.goBackward(plane, count);
    }
    return chunk.sums;
  }

  /** Gradients of the planes {@code first … first + planes − 1}, plane b · C + c. */
  private void goBackward(int first, int planes) {
    int n = planes * layer.plane();
    int element = first * layer.plane();
    for (int t = layer.timesteps() - 1; t >= 0; t--) {
      int at = t * layer.timestepSize() + element;
      readGradient(at, n);
      surrogate.compute(u[t], part, n);
      rule.backward(t, g, gradient.constant(), dm, u[t], v[t], part, n);
      gradient.current().write(at, g, 0, n);
      addSums(t, first, planes, element);
    }
  }

  /** u and v of all timesteps, with the bits of the forward pass. */
  private void goForward(int first, int planes) {
    int n = planes * layer.plane();
    MembraneScale former = MembraneScale.NONE;
    for (int t = 0; t < layer.timesteps(); t++) {
      potential.compute(t, first, planes, v[Math.max(0, t - 1)], 0, former, u[t]);
      former = rule.forward(t, u[t], v[t], n);
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

  private void addSums(int t, int first, int planes, int element) {
    int plane = layer.plane();
    for (int p = 0; p < planes; p++) {
      int c = (first + p) % layer.channels();
      sums.gradient()[c] += REDUCTIONS.sum(g, p * plane, plane);
    }
    addProducts(layer.first(), sums.first(), t, first, planes, element);
    Current second = layer.second();
    if (second != null && second.mean() != null) {
      addProducts(second, sums.second(), t, first, planes, element);
    }
  }

  private void addProducts(
      Current current, double[] target, int t, int first, int planes, int element) {
    int plane = layer.plane();
    current.values().read(t * current.timePitch() + element, part, 0, planes * plane);
    for (int p = 0; p < planes; p++) {
      int c = (first + p) % layer.channels();
      target[c] += REDUCTIONS.product(g, part, p * plane, plane, current.mean()[c]);
    }
  }
}
