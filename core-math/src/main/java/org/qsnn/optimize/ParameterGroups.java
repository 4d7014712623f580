package org.qsnn.optimize;

import java.util.List;
import org.qsnn.parameter.NetworkLayout;
import org.qsnn.parameter.ParameterLayout;
import org.qsnn.parameter.ParameterLayout.Window;
import org.qsnn.parameter.Parameters;

/**
 * What some parameters are treated by otherwise than the rest, whatever the optimizer.
 *
 * @param hiddenDecay added to the optimizer's weight decay of the synaptic weights between the
 *     first and the last layer, those of one bit; negative for less
 * @param biasFactor on the learning rate of batch normalization's biases, above 0
 */
public record ParameterGroups(float hiddenDecay, float biasFactor) {
  /** All as the optimizer treats them. */
  public static final ParameterGroups ALIKE = new ParameterGroups(0, 1);

  /** g ← g + hiddenDecay · w */
  void decayInPlace(Parameters parameters, float[] gradient) {
    if (hiddenDecay == 0) {
      return;
    }
    for (Window window : parameters.layout().hidden()) {
      for (int i = window.offset(); i < window.end(); i++) {
        gradient[i] = Math.fma(hiddenDecay, parameters.values()[i], gradient[i]);
      }
    }
  }

  /** The biases whose learning rate has a factor. */
  List<Window> biases(ParameterLayout layout) {
    return biasFactor == 1
        ? List.of()
        : layout.windows().stream().filter(NetworkLayout::isNormBias).toList();
  }

  /**
   * w ← before + biasFactor · (w − before): all optimizers step by a multiple of the learning rate.
   */
  void stretchInPlace(Parameters parameters, List<Window> biases, List<float[]> before) {
    float[] values = parameters.values();
    for (int b = 0; b < biases.size(); b++) {
      float[] old = before.get(b);
      int offset = biases.get(b).offset();
      for (int i = 0; i < old.length; i++) {
        values[offset + i] = Math.fma(biasFactor, values[offset + i] - old[i], old[i]);
      }
    }
  }
}
