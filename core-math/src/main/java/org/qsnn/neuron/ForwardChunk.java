package org.qsnn.neuron;

import org.qsnn.tensor.BitTensor;

/** One timestep's forward pass, some planes at a time. */
final class ForwardChunk {
  private final LifEquations equations;
  private final LifLayer layer;
  private final int timestep;
  private final MembraneScale former;
  private final MembranePotential potential;
  private final float[] u;
  private float largest;
  private long spikes;

  ForwardChunk(
      LifEquations equations, LifLayer layer, int timestep, MembraneScale former, int planes) {
    this.equations = equations;
    this.layer = layer;
    this.timestep = timestep;
    this.former = former;
    this.potential = new MembranePotential(equations, layer, planes);
    this.u = new float[planes * layer.plane()];
  }

  /** Computes the planes {@code first … first + planes − 1}, plane b · C + c. */
  void compute(int first, int planes) {
    int element = first * layer.plane();
    potential.compute(timestep, first, planes, layer.stored(), element, former, u);
    BitTensor bits = layer.spikes();
    int plane = timestep * layer.planes() + first;
    for (int p = 0; p < planes; p++) {
      int from = p * layer.plane();
      if (!equations.fire(u, from, layer.plane(), bits.words(), bits.word(plane + p))) {
        largest = Float.NaN;
      }
    }
    spikes += bits.count(plane, planes);
    if (layer.carries(timestep)) {
      int n = planes * layer.plane();
      largest =
          Math.max(largest, equations.store(u, 0, layer.levels(), layer.stored(), element, n));
    }
  }

  LifKernel.LifStep result() {
    return new LifKernel.LifStep(largest, spikes);
  }
}
