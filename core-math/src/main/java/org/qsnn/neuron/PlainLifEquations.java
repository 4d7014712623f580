package org.qsnn.neuron;

import org.qsnn.tensor.FloatTanh;

/** Element by element, as METHOD writes them. */
final class PlainLifEquations implements LifEquations {
  @Override
  public void forward(
      float[] u,
      float[] v,
      MembraneScale former,
      int levels,
      boolean isCarried,
      float[] s,
      int from,
      int to) {
    for (int i = from; i < to; i++) {
      if (!former.isZero()) {
        float m = former.isFloat() ? v[i] : quantize(v[i], former);
        u[i] = Math.fma(LifConstants.DECAY, m, u[i]);
      }
      s[i] = spike(u[i]);
      if (isCarried) {
        float h = (1f - s[i]) * u[i];
        v[i] = levels == 0 ? h : FloatTanh.tanh(h);
      }
    }
  }

  private static float quantize(float v, MembraneScale scale) {
    float scaled = Math.min(Math.max(v / scale.alpha(), -1f), 1f) * scale.levels();
    return ((scaled + MembraneScale.ROUND) - MembraneScale.ROUND) * scale.step();
  }

  private static float spike(float u) {
    return u > LifConstants.THRESHOLD ? 1f : Math.fma(u, 0f, 0f);
  }

  @Override
  public void backward(
      float[] g,
      float constant,
      float[] dm,
      float[] u,
      float[] v,
      int levels,
      boolean isCarried,
      int from,
      int to) {
    for (int i = from; i < to; i++) {
      float du = g[i] + constant;
      float surrogate = LifConstants.surrogate(u[i]);
      if (isCarried) {
        float dh = levels == 0 ? dm[i] : dm[i] * (1f - v[i] * v[i]);
        float kept = u[i] > LifConstants.THRESHOLD ? 0f : dh;
        du = (du - dh * u[i]) * surrogate + kept;
      } else {
        du *= surrogate;
      }
      g[i] = du;
      dm[i] = LifConstants.DECAY * du;
    }
  }
}
