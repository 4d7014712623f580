package org.qsnn.neuron;

import java.util.Arrays;
import org.qsnn.model.LifNeuron;
import org.qsnn.model.Surrogate;
import org.qsnn.neuron.LifKernel.LifStep;

/**
 * Neurons whose membrane is quantized after the reset; their equations are in {@link LifKernel}.
 */
final class AfterReset implements Neurons {
  private final LifKernel kernel;

  AfterReset(LifNeuron neuron, Surrogate surrogate) {
    this(new LifKernel(neuron, surrogate));
  }

  AfterReset(LifKernel kernel) {
    this.kernel = kernel;
  }

  @Override
  public Steps forward(LifLayer layer, float[] scales) {
    int timesteps = layer.timesteps();
    float[] largest = new float[timesteps];
    long[] spikes = new long[timesteps];
    boolean isStored = scales != null && layer.levels() > 0;
    MembraneScale carried = MembraneScale.NONE;
    for (int t = 0; t < timesteps; t++) {
      LifStep step = kernel.forward(layer, t, carried);
      largest[t] = step.largest();
      spikes[t] = step.spikes();
      if (layer.carries(t)) {
        carried = new MembraneScale(isStored ? scales[t] : step.largest(), layer.levels());
      }
    }
    return new Steps(largest, Arrays.copyOf(largest, timesteps - 1), spikes);
  }

  @Override
  public Steps forward(LifBlocks layer, float[] scales) {
    return new BlockForward(layer, kernel.blocks(layer, scales)).forward(scales);
  }

  @Override
  public ChannelSums backward(LifLayer layer, float[] scales, LifGradient gradient) {
    return kernel.backward(layer, scales, gradient);
  }

  @Override
  public boolean needStored(int timesteps) {
    return timesteps > 1;
  }
}
