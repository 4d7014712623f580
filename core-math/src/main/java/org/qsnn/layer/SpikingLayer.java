package org.qsnn.layer;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.qsnn.DataException;
import org.qsnn.model.LifNeuron;
import org.qsnn.model.NetworkSpec.Convolved;
import org.qsnn.model.NetworkSpec.Layer;
import org.qsnn.model.Surrogate;
import org.qsnn.neuron.BlockCurrent;
import org.qsnn.neuron.Current;
import org.qsnn.neuron.LifBlocks;
import org.qsnn.neuron.LifLayer;
import org.qsnn.neuron.MembraneScale;
import org.qsnn.neuron.Neurons;
import org.qsnn.neuron.Neurons.Steps;
import org.qsnn.slice.IdentityCurrent;
import org.qsnn.tensor.Activation;
import org.qsnn.tensor.BitTensor;
import org.qsnn.tensor.BlockGrid;
import org.qsnn.tensor.FloatTensor;
import org.qsnn.tensor.Workspace;

/**
 * One layer of LIF neurons with its input currents and its pool: {@code forward} in training, whose
 * pass can be pulled back, and {@code infer} with stored statistics and membrane scales.
 */
public final class SpikingLayer {
  private enum Role {
    STORED,
    BLOCKS,
    SPIKES
  }

  private final Layer spec;
  private final int timesteps;
  private final int membraneBits;
  private final Pooling pooling;
  private final Neurons neurons;

  public SpikingLayer(Layer spec, int timesteps, int membraneBits, LifNeuron neuron) {
    this(spec, timesteps, membraneBits, neuron, Surrogate.PUBLISHED);
  }

  public SpikingLayer(
      Layer spec, int timesteps, int membraneBits, LifNeuron neuron, Surrogate surrogate) {
    this.spec = spec;
    this.pooling = Pooling.of(spec.pool(), spec.size());
    this.timesteps = timesteps;
    this.membraneBits = membraneBits;
    this.neurons = Neurons.of(neuron, surrogate, membraneBits);
  }

  /**
   * What the next layers see, and what the layer did.
   *
   * @param spikes number of spikes at each timestep
   */
  public record Output(Activation values, long[] spikes) {}

  /**
   * With stored statistics: nothing is kept for a backward pass.
   *
   * @param inputs what each branch reads: {@code [T·B, C, H, W]}, or {@code [B, C, H, W]} for an
   *     image that is the same at every timestep
   * @param weights of each branch; null for an identity
   * @param membraneScales α of each timestep whose membrane is quantized; null to take the batch's
   *     own
   * @throws DataException if a membrane potential is not finite
   */
  public Output infer(
      List<? extends Activation> inputs,
      List<BranchWeights> weights,
      float[] membraneScales,
      int batch,
      Workspace workspace) {
    BlockGrid grid = new BlockGrid(spec.size() * spec.size(), batch);
    Optional<List<LifBlocks.Branch>> blocks =
        membraneScales == null || !grid.isDense()
            ? Optional.empty()
            : blocks(inputs, weights, grid, batch, workspace);
    BitTensor spikes = spikes(timesteps * batch, workspace);
    Steps steps =
        blocks.isPresent()
            ? neurons.forward(layer(batch, grid, blocks.get(), spikes, workspace), membraneScales)
            : inferPlanes(inputs, weights, membraneScales, batch, spikes, workspace);
    requireNumbers(steps);
    return new Output(pooling.forward(spikes, spec.name(), workspace), steps.spikes());
  }

  /** Of each branch, if all of them have some. */
  private Optional<List<LifBlocks.Branch>> blocks(
      List<? extends Activation> inputs,
      List<BranchWeights> weights,
      BlockGrid grid,
      int batch,
      Workspace workspace) {
    List<LifBlocks.Branch> blocks = new ArrayList<>();
    for (int i = 0; i < inputs.size(); i++) {
      Activation x = inputs.get(i);
      BranchWeights w = weights.get(i);
      if (w != null) {
        w.synapses()
            .blocks(x, grid, batch, i, workspace)
            .ifPresent(y -> blocks.add(new LifBlocks.Branch(y, w.scale(), w.offset())));
      } else if (x instanceof BitTensor spikes) {
        BlockCurrent y = new IdentityCurrent(spikes, grid, batch);
        blocks.add(new LifBlocks.Branch(y, ones(), new float[spec.channels()]));
      }
    }
    return blocks.size() == inputs.size() ? Optional.of(blocks) : Optional.empty();
  }

