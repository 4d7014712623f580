package org.qsnn.deploy;

import java.util.Arrays;
import org.qsnn.ConfigurationException;
import org.qsnn.model.FoldedBatchNorm;
import org.qsnn.model.NetworkSpec.Convolution;
import org.qsnn.model.NetworkSpec.Convolved;
import org.qsnn.model.QuantizedTensor;

/**
 * One branch of a layer as the float rule has it: {@code scale · y + offset} with y = step · sum.
 *
 * @param branch without factors
 * @param largest magnitude of a sum
 * @param scales of the batch normalization, one a channel
 * @param steps what a sum of 1 is as y, one a channel; a power of two behind spikes
 * @param offsets one a channel
 */
record FloatCurrent(
    IntegerBranch branch, long largest, float[] scales, double[] steps, float[] offsets) {
  private static final long[] NONE = {};

  static FloatCurrent ofInput(
      Convolved branch, QuantizedTensor weight, FoldedBatchNorm norm, IntegerInput input) {
    double[] steps = new double[norm.channels()];
    Arrays.fill(steps, Math.scalb(weight.floats()[0] / 127.0, -input.fraction()));
    IntegerBranch codes =
        branch(IntegerBranch.Kind.CODES, branch.source(), branch.convolution(), weight.codes());
    long largest = 127L * Short.MAX_VALUE * codes.fanIn();
    if (largest > Integer.MAX_VALUE) {
      throw new ConfigurationException(
          weight.name()
              + ": sums must fit 32 bits; found "
              + codes.inChannels()
              + " channels of the input");
    }
    return new FloatCurrent(codes, largest, norm.scale(), steps, norm.offset());
  }

  static FloatCurrent ofSpikes(
      Convolved branch, QuantizedTensor weight, FoldedBatchNorm norm, int counts) {
    IntegerBranch signs =
        branch(IntegerBranch.Kind.SIGNS, branch.source(), branch.convolution(), weight.codes());
    long largest = (long) counts * signs.fanIn();
    if (largest >= 1 << 24 || Integer.bitCount(counts) != 1) {
      throw new ConfigurationException(
          weight.name()
              + ": must sum a power of two of spikes a value, less than 2^24 in all; found "
              + counts
              + " and "
              + largest);
    }
    double[] steps = new double[norm.channels()];
    for (int c = 0; c < steps.length; c++) {
      double scale = weight.scale(c);
      if (!(scale > 0) || Math.scalb(1.0, Math.getExponent(scale)) != scale) {
        throw new ConfigurationException(
            weight.name()
                + ": the scale of a channel must be a power of two, as regulated weights have it; found "
                + weight.scale(c)
                + " in channel "
                + c);
      }
      steps[c] = scale / counts;
    }
    return new FloatCurrent(signs, largest, norm.scale(), steps, norm.offset());
  }

  static FloatCurrent identity(int source, int channels, int counts) {
    float[] scales = new float[channels];
    double[] steps = new double[channels];
    Arrays.fill(scales, 1f);
    Arrays.fill(steps, 1.0 / counts);
    IntegerBranch identity =
        new IntegerBranch(
            IntegerBranch.Kind.IDENTITY, source, channels, 1, 1, 0, new byte[0], NONE);
    return new FloatCurrent(identity, counts, scales, steps, new float[channels]);
  }

  private static IntegerBranch branch(
      IntegerBranch.Kind kind, int source, Convolution convolution, byte[] weights) {
    return new IntegerBranch(
        kind,
        source,
        convolution.inChannels(),
        convolution.kernel(),
        convolution.stride(),
        convolution.padding(),
        weights,
        NONE);
  }

  /** What a sum of 1 is as a current: exact behind spikes. */
  double factor(int channel) {
    double factor = scales[channel] * steps[channel];
    return branch.kind() == IntegerBranch.Kind.CODES ? (float) factor : factor;
  }

  /** y of a sum, of spikes; exact. */
  float y(int channel, long sum) {
    return (float) (steps[channel] * sum);
  }

  IntegerBranch with(long[] factors) {
    return new IntegerBranch(
        branch.kind(),
        branch.source(),
        branch.inChannels(),
        branch.kernel(),
        branch.stride(),
        branch.padding(),
        branch.weights(),
        factors);
  }
}
