package org.qsnn.network;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.qsnn.binary.BinaryConvolution;
import org.qsnn.binary.ConvolutionPlan;
import org.qsnn.layer.DenseSynapses;
import org.qsnn.layer.Synapses;
import org.qsnn.model.NetworkSpec;
import org.qsnn.model.NetworkSpec.Branch;
import org.qsnn.model.NetworkSpec.Convolution;
import org.qsnn.model.NetworkSpec.Convolved;
import org.qsnn.model.NetworkSpec.Layer;
import org.qsnn.model.QuantizedTensor;
import org.qsnn.model.QuantizedTensor.Form;
import org.qsnn.model.WeightScheme;

/**
 * How each convolution of a network is computed, with the plans that their shapes alone decide:
 * made once for a network, whatever its weights become. Binary weights that meet spikes are signed
 * sums, unless they have no plan; an image's values, and float weights, go through ND4J.
 */
final class ConvolutionForms {
  private final List<Function<QuantizedTensor, Synapses>> forms = new ArrayList<>();

  /**
   * @param gradientBits see {@link org.qsnn.model.BackwardPass}
   */
  ConvolutionForms(NetworkSpec spec, int gradientBits) {
    for (Layer layer : spec.layers()) {
      for (Branch branch : layer.branches()) {
        if (branch instanceof Convolved convolved) {
          forms.add(form(spec, convolved, gradientBits));
        }
      }
    }
  }

  private static Function<QuantizedTensor, Synapses> form(
      NetworkSpec spec, Convolved branch, int gradientBits) {
    Convolution convolution = branch.convolution();
    boolean isBinary = !convolution.isEnd() && spec.weightScheme() != WeightScheme.FLOAT;
    if (isBinary && branch.source() != NetworkSpec.INPUT) {
      Layer source = spec.layers().get(branch.source());
      int counts = source.countsPerUnit();
      if (ConvolutionPlan.canSum(convolution, counts)) {
        ConvolutionPlan plan =
            new ConvolutionPlan(convolution, counts, source.outputSize(), gradientBits);
        return weights -> new BinaryConvolution(plan, weights);
      }
    }
    return weights -> new DenseSynapses(convolution, values(weights));
  }

  /** Float weights are the array that travelled: nobody changes it. */
  private static float[] values(QuantizedTensor weights) {
    return weights.form() == Form.FLOAT ? weights.floats() : weights.dequantize();
  }

  /**
   * A convolution with weights.
   *
   * @param index in order of execution
   */
  Synapses synapses(int index, QuantizedTensor weights) {
    return forms.get(index).apply(weights);
  }
}
