package org.qsnn.quantize;

import org.qsnn.model.QuantizedTensor;
import org.qsnn.parameter.ParameterLayout.Window;

/**
 * The ablation without regulation, for each output channel: {@code ŵ = sign(w) · mean|w|}, sign(0)
 * = +1; backward {@code gw = gŵ · mean|w| · k·t·(1 − tanh²(t·w))}, the mean a constant.
 */
final class PlainBinarizer implements TensorQuantizer {

  @Override
  public QuantizedTensor quantize(float[] latent, Window window) {
    int channels = window.shape()[0];
    int fanIn = window.length() / channels;
    byte[] bits = SignBits.allocate(window.length());
    float[] scales = new float[channels];
    for (int channel = 0; channel < channels; channel++) {
      int from = window.offset() + channel * fanIn;
      scales[channel] = meanMagnitude(latent, from, from + fanIn);
    }
    SignBits.pack(latent, window.offset(), window.end(), 0f, bits, 0);
    return QuantizedTensor.binary(window.name(), window.shape(), bits, scales);
  }

  @Override
  public void backwardInPlace(
      float[] latent, Window window, Annealing annealing, float[] gradient) {
    int channels = window.shape()[0];
    int fanIn = window.length() / channels;
    float steepness = annealing.t();
    for (int channel = 0; channel < channels; channel++) {
      int from = window.offset() + channel * fanIn;
      float scale = meanMagnitude(latent, from, from + fanIn);
      float gain = annealing.k() * annealing.t() * scale;
      for (int i = from; i < from + fanIn; i++) {
        gradient[i] *= gain * AnnealedSign.derivative(latent[i] * steepness);
      }
    }
  }

  private static float meanMagnitude(float[] weights, int from, int to) {
    double sum = 0;
    for (int i = from; i < to; i++) {
      sum += Math.abs(weights[i]);
    }
    return (float) (sum / (to - from));
  }
}
