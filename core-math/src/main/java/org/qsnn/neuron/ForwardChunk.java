package org.qsnn.neuron;

import org.qsnn.tensor.Reductions;

/** One timestep's forward pass, some planes at a time. */
final class ForwardChunk {
  private final LifLayer layer;
  private final int timestep;
  private final MembraneScale carried;
  private final float[] y;
  private final float[] u;
  private final float[] s;
  private final float[] v;
  private float largest;
  private long spikes;

  ForwardChunk(LifLayer layer, int timestep, MembraneScale carried, int planes) {
    int size = planes * layer.plane();
    this.layer = layer;
    this.timestep = timestep;
    this.carried = carried;
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
    leak(element, n);
    LifLoops.spikes(u, s, n);
    spikes += (long) reductions.sum(s, 0, n);
    layer.spikes().write(timestep * layer.step() + element, s, 0, n);
    if (layer.membrane() != null) {
      layer.membrane().write(timestep * layer.step() + element, u, 0, n);
    }
    if (layer.carries(timestep)) {
      store(element, n, reductions);
    }
  }

  private void current(int firstPlane, int planes, int element, int n) {
    Current one = layer.first();
    Current two = layer.second();
    one.values().read(timestep * one.timeStride() + element, y, 0, n);
    for (int p = 0; p < planes; p++) {
      int c = (firstPlane + p) % layer.channels();
      int from = p * layer.plane();
      LifLoops.affine(y, one.scale()[c], layer.offset(c), u, from, from + layer.plane());
    }
    if (two != null) {
      two.values().read(timestep * two.timeStride() + element, y, 0, n);
      for (int p = 0; p < planes; p++) {
        int c = (firstPlane + p) % layer.channels();
        int from = p * layer.plane();
        LifLoops.addScaled(y, two.scale()[c], u, from, from + layer.plane());
      }
    }
  }

  private void leak(int element, int n) {
    if (timestep == 0 || carried.isZero()) {
      return;
    }
    layer.stored().read((timestep - 1) * layer.storedStride() + element, v, 0, n);
    if (carried.isFloat()) {
      LifLoops.leak(v, u, n);
    } else {
      LifLoops.leakQuantized(v, carried, u, n);
    }
  }

  private void store(int element, int n, Reductions reductions) {
    LifLoops.reset(u, s, v, n);
    if (layer.levels() > 0) {
      LifLoops.tanhInPlace(v, n);
      largest = Math.max(largest, reductions.largestMagnitude(v, 0, n));
    }
    layer.stored().write(timestep * layer.storedStride() + element, v, 0, n);
  }

  LifKernel.LifStep result() {
    return new LifKernel.LifStep(largest, spikes);
  }
}
