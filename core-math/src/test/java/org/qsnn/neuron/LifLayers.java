package org.qsnn.neuron;

import java.util.Arrays;
import java.util.stream.LongStream;
import org.qsnn.model.LifNeuron;
import org.qsnn.neuron.LifKernel.LifStep;
import org.qsnn.tensor.BitTensor;
import org.qsnn.tensor.FloatTensor;

/** Small LIF layers for tests: input currents in, spikes and gradients out. */
final class LifLayers {
  private LifLayers() {}

  /** A run of a layer over all timesteps. */
  record Run(LifLayer layer, float[] spikes, float[] membrane, float[] alphas, long spikeCount) {}

  /**
   * @param x input current {@code [T, B, C, plane]}, scaled by 1 and shifted by 0
   */
  static Run forward(
      LifKernel kernel, float[] x, int timesteps, int batch, int channels, int plane, int bits) {
    FloatTensor y = FloatTensor.of(x, timesteps * batch, channels, plane, 1);
    Current current = current(y, x.length / timesteps, channels);
    return forward(kernel, layer(current, null, timesteps, batch, channels, plane, bits), bits);
  }

  static Current current(FloatTensor y, int timePitch, int channels) {
    float[] ones = new float[channels];
    Arrays.fill(ones, 1f);
    return new Current(y, timePitch, ones, new float[channels], new float[channels]);
  }

  static LifLayer layer(
      Current first, Current second, int timesteps, int batch, int channels, int plane, int bits) {
    int step = batch * channels * plane;
    return new LifLayer(
        timesteps,
        batch,
        channels,
        plane,
        MembraneScale.levels(bits),
        first,
        second,
        new float[step],
        new BitTensor(timesteps * batch, channels, plane, 1));
  }

  /** The same with any neurons; their membrane is not looked at. */
  static Run forward(
      Neurons neurons, float[] x, int timesteps, int batch, int channels, int plane, int bits) {
    FloatTensor y = FloatTensor.of(x, timesteps * batch, channels, plane, 1);
    Current current = current(y, x.length / timesteps, channels);
    LifLayer layer = layer(current, null, timesteps, batch, channels, plane, bits);
    Neurons.Steps steps = neurons.forward(layer, null);
    long spikes = LongStream.of(steps.spikes()).sum();
    return new Run(layer, layer.spikes().toArray(), new float[0], steps.scales(), spikes);
  }

  static float[] backward(Neurons neurons, Run run, float[] spikeGradient) {
    FloatTensor g = FloatTensor.of(spikeGradient, spikeGradient.length);
    FloatTensor dx = FloatTensor.allocate(spikeGradient.length);
    neurons.backward(run.layer(), run.alphas(), new LifGradient(g, null, 0f, dx));
    return dx.toArray();
  }

  static Run forward(LifKernel kernel, LifLayer layer, int bits) {
    float[] alphas = new float[layer.timesteps()];
    float[] membrane = new float[layer.timesteps() * layer.timestepSize()];
    long spikes = 0;
    MembraneScale carried = MembraneScale.NONE;
    for (int t = 0; t < layer.timesteps(); t++) {
      System.arraycopy(
          membrane(layer, t, carried), 0, membrane, t * layer.timestepSize(), layer.timestepSize());
      LifStep step = kernel.forward(layer, t, carried);
      alphas[t] = step.largest();
      spikes += step.spikes();
      carried = MembraneScale.of(step.largest(), bits);
    }
    return new Run(layer, layer.spikes().toArray(), membrane, alphas, spikes);
  }

  /** u of a timestep, before it is computed. */
  private static float[] membrane(LifLayer layer, int timestep, MembraneScale carried) {
    float[] u = new float[layer.timestepSize()];
    new MembranePotential(
            LifEquations.best(LifConstants.of(LifNeuron.PUBLISHED)), layer, layer.planes())
        .compute(timestep, 0, layer.planes(), layer.stored(), 0, carried, u);
    return u;
  }

  static float[] backward(LifKernel kernel, Run run, float[] spikeGradient) {
    FloatTensor g = FloatTensor.of(spikeGradient, spikeGradient.length);
    FloatTensor dx = FloatTensor.allocate(spikeGradient.length);
    kernel.backward(run.layer(), run.alphas(), new LifGradient(g, null, 0f, dx));
    return dx.toArray();
  }
}
