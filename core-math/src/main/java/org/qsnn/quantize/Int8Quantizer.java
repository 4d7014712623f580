package org.qsnn.quantize;

import org.qsnn.model.QuantizedTensor;
import org.qsnn.parameter.ParameterLayout.Window;

/**
 * The network's ends: {@code ŵ = round(w / scale · 127) / 127 · scale} with {@code scale = max|w|}
 * over the tensor, half to even; backward straight through. An all-zero tensor has scale 0. A NaN
 * makes the scale, and with it every effective weight, NaN.
 */
final class Int8Quantizer implements TensorQuantizer {

  @Override
  public QuantizedTensor quantize(float[] latent, Window window) {
    float scale = 0;
    for (int i = window.offset(); i < window.end(); i++) {
      scale = Math.max(scale, Math.abs(latent[i]));
    }
    byte[] codes = new byte[window.length()];
    if (scale > 0) {
      for (int i = 0; i < codes.length; i++) {
        codes[i] = (byte) Math.rint(latent[window.offset() + i] / scale * 127f);
      }
    }
    return QuantizedTensor.int8(window.name(), window.shape(), codes, scale);
  }

  /** Straight through: the gradient stays what it is. */
  @Override
  public void backwardInPlace(
      float[] latent, Window window, Annealing annealing, float[] gradient) {}
}
