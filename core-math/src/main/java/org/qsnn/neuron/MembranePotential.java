package org.qsnn.neuron;

import org.qsnn.tensor.BitTensor;

/**
 * u of a layer, some planes of one timestep at a time: the forward pass computes it, and the
 * backward pass again, rather than that all of it is written to memory and read back.
 */
final class MembranePotential {
  private final LifEquations equations;
  private final LifLayer layer;
  private final float[] y;

  MembranePotential(LifEquations equations, LifLayer layer, int planes) {
    this.equations = equations;
    this.layer = layer;
    this.y = new float[planes * layer.plane()];
  }

  /**
   * Computes the planes {@code first … first + planes − 1}, plane b · C + c.
   *
   * @param v v of the timestep before, from {@code vFrom} on
   * @param former how v is read; {@link MembraneScale#NONE} for the first timestep
   * @param u overwritten
   */
  void compute(
      int timestep, int first, int planes, float[] v, int vFrom, MembraneScale former, float[] u) {
    int n = planes * layer.plane();
    read(layer.first(), timestep, first, n);
    for (int p = 0; p < planes; p++) {
      int c = (first + p) % layer.channels();
      int from = p * layer.plane();
      affine(y, layer.first().scale()[c], layer.offset(c), u, from, from + layer.plane());
    }
    if (layer.second() != null) {
      addSecond(timestep, first, planes, u);
    }
    if (!former.isZero()) {
      equations.leak(v, vFrom, former, u, 0, n);
    }
  }

  private void addSecond(int timestep, int first, int planes, float[] u) {
    Current second = layer.second();
    BitTensor bits = second.values() instanceof BitTensor spikes ? spikes : null;
    if (bits == null) {
      read(second, timestep, first, planes * layer.plane());
    }
    int firstPlane = timestep * second.timePitch() / layer.plane() + first;
    for (int p = 0; p < planes; p++) {
      float scale = second.scale()[(first + p) % layer.channels()];
      int from = p * layer.plane();
      if (bits == null) {
        addScaled(y, scale, u, from, from + layer.plane());
      } else {
        equations.addSpikes(bits.words(), bits.word(firstPlane + p), scale, u, from, layer.plane());
      }
    }
  }

  private void read(Current current, int timestep, int plane, int n) {
    int from = timestep * current.timePitch() + plane * layer.plane();
    current.values().read(from, y, 0, n);
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
