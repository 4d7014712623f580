package org.qsnn.deploy;

import java.util.List;
import org.qsnn.ConfigurationException;
import org.qsnn.model.NetworkSpec;
import org.qsnn.model.NetworkSpec.Layer;
import org.qsnn.model.PackedModel;
import org.qsnn.model.QuantizedTensor;

/** The readout in units of its int8 codes, counts and timesteps. */
final class ReadoutCompiler {
  /** Unit of scores where all weights are zero. */
  private static final double SMALLEST = 0x1p-30;

  private ReadoutCompiler() {}

  static IntegerReadout compile(PackedModel model) {
    NetworkSpec spec = model.spec();
    QuantizedTensor weight = model.weights().get(model.weights().size() - 1);
    List<Layer> layers = spec.layers();
    int counts = layers.get(layers.size() - 1).countsPerUnit();
    double step = weight.floats()[0] / 127.0 / counts / spec.timesteps();
    double unit = Math.scalb(step > 0 ? step : SMALLEST, -IntegerReadout.FRACTION);
    float[] bias = model.biases().get(0);
    long[] biases = new long[bias.length];
    for (int k = 0; k < biases.length; k++) {
      double units = Math.rint(bias[k] / unit);
      if (!(Math.abs(units) < Rounding.LIMIT)) {
        throw new ConfigurationException(
            weight.name() + ": a bias must be at most 2^61 units of the readout; found " + bias[k]);
      }
      biases[k] = (long) units;
    }
    return new IntegerReadout(spec.readout().features(), weight.codes(), biases, unit);
  }
}
