package org.qsnn.optimize;

import java.util.Arrays;
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
 * @param isFirstFrozen whether the synaptic weights of the first layer stay what they were
 */
public record ParameterGroups(float hiddenDecay, float biasFactor, boolean isFirstFrozen) {
  /** All as the optimizer treats them. */
  public static final ParameterGroups ALIKE = new ParameterGroups(0, 1, false);

  /** g ← 0 of what is frozen. */
  void freezeInPlace(ParameterLayout layout, float[] gradient) {
    if (isFirstFrozen) {
      Window first = layout.first();
      Arrays.fill(gradient, first.offset(), first.end(), 0);
    }
  }

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

  /** What follows the optimizer by a factor: biases, or not at all: what is frozen. */
  List<Window> stretched(ParameterLayout layout) {
    return layout.windows().stream().filter(window -> factor(layout, window) != 1).toList();
  }

  private float factor(ParameterLayout layout, Window window) {
    if (isFirstFrozen && window.name().equals(layout.first().name())) {
      return 0;
    }
    return NetworkLayout.isNormBias(window) ? biasFactor : 1;
  }

  /** w ← before + factor · (w − before): all optimizers step by a multiple of the learning rate. */
  void stretchInPlace(Parameters parameters, List<Window> stretched, List<float[]> before) {
    float[] values = parameters.values();
    for (int b = 0; b < stretched.size(); b++) {
      float[] old = before.get(b);
      int offset = stretched.get(b).offset();
      float factor = factor(parameters.layout(), stretched.get(b));
      for (int i = 0; i < old.length; i++) {
        values[offset + i] = Math.fma(factor, values[offset + i] - old[i], old[i]);
      }
    }
  }
}
