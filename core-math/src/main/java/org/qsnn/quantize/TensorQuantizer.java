package org.qsnn.quantize;

import java.util.Arrays;
import org.qsnn.model.QuantizedTensor;
import org.qsnn.parameter.ParameterLayout.Window;

/** One way to quantize a window of the flat parameter vector, and the gradient back through it. */
interface TensorQuantizer {
  /** The effective weights of {@code latent[window]}. */
  QuantizedTensor quantize(float[] latent, Window window);

  /**
   * What of {@code latent[window]} is quantized, as a new array: the latent weights, regulated
   * where this way does so.
   */
  default float[] regulated(float[] latent, Window window) {
    return Arrays.copyOfRange(latent, window.offset(), window.end());
  }

  /**
   * Turns the gradient of the effective weights into that of the latent ones, within the window
   * only.
   *
   * @param latent flat parameter vector
   * @param gradient flat gradient, the same indices
   */
  void backwardInPlace(float[] latent, Window window, Annealing annealing, float[] gradient);
}
