package org.qsnn.quantize;

/**
 * The membrane quantizer of the paper's text for one spiking layer and timestep (Wei et al. 2024,
 * Eq. 8), in plain loops: what the fused neuron kernel must equal, bit for bit. With {@code n =
 * 2^(bits−1) − 1} levels a side:
 *
 * <pre>
 *   α = max|u|
 *   q = rint(min(max(u / α, −1), 1) · n) · (α / n)        half to even; 0 if α is
 *   gu = gq                                               straight through rint, α a constant
 * </pre>
 *
 * @param bits 2, 4 or 8
 */
public record LinearMembraneQuantizer(int bits) {
  /** α of a layer's membrane potentials. */
  public static float scale(float[] membrane) {
    float scale = 0;
    for (float u : membrane) {
      scale = Math.max(scale, Math.abs(u));
    }
    return scale;
  }

  /** q for a given α: that of the batch in training, the stored one in evaluation. */
  public float[] quantize(float[] membrane, float scale) {
    float levels = new MembraneQuantizer(bits).levels();
    float step = scale / levels;
    float[] quantized = new float[membrane.length];
    for (int i = 0; i < quantized.length; i++) {
      float ratio = Math.min(Math.max(membrane[i] / scale, -1f), 1f);
      quantized[i] = scale == 0 ? 0 : (float) Math.rint(ratio * levels) * step;
    }
    return quantized;
  }
}
