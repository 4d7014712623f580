package org.qsnn.deploy;

import org.qsnn.tensor.FloatTanh;

/**
 * The float rule of FORMAT.md for what is kept of u after a timestep.
 *
 * @param alpha α of the timestep
 * @param levels codes a side
 */
record FloatMembrane(float alpha, int levels) {
  /** Adding and subtracting 1.5·2^23 rounds a small float to an integer, half to even. */
  private static final float ROUND = 0x1.8p23f;

  /** The code of v = tanh(u); 0 where α is. */
  int codeOfTanh(float v) {
    if (alpha == 0f) {
      return 0;
    }
    float scaled = Math.min(Math.max(v / alpha, -1f), 1f) * levels;
    return (int) ((scaled + ROUND) - ROUND);
  }

  /** The code of what is left of u after the reset. */
  int code(float u) {
    return codeOfTanh(FloatTanh.tanh(u));
  }

  /** m of a code. */
  float membrane(int code) {
    return alpha == 0f ? 0f : code * (alpha / levels);
  }
}
