package org.qsnn.layer;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.qsnn.layer.BatchNormalization.Statistics;
import org.qsnn.neuron.ChannelSums;
import org.qsnn.neuron.LifGradient;
import org.qsnn.neuron.LifLayer;
import org.qsnn.neuron.Neurons;
import org.qsnn.parameter.Parameters;
import org.qsnn.tensor.BitTensor;
import org.qsnn.tensor.FloatTensor;
import org.qsnn.tensor.Workspace;

/** A spiking layer's forward pass in training, and how to pull a gradient back through it. */
public final class SpikingPass {
  private final Pooling pooling;
  private final Neurons neurons;
  private final LifLayer layer;
  private final List<NormalizedConvolution.Pass> convolutions;
  private final float[] membraneScales;
  private final SpikingLayer.Output output;

  SpikingPass(
      Pooling pooling,
      Neurons neurons,
      LifLayer layer,
      List<NormalizedConvolution.Pass> convolutions,
      float[] membraneScales,
      SpikingLayer.Output output) {
    this.pooling = pooling;
    this.neurons = neurons;
    this.layer = layer;
    this.convolutions = convolutions;
    this.membraneScales = membraneScales;
    this.output = output;
  }

  public SpikingLayer.Output output() {
    return output;
  }

  /** Of all neurons and timesteps, before they are pooled. */
  public BitTensor spikes() {
    return layer.spikes();
  }

  /** α of each timestep whose membrane is quantized. */
  public float[] membraneScales() {
    return membraneScales;
  }

  /** The batch's statistics of a branch's convolution. */
  public Statistics statistics(int branch) {
    return convolutions.get(branch).statistics();
  }

  /** Mean of the spikes over time, batch, channels, height and width. */
  public double firingRate() {
    return LongStream.of(output.spikes()).sum()
        / ((double) layer.timesteps() * layer.timestepSize());
  }

  /** The same of each timestep. */
  public double[] firingRates() {
    return LongStream.of(output.spikes())
        .mapToDouble(n -> n / (double) layer.timestepSize())
        .toArray();
  }

  /**
   * The gradients of what the layer read; those of its own parameters go into their windows.
   *
   * @param gradients one or two tensors whose sum is the gradient of the output; scratch that this
   *     call uses up
   * @param spikeGradient a constant to add to the gradient of every spike
   * @param gradient of the network's parameters
   * @return one a branch, in order; scratch, and null for one that reads the network's input
   */
  public List<FloatTensor> backward(
      List<FloatTensor> gradients, float spikeGradient, Parameters gradient, Workspace workspace) {
    List<FloatTensor> parts =
        gradients.stream().map(part -> pooling.backward(part, layer.spikes(), workspace)).toList();
    FloatTensor dx = parts.get(0);
    FloatTensor second = parts.size() > 1 ? parts.get(1) : null;
    ChannelSums sums =
        neurons.backward(layer, membraneScales, new LifGradient(dx, second, spikeGradient, dx));
    if (second != null) {
      workspace.give(second);
    }
    return branchGradients(dx, sums, gradient, workspace);
  }

  private List<FloatTensor> branchGradients(
      FloatTensor dx, ChannelSums sums, Parameters gradient, Workspace workspace) {
    List<FloatTensor> result = new ArrayList<>();
    for (int i = 0; i < convolutions.size(); i++) {
      NormalizedConvolution.Pass pass = convolutions.get(i);
      double[] centered = i == 0 ? sums.first() : sums.second();
      result.add(
          pass == null
              ? dx
              : NormalizedConvolution.backward(
                  pass, dx, sums.gradient(), centered, gradient, workspace));
    }
    if (!convolutions.contains(null)) {
      workspace.give(dx);
    }
    return result;
  }
}
