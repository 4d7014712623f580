package org.qsnn.neuron;

/** Element by element; also finishes what does not fill whole vectors. */
final class PlainBeforeFiringEquations implements BeforeFiringEquations {
  private final LifConstants neuron;

  PlainBeforeFiringEquations(LifConstants neuron) {
    this.neuron = neuron;
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
      m[from + i] = neuron.reset(q[i]);
    }
  }

  private static float quantized(float u, MembraneScale scale) {
    float scaled = Math.min(Math.max(u / scale.alpha(), -1f), 1f) * scale.levels();
    return ((scaled + MembraneScale.ROUND) - MembraneScale.ROUND) * scale.step();
  }

  @Override
  public void backward(
      float[] g, float constant, float[] dm, float[] q, float[] slopes, boolean isCarried, int n) {
    backward(g, constant, dm, q, slopes, isCarried, 0, n);
  }

  /** The elements {@code from … to − 1}. */
  void backward(
      float[] g,
      float constant,
      float[] dm,
      float[] q,
      float[] slopes,
      boolean isCarried,
      int from,
      int to) {
    for (int i = from; i < to; i++) {
      float x = q[i];
      float du = g[i] + constant;
      if (isCarried) {
        float kept = x > neuron.zeroedAbove() ? 0f : dm[i];
        du = (du - dm[i] * neuron.jump(x)) * slopes[i] + kept;
      } else {
        du *= slopes[i];
      }
      g[i] = du;
      dm[i] = neuron.decay() * du;
    }
  }
}