  private LifBlocks layer(
      int batch,
      BlockGrid grid,
      List<LifBlocks.Branch> branches,
      BitTensor spikes,
      Workspace workspace) {
    return new LifBlocks(
        timesteps,
        batch,
        spec.channels(),
        MembraneScale.levels(membraneBits),
        grid,
        branches,
        workspace.floats(Role.BLOCKS, LifBlocks.memoryLength(spec.channels())),
        spikes);
  }

  private Steps inferPlanes(
      List<? extends Activation> inputs,
      List<BranchWeights> weights,
      float[] membraneScales,
      int batch,
      BitTensor spikes,
      Workspace workspace) {
    List<Current> currents = new ArrayList<>();
    List<FloatTensor> scratch = new ArrayList<>();
    for (int i = 0; i < inputs.size(); i++) {
      Activation x = inputs.get(i);
      if (spec.branches().get(i) instanceof Convolved branch) {
        BranchWeights w = weights.get(i);
        FloatTensor y = workspace.take(NormalizedConvolution.outputShape(branch.convolution(), x));
        w.synapses().forward(x, y, null, workspace);
        scratch.add(y);
        int pitch = NormalizedConvolution.timePitch(y, repeats(x, batch), timesteps);
        currents.add(new Current(y, pitch, w.scale(), w.offset(), null));
      } else {
        currents.add(identity(x));
      }
    }
    Steps steps = neurons.forward(layer(batch, currents, spikes, workspace), membraneScales);
    scratch.forEach(workspace::give);
    return steps;
  }

  private void requireNumbers(Steps steps) {
    for (int t = 0; t < timesteps; t++) {
      if (Float.isNaN(steps.largest()[t])) {
        throw new DataException(
            String.format(
                Locale.ROOT,
                "%s: a membrane potential is not finite at timestep %d; the model or its input is corrupt",
                spec.name(),
                t));
      }
    }
  }

  /**
   * As {@link #infer}, each shard with its own statistics and membrane scales.
   *
   * @param inputs of each branch: what it reads of every shard, one after the other
   * @param batch samples of a shard
   */
  public SpikingPass forward(
      List<? extends Activation> inputs,
      List<BranchWeights> weights,
      int shards,
      int batch,
      Workspace workspace) {
    List<NormalizedConvolution.Pass> convolutions = new ArrayList<>();
    for (int i = 0; i < inputs.size(); i++) {
      Activation x = inputs.get(i);
      convolutions.add(
          spec.branches().get(i) instanceof Convolved branch
              ? NormalizedConvolution.forward(
                  branch, x, weights.get(i), shards, repeats(x, shards * batch), workspace)
              : null);
    }
    BitTensor spikes = spikes(shards * timesteps * batch, workspace);
    List<SpikingPass.Shard> passes = new ArrayList<>();
    for (int s = 0; s < shards; s++) {
      List<Current> currents = new ArrayList<>();
      for (int i = 0; i < inputs.size(); i++) {
        NormalizedConvolution.Pass pass = convolutions.get(i);
        currents.add(
            pass == null ? identity(inputs.get(i).ofShard(s, shards)) : pass.current(s, timesteps));
      }
      LifLayer layer = layer(batch, currents, spikes.ofShard(s, shards), workspace);
      Steps steps = neurons.forward(layer, null);
      passes.add(new SpikingPass.Shard(layer, steps.scales(), steps.spikes()));
    }
    Activation output = pooling.forward(spikes, spec.name(), workspace);
    return new SpikingPass(pooling, neurons, spikes, passes, convolutions, output);
  }

  private BitTensor spikes(int images, Workspace workspace) {
    return workspace.bits(
        Role.SPIKES, spec.name(), images, spec.channels(), spec.size(), spec.size());
  }

  private LifLayer layer(int batch, List<Current> currents, BitTensor spikes, Workspace workspace) {
    return new LifLayer(
        timesteps,
        batch,
        spec.channels(),
        spec.size() * spec.size(),
        MembraneScale.levels(membraneBits),
        currents.get(0),
        currents.size() > 1 ? currents.get(1) : null,
        neurons.needStored(timesteps)
            ? workspace.floats(Role.STORED, batch * spec.neurons())
            : null,
        spikes);
  }

  private int repeats(Activation input, int batch) {
    return input.dimension(0) == batch ? timesteps : 1;
  }

  private Current identity(Activation source) {
    return new Current(source, source.size() / timesteps, ones(), new float[spec.channels()], null);
  }

  private float[] ones() {
    float[] ones = new float[spec.channels()];
    Arrays.fill(ones, 1f);
    return ones;
  }
}
