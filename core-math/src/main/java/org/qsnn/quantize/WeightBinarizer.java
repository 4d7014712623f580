package org.qsnn.quantize;

import java.util.Arrays;
import org.qsnn.model.QuantizedTensor;
import org.qsnn.model.QuantizedTensor.Form;
import org.qsnn.model.WeightScheme;
import org.qsnn.model.WeightScheme.Standardized;
import org.qsnn.parameter.ParameterLayout.Window;

/**
 * One bit a weight, regulated (the W of WS-DR; Wei et al. 2024):
 *
 * <pre>
 *   z = (w − mean) / std            over an output channel, or over the layer (Eq. 14)
 *   e = max(round(log2(mean|z|)), −8)               of each output channel
 *   ŵ = sign(z) · 2^e                               sign(0) = +1
 *   ŵ = sign(z) · mean|z|                           as the paper writes it (Algorithm 1, line 6)
 *
 *   gz = gŵ · |ŵ| · k·t·(1 − tanh²(t·z))            |ŵ| is a constant
 * </pre>
 *
 * <p>and from gz on through {@link Standardization}. Weights without spread, all equal or only one,
 * have z = 0: bits +, exponent −8 or scale 0, gradient 0.
 */
final class WeightBinarizer implements TensorQuantizer {
  private static final int SMALLEST_EXPONENT = -8;

  /**
   * log2 rounds up from a mantissa of √2. Two weights a channel lie exactly there (mean|z| = √½),
   * and −½ rounds to the even 0: so a hair below, as no other channel comes close.
   */
  private static final double SQUARE_THAT_ROUNDS_UP = 2 - 0x1p-40;

  private final boolean isByLayer;
  private final boolean hasExponents;

  /**
   * @param scheme one that standardizes
   */
  WeightBinarizer(WeightScheme scheme) {
    this.isByLayer = scheme.standardized() == Standardized.BY_LAYER;
    this.hasExponents = scheme.inner() == Form.BINARY_EXPONENT;
  }

  @Override
  public QuantizedTensor quantize(float[] latent, Window window) {
    Channels channels = new Channels(latent, window);
    byte[] bits = SignBits.allocate(window.length());
    byte[] exponents = new byte[channels.count];
    float[] scales = new float[channels.count];
    for (int c = 0; c < channels.count; c++) {
      int from = channels.from(c);
      Standardization z = channels.standardization(c);
      SignBits.pack(latent, from, from + channels.fanIn, z.mean(), bits, c * channels.fanIn);
      double magnitude = channels.meanMagnitude(c, z);
      exponents[c] = (byte) exponent(magnitude);
      scales[c] = (float) magnitude;
    }
    return hasExponents
        ? QuantizedTensor.binary(window.name(), window.shape(), bits, exponents)
        : QuantizedTensor.binary(window.name(), window.shape(), bits, scales);
  }

  /** z. */
  @Override
  public float[] regulated(float[] latent, Window window) {
    Channels channels = new Channels(latent, window);
    float[] values = new float[window.length()];
    for (int c = 0; c < channels.count; c++) {
      Standardization z = channels.standardization(c);
      for (int i = channels.from(c); i < channels.from(c + 1); i++) {
        values[i - window.offset()] = (latent[i] - z.mean()) * z.inverseDeviation();
      }
    }
    return values;
  }

  @Override
  public void backwardInPlace(
      float[] latent, Window window, Annealing annealing, float[] gradient) {
    Channels channels = new Channels(latent, window);
    for (int c = 0; c < channels.count; c++) {
      int from = channels.from(c);
      int to = channels.from(c + 1);
      Standardization z = channels.standardization(c);
      if (z.isConstant()) {
        Arrays.fill(gradient, from, to, 0f);
      } else {
        float scale = scale(channels.meanMagnitude(c, z));
        throughSign(latent, from, to, z, annealing, scale, gradient);
        if (!isByLayer) {
          z.backwardInPlace(latent, from, to, gradient);
        }
      }
    }
    if (isByLayer && !channels.ofLayer.isConstant()) {
      channels.ofLayer.backwardInPlace(latent, window.offset(), window.end(), gradient);
    }
  }

  /** |ŵ|. */
  private float scale(double magnitude) {
    return hasExponents ? Math.scalb(1f, exponent(magnitude)) : (float) magnitude;
  }

  /** {@code gradient} from gŵ to gz. */
  private static void throughSign(
      float[] latent,
      int from,
      int to,
      Standardization z,
      Annealing annealing,
      float scale,
      float[] gradient) {
    float mean = z.mean();
    float steepness = annealing.t() * z.inverseDeviation();
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

  /** The output channels of one tensor. */
  private final class Channels {
    private final float[] latent;
    private final Window window;
    private final int count;
    private final int fanIn;

    /** Of all channels together; null where each has its own. */
    private final Standardization ofLayer;

    Channels(float[] latent, Window window) {
      this.latent = latent;
      this.window = window;
      this.count = window.shape()[0];
      this.fanIn = window.length() / count;
      this.ofLayer = isByLayer ? Standardization.of(latent, window.offset(), window.end()) : null;
    }

    int from(int channel) {
      return window.offset() + channel * fanIn;
    }

    Standardization standardization(int channel) {
      return isByLayer ? ofLayer : Standardization.of(latent, from(channel), from(channel + 1));
    }

    /** mean|z| of a channel. */
    double meanMagnitude(int channel, Standardization z) {
      return isByLayer
          ? z.meanMagnitude(latent, from(channel), from(channel + 1))
          : z.meanMagnitude();
    }
  }
}
