package org.qsnn.quantize;

import org.qsnn.model.QuantizedTensor;
import org.qsnn.parameter.ParameterLayout.Window;

/** No quantization: {@code ŵ = w}. */
final class FloatWeights implements TensorQuantizer {

  @Override
  public QuantizedTensor quantize(float[] latent, Window window) {
    return QuantizedTensor.floats(window.name(), window.shape(), regulated(latent, window));
  }

  @Override
  public void backwardInPlace(
      float[] latent, Window window, Annealing annealing, float[] gradient) {}
}
