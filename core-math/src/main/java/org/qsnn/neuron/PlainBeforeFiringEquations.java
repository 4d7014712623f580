package org.qsnn.neuron;

import org.qsnn.model.LifNeuron.Firing;

/** Element by element; also finishes what does not fill whole vectors. */
final class PlainBeforeFiringEquations implements BeforeFiringEquations {
  /** q fires above it. */
  private final float bound;

  PlainBeforeFiringEquations(Firing firing) {
    this.bound = firing.bound();
  }

  @Override
  public void quantize(float[] u, int from, MembraneScale scale, float[] q, float[] m, int n) {
    quantize(u, from, scale, q, m, 0, n);
  }

  /** The elements {@code begin … end − 1} of n. */
  void quantize(
      float[] u, int from, MembraneScale scale, float[] q, float[] m, int begin, int end) {
    for (int i = begin; i < end; i++) {
      q[i] = scale.isZero() ? 0f : quantized(u[from + i], scale);
      m[from + i] = q[i] > bound ? 0f : q[i];
    }
  }

  private static float quantized(float u, MembraneScale scale) {
    float scaled = Math.min(Math.max(u / scale.alpha(), -1f), 1f) * scale.levels();
    return ((scaled + MembraneScale.ROUND) - MembraneScale.ROUND) * scale.step();
  }

  @Override
  public void backward(float[] g, float constant, float[] dm, float[] q, boolean isCarried, int n) {
    backward(g, constant, dm, q, isCarried, 0, n);
  }

  /** The elements {@code from … to − 1}. */
  void backward(
      float[] g, float constant, float[] dm, float[] q, boolean isCarried, int from, int to) {
    for (int i = from; i < to; i++) {
      float x = q[i];
      float du = g[i] + constant;
      float surrogate = LifConstants.surrogate(x);
      if (isCarried) {
        float kept = x > bound ? 0f : dm[i];
        du = (du - dm[i] * x) * surrogate + kept;
      } else {
        du *= surrogate;
      }
      g[i] = du;
      dm[i] = LifConstants.DECAY * du;
    }
  }
}
