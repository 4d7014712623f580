package org.qsnn.quantize;

import org.qsnn.tensor.FloatTanh;

/**
 * The membrane quantizer of one spiking layer and timestep (Wei et al. 2024), in plain loops: what
 * the fused neuron kernel must equal, bit for bit. With {@code n = 2^(bits−1) − 1} levels a side:
 *
 * <pre>
 *   v = tanh(h)
 *   α = max|v|
 *   m = rint(min(max(v / α, −1), 1) · n) · (α / n)        half to even
 *   gh = gm · (1 − v·v)                                   straight through rint, α a constant
 * </pre>
 *
 * <p>α = 0 gives m = 0; a NaN makes α, and with it every m, NaN. With 32 bits the membrane stays as
 * it is.
 *
 * @param bits 2, 4, 8 or 32
 */
public record MembraneQuantizer(int bits) {
  public MembraneQuantizer {
    if (bits != 2 && bits != 4 && bits != 8 && bits != 32) {
      throw new IllegalArgumentException("membrane bits must be 2, 4, 8 or 32; found " + bits);
    }
  }

  public boolean isFloat() {
    return bits == 32;
  }

  /** n, the number of levels above zero. */
  public int levels() {
    if (isFloat()) {
      throw new IllegalStateException("a float membrane has no levels");
    }
    return (1 << (bits - 1)) - 1;
  }

  /** α of a layer's membranes. */
  public static float scale(float[] membrane) {
    float scale = 0;
    for (float h : membrane) {
      scale = Math.max(scale, Math.abs(FloatTanh.tanh(h)));
    }
    return scale;
  }

  /** m for a given α: that of the batch in training, the stored one in evaluation. */
  public float[] quantize(float[] membrane, float scale) {
    if (isFloat()) {
      return membrane.clone();
    }
    float levels = levels();
    float step = scale / levels;
    float[] quantized = new float[membrane.length];
    for (int i = 0; i < quantized.length; i++) {
      quantized[i] = scale == 0 ? 0 : code(membrane[i], scale, levels) * step;
    }
    return quantized;
  }

  /** gh from gm and h. */
  public float[] backward(float[] membrane, float[] gradient) {
    if (isFloat()) {
      return gradient.clone();
    }
    float[] result = new float[membrane.length];
    for (int i = 0; i < result.length; i++) {
      float v = FloatTanh.tanh(membrane[i]);
      result[i] = gradient[i] * (1 - v * v);
    }
    return result;
  }

  private static float code(float membrane, float scale, float levels) {
    float ratio = FloatTanh.tanh(membrane) / scale;
    return (float) Math.rint(Math.min(Math.max(ratio, -1f), 1f) * levels);
  }
}
