package org.qsnn.quantize;

import java.util.Arrays;
import org.qsnn.model.QuantizedTensor;
import org.qsnn.parameter.ParameterLayout.Window;

/**
 * One bit a weight, regulated (the W of WS-DR; Wei et al. 2024), for each output channel:
 *
 * <pre>
 *   z = (w − mean) / std
 *   e = max(round(log2(mean|z|)), −8)
 *   ŵ = sign(z) · 2^e                               sign(0) = +1
 *
 *   gz = gŵ · 2^e · k·t·(1 − tanh²(t·z))            e is a constant
 * </pre>
 *
 * <p>and from gz on through {@link Standardization}. A constant channel, or one with a single
 * weight, has z = 0: bits +, exponent −8, gradient 0.
 */
final class WeightBinarizer implements TensorQuantizer {
  private static final int SMALLEST_EXPONENT = -8;

  /**
   * log2 rounds up from a mantissa of √2. Two weights a channel lie exactly there (mean|z| = √½),
   * and −½ rounds to the even 0: so a hair below, as no other channel comes close.
   */
  private static final double SQUARE_THAT_ROUNDS_UP = 2 - 0x1p-40;

  @Override
  public QuantizedTensor quantize(float[] latent, Window window) {
    int channels = window.shape()[0];
    int fanIn = window.length() / channels;
    byte[] bits = SignBits.allocate(window.length());
    byte[] exponents = new byte[channels];
    for (int channel = 0; channel < channels; channel++) {
      int from = window.offset() + channel * fanIn;
      Standardization z = Standardization.of(latent, from, from + fanIn);
      SignBits.pack(latent, from, from + fanIn, z.mean(), bits, channel * fanIn);
      exponents[channel] = (byte) exponent(z.meanMagnitude());
    }
    return QuantizedTensor.binary(window.name(), window.shape(), bits, exponents);
  }

  /** z. */
  @Override
  public float[] regulated(float[] latent, Window window) {
    int fanIn = window.length() / window.shape()[0];
    float[] values = new float[window.length()];
    for (int from = window.offset(); from < window.end(); from += fanIn) {
      Standardization z = Standardization.of(latent, from, from + fanIn);
      for (int i = from; i < from + fanIn; i++) {
        values[i - window.offset()] = (latent[i] - z.mean()) * z.inverseDeviation();
      }
    }
    return values;
  }

  @Override
  public void backwardInPlace(
      float[] latent, Window window, Annealing annealing, float[] gradient) {
    int channels = window.shape()[0];
    int fanIn = window.length() / channels;
    for (int channel = 0; channel < channels; channel++) {
      int from = window.offset() + channel * fanIn;
      int to = from + fanIn;
      Standardization z = Standardization.of(latent, from, to);
      if (z.isConstant()) {
        Arrays.fill(gradient, from, to, 0f);
      } else {
        throughSign(latent, from, to, z, annealing, gradient);
        z.backwardInPlace(latent, from, to, gradient);
      }
    }
  }

  /** {@code gradient} from gŵ to gz. */
  private static void throughSign(
      float[] latent, int from, int to, Standardization z, Annealing annealing, float[] gradient) {
    float mean = z.mean();
    float steepness = annealing.t() * z.inverseDeviation();
    float scale = Math.scalb(1f, exponent(z.meanMagnitude()));
    float gain = annealing.k() * annealing.t() * scale;
    for (int i = from; i < to; i++) {
      gradient[i] *= gain * AnnealedSign.derivative((latent[i] - mean) * steepness);
    }
  }

  /** {@code max(round(log2(magnitude)), −8)} without a logarithm; −8 for 0 and for NaN. */
  static int exponent(double magnitude) {
    if (!(magnitude > 0)) {
      return SMALLEST_EXPONENT;
    }
    int floor = Math.getExponent(magnitude);
    double mantissa = Math.scalb(magnitude, -floor);
    int exponent = mantissa * mantissa >= SQUARE_THAT_ROUNDS_UP ? floor + 1 : floor;
    return Math.max(exponent, SMALLEST_EXPONENT);
  }
}
