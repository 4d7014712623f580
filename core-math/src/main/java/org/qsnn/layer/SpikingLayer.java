package org.qsnn.layer;

import java.util.ArrayList;
import java.util.List;
import org.qsnn.model.NetworkSpec.Branch;
import org.qsnn.model.NetworkSpec.Convolution;
import org.qsnn.model.NetworkSpec.Layer;
import org.qsnn.neuron.Current;
import org.qsnn.neuron.LifKernel;
import org.qsnn.neuron.LifKernel.LifStep;
import org.qsnn.neuron.LifLayer;
import org.qsnn.neuron.MembraneScale;
import org.qsnn.tensor.FloatTensor;
import org.qsnn.tensor.Workspace;

/**
 * One layer of LIF neurons with its input currents and its pool: {@code forward} in training, whose
 * pass can be pulled back, and {@code infer} with stored statistics and membrane scales.
 */
public final class SpikingLayer {
  private final Layer spec;
  private final int timesteps;
  private final int membraneBits;
  private final LifKernel kernel = new LifKernel();

  public SpikingLayer(Layer spec, int timesteps, int membraneBits) {
    this.spec = spec;
    this.timesteps = timesteps;
    this.membraneBits = membraneBits;
  }

  /**
   * What the next layers see, and what the layer did.
   *
   * @param spikes number of spikes at each timestep
   */
  public record Output(FloatTensor values, long[] spikes) {}

  /**
   * With stored statistics: nothing is kept for a backward pass.
   *
   * @param inputs what each branch reads: {@code [T·B, C, H, W]}, or {@code [B, C, H, W]} for an
   *     image that is the same at every timestep
   * @param weights of each branch; null for an identity
   * @param membraneScales α of each timestep but the last; null to take the batch's own
   */
  public Output infer(
      List<FloatTensor> inputs,
      List<BranchWeights> weights,
      float[] membraneScales,
      int batch,
      Workspace workspace) {
    List<Current> currents = new ArrayList<>();
    List<FloatTensor> scratch = new ArrayList<>();
    for (int i = 0; i < inputs.size(); i++) {
      Convolution convolution = spec.branches().get(i).convolution();
      FloatTensor x = inputs.get(i);
      if (convolution == null) {
        currents.add(identity(x));
        continue;
      }
      BranchWeights w = weights.get(i);
      FloatTensor y = workspace.take(NormalizedConvolution.outputShape(convolution, x));
      w.synapses().forward(x, y, workspace);
      scratch.add(y);
      int stride = NormalizedConvolution.timeStride(y, repeats(x, batch), timesteps);
      currents.add(new Current(y, stride, w.scale(), w.offset(), null));
    }
    FloatTensor stored = workspace.take(batch, spec.channels(), spec.size(), spec.size());
    scratch.add(stored);
    LifLayer layer = layer(batch, currents, null, stored, 0, workspace);
    long[] spikes = new long[timesteps];
    MembraneScale carried = MembraneScale.NONE;
    for (int t = 0; t < timesteps; t++) {
      LifStep step = kernel.forward(layer, t, carried);
      spikes[t] = step.spikes();
      boolean isStored = membraneScales != null && membraneBits != 32 && t < timesteps - 1;
      carried = MembraneScale.of(isStored ? membraneScales[t] : step.largest(), membraneBits);
    }
    scratch.forEach(workspace::give);
    return new Output(pooled(batch, workspace), spikes);
  }

  /** As {@link #infer}, with the batch's own statistics and membrane scales. */
  public SpikingPass forward(
      List<FloatTensor> inputs, List<BranchWeights> weights, int batch, Workspace workspace) {
    List<NormalizedConvolution.Pass> convolutions = new ArrayList<>();
    List<Current> currents = new ArrayList<>();
    for (int i = 0; i < inputs.size(); i++) {
      Branch branch = spec.branches().get(i);
      if (branch.isIdentity()) {
        convolutions.add(null);
        currents.add(identity(inputs.get(i)));
      } else {
        NormalizedConvolution.Pass pass =
            NormalizedConvolution.forward(
                branch.convolution(),
                inputs.get(i),
                weights.get(i),
                repeats(inputs.get(i), batch),
                workspace);
        convolutions.add(pass);
        currents.add(pass.current(timesteps));
      }
    }
    FloatTensor membrane = activation(".membrane", timesteps * batch, workspace);
    FloatTensor stored =
        timesteps == 1 ? null : activation(".stored", (timesteps - 1) * batch, workspace);
    int stride = batch * spec.neurons();
    LifLayer layer = layer(batch, currents, membrane, stored, stride, workspace);
    float[] scales = new float[timesteps - 1];
    long[] spikes = new long[timesteps];
    MembraneScale carried = MembraneScale.NONE;
    for (int t = 0; t < timesteps; t++) {
      LifStep step = kernel.forward(layer, t, carried);
      spikes[t] = step.spikes();
      if (t < timesteps - 1) {
        scales[t] = step.largest();
        carried = MembraneScale.of(step.largest(), membraneBits);
      }
    }
    return new SpikingPass(
        spec, layer, convolutions, scales, new Output(pooled(batch, workspace), spikes));
  }

  private LifLayer layer(
      int batch,
      List<Current> currents,
      FloatTensor membrane,
      FloatTensor stored,
      int storedStride,
      Workspace workspace) {
    return new LifLayer(
        timesteps,
        batch,
        spec.channels(),
        spec.size() * spec.size(),
        MembraneScale.levels(membraneBits),
        currents.get(0),
        currents.size() > 1 ? currents.get(1) : null,
        membrane,
        stored,
        storedStride,
        spikes(batch, workspace));
  }

  private FloatTensor spikes(int batch, Workspace workspace) {
    return activation(".spikes", timesteps * batch, workspace);
  }

  private FloatTensor pooled(int batch, Workspace workspace) {
    FloatTensor spikes = spikes(batch, workspace);
    if (spec.pool() == 1) {
      return spikes;
    }
    int size = spec.outputSize();
    FloatTensor output =
        workspace.tensor(spec.name() + ".pooled", spikes.dimension(0), spec.channels(), size, size);
    AveragePool.forward(spikes, spec.pool(), output);
    return output;
  }

  private FloatTensor activation(String role, int images, Workspace workspace) {
    return workspace.tensor(spec.name() + role, images, spec.channels(), spec.size(), spec.size());
  }

  private int repeats(FloatTensor input, int batch) {
    return input.dimension(0) == batch ? timesteps : 1;
  }

  private Current identity(FloatTensor source) {
    float[] ones = new float[spec.channels()];
    java.util.Arrays.fill(ones, 1f);
    return new Current(source, source.size() / timesteps, ones, new float[spec.channels()], null);
  }
}
