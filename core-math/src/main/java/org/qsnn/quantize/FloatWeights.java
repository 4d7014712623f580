package org.qsnn.quantize;

import java.util.Arrays;
import org.qsnn.model.QuantizedTensor;
import org.qsnn.parameter.ParameterLayout.Window;

/** No quantization: {@code ŵ = w}. */
final class FloatWeights implements TensorQuantizer {

  @Override
  public QuantizedTensor quantize(float[] latent, Window window) {
    float[] values = Arrays.copyOfRange(latent, window.offset(), window.end());
    return QuantizedTensor.floats(window.name(), window.shape(), values);
  }

  @Override
  public void backwardInPlace(
      float[] latent, Window window, Annealing annealing, float[] gradient) {}
}
