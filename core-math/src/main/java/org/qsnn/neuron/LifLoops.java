package org.qsnn.neuron;

import org.qsnn.tensor.FloatTanh;

/**
 * The neuron's equations over the first n elements of arrays. Each loop has one output and no
 * branch, so that the compiler vectorizes it.
 */
final class LifLoops {
  /** Times the smallest step above the threshold, 2^−23, it is at least 1. */
  private static final float STEEP = 0x1p24f;

  private LifLoops() {}

  /** u = scale · y + offset, over one plane. */
  static void affine(float[] y, float scale, float offset, float[] u, int from, int to) {
    for (int i = from; i < to; i++) {
      u[i] = Math.fma(scale, y[i], offset);
    }
  }

  /** u = scale · y + u, over one plane. */
  static void addScaled(float[] y, float scale, float[] u, int from, int to) {
    for (int i = from; i < to; i++) {
      u[i] = Math.fma(scale, y[i], u[i]);
    }
  }

  /** u = DECAY · m + u, with a float membrane. */
  static void leak(float[] m, float[] u, int n) {
    for (int i = 0; i < n; i++) {
      u[i] = Math.fma(LifConstants.DECAY, m[i], u[i]);
    }
  }

  /** u = DECAY · quantize(v) + u, see {@link MembraneScale}. */
  static void leakQuantized(float[] v, MembraneScale scale, float[] u, int n) {
    float alpha = scale.alpha();
    float levels = scale.levels();
    float step = scale.step();
    for (int i = 0; i < n; i++) {
      float scaled = Math.min(Math.max(v[i] / alpha, -1f), 1f) * levels;
      float m = ((scaled + MembraneScale.ROUND) - MembraneScale.ROUND) * step;
      u[i] = Math.fma(LifConstants.DECAY, m, u[i]);
    }
  }

  /** s = 1 where u is above the threshold, else 0; NaN stays NaN, so that it cannot hide. */
  static void spikes(float[] u, float[] s, int n) {
    for (int i = 0; i < n; i++) {
      s[i] = Math.min(Math.max((u[i] - LifConstants.THRESHOLD) * STEEP, 0f), 1f);
    }
  }

  /** h = (1 − s) · u. */
  static void reset(float[] u, float[] s, float[] h, int n) {
    for (int i = 0; i < n; i++) {
      h[i] = (1f - s[i]) * u[i];
    }
  }

  /** v = tanh(h) in place, {@link FloatTanh#tanh} written out. */
  static void tanhInPlace(float[] h, int n) {
    for (int i = 0; i < n; i++) {
      float c = Math.min(Math.max(h[i], -FloatTanh.BOUND), FloatTanh.BOUND);
      float s = c * c;
      float p = Math.fma(FloatTanh.ALPHA_13, s, FloatTanh.ALPHA_11);
      p = Math.fma(p, s, FloatTanh.ALPHA_9);
      p = Math.fma(p, s, FloatTanh.ALPHA_7);
      p = Math.fma(p, s, FloatTanh.ALPHA_5);
      p = Math.fma(p, s, FloatTanh.ALPHA_3);
      p = Math.fma(p, s, FloatTanh.ALPHA_1);
      float q = Math.fma(FloatTanh.BETA_6, s, FloatTanh.BETA_4);
      q = Math.fma(q, s, FloatTanh.BETA_2);
      q = Math.fma(q, s, FloatTanh.BETA_0);
      h[i] = c * p / q;
    }
  }

  /** g = g + constant. */
  static void addConstant(float[] g, float constant, int n) {
    for (int i = 0; i < n; i++) {
      g[i] = g[i] + constant;
    }
  }

  /** g = g + part. */
  static void add(float[] g, float[] part, int n) {
    for (int i = 0; i < n; i++) {
      g[i] = g[i] + part[i];
    }
  }

  /** dh = dm · (1 − v²) in place. */
  static void throughTanh(float[] dm, float[] v, int n) {
    for (int i = 0; i < n; i++) {
      dm[i] = dm[i] * (1f - v[i] * v[i]);
    }
  }

  /** du = g · surrogate(u), for the last timestep, in place. */
  static void lastGradient(float[] g, float[] u, int n) {
    for (int i = 0; i < n; i++) {
      float surrogate = Math.max(0f, 1f - Math.abs(u[i] - LifConstants.THRESHOLD));
      g[i] = g[i] * surrogate;
    }
  }

  /** du = (g − dh · u) · surrogate(u) + dh · (1 − s), in place of g. */
  static void gradient(float[] g, float[] dh, float[] u, float[] s, int n) {
    for (int i = 0; i < n; i++) {
      float surrogate = Math.max(0f, 1f - Math.abs(u[i] - LifConstants.THRESHOLD));
      g[i] = (g[i] - dh[i] * u[i]) * surrogate + dh[i] * (1f - s[i]);
    }
  }

  /** dm = DECAY · du. */
  static void leakGradient(float[] du, float[] dm, int n) {
    for (int i = 0; i < n; i++) {
      dm[i] = LifConstants.DECAY * du[i];
    }
  }
}
