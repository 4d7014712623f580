package org.qsnn.layer;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.qsnn.DataException;
import org.qsnn.model.NetworkSpec.Branch;
import org.qsnn.model.NetworkSpec.Convolution;
import org.qsnn.model.NetworkSpec.Layer;
import org.qsnn.neuron.Current;
import org.qsnn.neuron.LifKernel;
import org.qsnn.neuron.LifKernel.LifStep;
import org.qsnn.neuron.LifLayer;
import org.qsnn.neuron.MembraneScale;
import org.qsnn.tensor.Activation;
import org.qsnn.tensor.BitTensor;
import org.qsnn.tensor.FloatTensor;
import org.qsnn.tensor.Workspace;

/**
 * One layer of LIF neurons with its input currents and its pool: {@code forward} in training, whose
 * pass can be pulled back, and {@code infer} with stored statistics and membrane scales.
 */
public final class SpikingLayer {
  private enum Scratch {
    STORED
  }

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
  public record Output(Activation values, long[] spikes) {}

  /**
   * With stored statistics: nothing is kept for a backward pass.
   *
   * @param inputs what each branch reads: {@code [T·B, C, H, W]}, or {@code [B, C, H, W]} for an
   *     image that is the same at every timestep
   * @param weights of each branch; null for an identity
   * @param membraneScales α of each timestep but the last; null to take the batch's own
   * @throws DataException if a membrane potential is not finite
   */
  public Output infer(
      List<? extends Activation> inputs,
      List<BranchWeights> weights,
      float[] membraneScales,
      int batch,
      Workspace workspace) {
    List<Current> currents = new ArrayList<>();
    List<FloatTensor> scratch = new ArrayList<>();
    for (int i = 0; i < inputs.size(); i++) {
      Convolution convolution = spec.branches().get(i).convolution();
      Activation x = inputs.get(i);
      if (convolution == null) {
        currents.add(identity(x));
        continue;
      }
      BranchWeights w = weights.get(i);
      FloatTensor y = workspace.take(NormalizedConvolution.outputShape(convolution, x));
      w.synapses().forward(x, y, null, workspace);
      scratch.add(y);
      int pitch = NormalizedConvolution.timePitch(y, repeats(x, batch), timesteps);
      currents.add(new Current(y, pitch, w.scale(), w.offset(), null));
    }
    LifLayer layer = layer(batch, currents, workspace);
    long[] spikes = new long[timesteps];
    MembraneScale carried = MembraneScale.NONE;
    for (int t = 0; t < timesteps; t++) {
      LifStep step = kernel.forward(layer, t, carried);
      if (Float.isNaN(step.largest())) {
        throw new DataException(
            String.format(
                Locale.ROOT,
                "%s: a membrane potential is not finite at timestep %d; the model or its input is corrupt",
                spec.name(),
                t));
      }
      spikes[t] = step.spikes();
      boolean isStored = membraneScales != null && membraneBits != 32 && t < timesteps - 1;
      carried = MembraneScale.of(isStored ? membraneScales[t] : step.largest(), membraneBits);
    }
    scratch.forEach(workspace::give);
    return new Output(pooled(layer.spikes(), workspace), spikes);
  }

  /** As {@link #infer}, with the batch's own statistics and membrane scales. */
  public SpikingPass forward(
      List<? extends Activation> inputs,
      List<BranchWeights> weights,
      int batch,
      Workspace workspace) {
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
    LifLayer layer = layer(batch, currents, workspace);
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
        spec, layer, convolutions, scales, new Output(pooled(layer.spikes(), workspace), spikes));
  }

  private LifLayer layer(int batch, List<Current> currents, Workspace workspace) {
    return new LifLayer(
        timesteps,
        batch,
        spec.channels(),
        spec.size() * spec.size(),
        MembraneScale.levels(membraneBits),
        currents.get(0),
        currents.size() > 1 ? currents.get(1) : null,
        timesteps == 1 ? null : workspace.floats(Scratch.STORED, batch * spec.neurons()),
        workspace.bits(
            spec.name() + ".spikes", timesteps * batch, spec.channels(), spec.size(), spec.size()));
  }

  private Activation pooled(BitTensor spikes, Workspace workspace) {
    if (spec.pool() == 1) {
      return spikes;
    }
    int size = spec.outputSize();
    FloatTensor output =
        workspace.tensor(spec.name() + ".pooled", spikes.dimension(0), spec.channels(), size, size);
    AveragePool.forward(spikes, spec.pool(), output);
    return output;
  }

  private int repeats(Activation input, int batch) {
    return input.dimension(0) == batch ? timesteps : 1;
  }

  private Current identity(Activation source) {
    float[] ones = new float[spec.channels()];
    java.util.Arrays.fill(ones, 1f);
    return new Current(source, source.size() / timesteps, ones, new float[spec.channels()], null);
  }
}
