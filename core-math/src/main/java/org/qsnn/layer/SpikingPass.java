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
import org.qsnn.tensor.Activation;
import org.qsnn.tensor.BitTensor;
import org.qsnn.tensor.FloatTensor;
import org.qsnn.tensor.Workspace;

/**
 * A spiking layer's forward pass in training, and how to pull a gradient back through it: of some
 * shards at once, whose images lie one after the other in every tensor. What a batch decides, each
 * shard decides for itself.
 */
public final class SpikingPass {
  private final Pooling pooling;
  private final Neurons neurons;
  private final BitTensor spikes;
  private final List<Shard> shards;
  private final List<NormalizedConvolution.Pass> convolutions;
  private final Activation output;

  SpikingPass(
      Pooling pooling,
      Neurons neurons,
      BitTensor spikes,
      List<Shard> shards,
      List<NormalizedConvolution.Pass> convolutions,
      Activation output) {
    this.pooling = pooling;
    this.neurons = neurons;
    this.spikes = spikes;
    this.shards = shards;
    this.convolutions = convolutions;
    this.output = output;
  }

  /**
   * The neurons of a shard.
   *
   * @param membraneScales α of each timestep whose membrane is quantized
   * @param spikes number of spikes at each timestep
   */
  record Shard(LifLayer layer, float[] membraneScales, long[] spikes) {}

  /** What the next layers see. */
  public Activation output() {
    return output;
  }

  /** Of all neurons and timesteps, before they are pooled. */
  public BitTensor spikes() {
    return spikes;
  }

  /** α of each timestep whose membrane is quantized. */
  public float[] membraneScales(int shard) {
    return shards.get(shard).membraneScales();
  }

  /** A shard's statistics of a branch's convolution. */
  public Statistics statistics(int branch, int shard) {
    return convolutions.get(branch).statistics().get(shard);
  }

  /** Mean of a shard's spikes over time, batch, channels, height and width. */
  public double firingRate(int shard) {
    Shard of = shards.get(shard);
    return LongStream.of(of.spikes()).sum()
        / ((double) of.layer().timesteps() * of.layer().timestepSize());
  }

  /** The same of each timestep. */
  public double[] firingRates(int shard) {
    Shard of = shards.get(shard);
    return LongStream.of(of.spikes())
        .mapToDouble(n -> n / (double) of.layer().timestepSize())
        .toArray();
  }

  /**
   * The gradients of what the layer read; those of its own parameters go into their windows.
   *
   * @param gradients one or two tensors whose sum is the gradient of the output; scratch that this
   *     call uses up
   * @param spikeGradients of each shard a constant to add to the gradient of every spike
   * @param gradient of the network's parameters, summed over the shards
   * @return one a branch, in order; scratch, and null for one that reads the network's input
   */
  public List<FloatTensor> backward(
      List<FloatTensor> gradients,
      float[] spikeGradients,
      Parameters gradient,
      Workspace workspace) {
    List<FloatTensor> parts =
        gradients.stream().map(part -> pooling.backward(part, spikes, workspace)).toList();
    FloatTensor dx = parts.get(0);
    FloatTensor second = parts.size() > 1 ? parts.get(1) : null;
    List<ChannelSums> sums = new ArrayList<>();
    for (int s = 0; s < shards.size(); s++) {
      FloatTensor own = dx.ofShard(s, shards.size());
      FloatTensor other = second == null ? null : second.ofShard(s, shards.size());
      LifGradient ofShard = new LifGradient(own, other, spikeGradients[s], own);
      Shard shard = shards.get(s);
      sums.add(neurons.backward(shard.layer(), shard.membraneScales(), ofShard));
    }
    if (second != null) {
      workspace.give(second);
    }
    return branchGradients(dx, sums, gradient, workspace);
  }

  private List<FloatTensor> branchGradients(
      FloatTensor dx, List<ChannelSums> sums, Parameters gradient, Workspace workspace) {
    List<FloatTensor> result = new ArrayList<>();
    for (int i = 0; i < convolutions.size(); i++) {
      NormalizedConvolution.Pass pass = convolutions.get(i);
      result.add(
          pass == null
              ? dx
              : NormalizedConvolution.backward(pass, dx, sums, i, gradient, workspace));
    }
    if (!convolutions.contains(null)) {
      workspace.give(dx);
    }
    return result;
  }
}
