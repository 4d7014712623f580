package org.qsnn.neuron;

/**
 * How one timestep's membrane is read back as the next timestep's start: {@code m = rint(clamp(v/α,
 * −1, 1) · n) · α/n} with n = 2^(bits−1) − 1 levels a side, half to even.
 *
 * @param alpha α, the largest |v|; 0 for a silent layer, whose membrane is 0
 * @param levels n; 0 for a float membrane, which is carried as it is
 */
public record MembraneScale(float alpha, int levels) {
  /** The state before the first timestep: m = 0. */
  public static final MembraneScale NONE = new MembraneScale(0f, 1);

  /** A membrane that is read as it is. */
  static final MembraneScale FLOAT = new MembraneScale(0f, 0);

  /** Adding and subtracting 1.5·2^23 rounds a small float to an integer, half to even. */
  static final float ROUND = 0x1.8p23f;

  public static MembraneScale of(float alpha, int bits) {
    return new MembraneScale(alpha, levels(bits));
  }

  /** Levels a side of a membrane of so many bits; 0 for 32 bits. */
  public static int levels(int bits) {
    return bits == 32 ? 0 : (1 << (bits - 1)) - 1;
  }

  boolean isFloat() {
    return levels == 0;
  }

  boolean isZero() {
    return levels > 0 && alpha == 0f;
  }

  float step() {
    return alpha / levels;
  }
}
