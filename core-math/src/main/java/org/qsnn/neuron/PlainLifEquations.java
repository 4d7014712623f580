package org.qsnn.neuron;

import java.util.Arrays;
import org.qsnn.tensor.BitTensor;
import org.qsnn.tensor.FloatTanh;

/** Element by element, as METHOD writes them; also finishes what does not fill whole vectors. */
final class PlainLifEquations implements LifEquations {
  private final LifConstants neuron;

  PlainLifEquations(LifConstants neuron) {
    this.neuron = neuron;
  }

  @Override
  public void addSpikes(int[] bits, int word, float scale, float[] u, int from, int n) {
    for (int i = 0; i < n; i++) {
      float spike = bits[word + i / Integer.SIZE] >>> i & 1;
      u[from + i] = Math.fma(scale, spike, u[from + i]);
    }
  }

  @Override
  public void leak(float[] v, int vFrom, MembraneScale former, float[] u, int from, int n) {
    for (int i = 0; i < n; i++) {
      float m = former.isFloat() ? v[vFrom + i] : quantize(v[vFrom + i], former);
      u[from + i] = Math.fma(neuron.decay(), m, u[from + i]);
    }
  }

  private static float quantize(float v, MembraneScale scale) {
    float scaled = Math.min(Math.max(v / scale.alpha(), -1f), 1f) * scale.levels();
    return ((scaled + MembraneScale.ROUND) - MembraneScale.ROUND) * scale.step();
  }

  @Override
  public boolean fire(float[] u, int from, int n, int[] bits, int word) {
    Arrays.fill(bits, word, word + BitTensor.words(n), 0);
    boolean isFinite = true;
    for (int i = 0; i < n; i++) {
      isFinite &= Float.isFinite(u[from + i]);
      if (u[from + i] > neuron.bound()) {
        bits[word + i / Integer.SIZE] |= 1 << i;
      }
    }
    return isFinite;
  }

  @Override
  public boolean fire(float[] u, int from, int[] words) {
    Arrays.fill(words, 0);
    boolean isFinite = true;
    for (int i = 0; i < Integer.SIZE * words.length; i++) {
      isFinite &= Float.isFinite(u[from + i]);
      if (u[from + i] > neuron.bound()) {
        words[i % words.length] |= 1 << (i / words.length);
      }
    }
    return isFinite;
  }

  @Override
  public float store(float[] u, int from, int levels, float[] v, int vFrom, int n) {
    float largest = 0f;
    for (int i = 0; i < n; i++) {
      float h = neuron.reset(u[from + i]);
      if (levels == 0) {
        v[vFrom + i] = h;
      } else {
        v[vFrom + i] = FloatTanh.tanh(h);
        largest = Math.max(largest, Math.abs(v[vFrom + i]));
      }
    }
    return largest;
  }

  @Override
  public void backward(
      float[] g,
      float constant,
      float[] dm,
      float[] u,
      float[] v,
      float[] slopes,
      int levels,
      boolean isCarried,
      int n) {
    backward(g, constant, dm, u, v, slopes, levels, isCarried, 0, n);
  }

  /** The elements {@code from … to − 1}. */
  void backward(
      float[] g,
      float constant,
      float[] dm,
      float[] u,
      float[] v,
      float[] slopes,
      int levels,
      boolean isCarried,
      int from,
      int to) {
    for (int i = from; i < to; i++) {
      float x = u[i];
      float du = g[i] + constant;
      if (isCarried) {
        float dh = levels == 0 ? dm[i] : dm[i] * (1f - v[i] * v[i]);
        float kept = x > neuron.zeroedAbove() ? 0f : dh;
        du = (du - dh * neuron.jump(x)) * slopes[i] + kept;
      } else {
        du *= slopes[i];
      }
      g[i] = du;
      dm[i] = neuron.decay() * du;
    }
  }
}
