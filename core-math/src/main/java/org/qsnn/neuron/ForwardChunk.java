package org.qsnn.neuron;

import org.qsnn.tensor.Reductions;

/** One timestep's forward pass, some planes at a time. */
final class ForwardChunk {
  private static final LifEquations EQUATIONS = LifEquations.best();

  private final LifLayer layer;
  private final int timestep;
  private final MembraneScale former;
  private final float[] y;
  private final float[] u;
  private final float[] s;
  private final float[] v;
  private float largest;
  private long spikes;

  ForwardChunk(LifLayer layer, int timestep, MembraneScale former, int planes) {
    int size = planes * layer.plane();
    this.layer = layer;
    this.timestep = timestep;
    this.former = former;
    this.y = new float[size];
    this.u = new float[size];
    this.s = new float[size];
    this.v = new float[size];
  }

  /** Computes the planes {@code first … first + planes − 1}, plane b · C + c. */
  void compute(int first, int planes, Reductions reductions) {
    int n = planes * layer.plane();
    int element = first * layer.plane();
    current(first, planes, element, n);
    if (!former.isZero()) {
      layer.stored().read((timestep - 1) * layer.storedStride() + element, v, 0, n);
    }
    boolean isCarried = layer.carries(timestep);
    EQUATIONS.forward(u, v, former, layer.levels(), isCarried, s, 0, n);
    spikes += (long) reductions.sum(s, 0, n);
    layer.spikes().write(timestep * layer.step() + element, s, 0, n);
    if (layer.membrane() != null) {
      layer.membrane().write(timestep * layer.step() + element, u, 0, n);
    }
    if (isCarried) {
      if (layer.levels() > 0) {
        largest = Math.max(largest, reductions.largestMagnitude(v, 0, n));
      }
      layer.stored().write(timestep * layer.storedStride() + element, v, 0, n);
    }
  }

  private void current(int firstPlane, int planes, int element, int n) {
    Current one = layer.first();
    Current two = layer.second();
    one.values().read(timestep * one.timeStride() + element, y, 0, n);
    for (int p = 0; p < planes; p++) {
      int c = (firstPlane + p) % layer.channels();
      int from = p * layer.plane();
      affine(y, one.scale()[c], layer.offset(c), u, from, from + layer.plane());
    }
    if (two != null) {
      two.values().read(timestep * two.timeStride() + element, y, 0, n);
      for (int p = 0; p < planes; p++) {
        int c = (firstPlane + p) % layer.channels();
        int from = p * layer.plane();
        addScaled(y, two.scale()[c], u, from, from + layer.plane());
      }
    }
  }

  LifKernel.LifStep result() {
    return new LifKernel.LifStep(largest, spikes);
  }

  /** u = scale · y + offset, over one plane. */
  private static void affine(float[] y, float scale, float offset, float[] u, int from, int to) {
    for (int i = from; i < to; i++) {
      u[i] = Math.fma(scale, y[i], offset);
    }
  }

  /** u = scale · y + u, over one plane. */
  private static void addScaled(float[] y, float scale, float[] u, int from, int to) {
    for (int i = from; i < to; i++) {
      u[i] = Math.fma(scale, y[i], u[i]);
    }
  }
}
