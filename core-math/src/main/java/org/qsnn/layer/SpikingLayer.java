package org.qsnn.layer;

import java.util.ArrayList;
import java.util.List;
import org.qsnn.layer.BatchNormalization.Statistics;
import org.qsnn.model.NetworkSpec.Branch;
import org.qsnn.model.NetworkSpec.Convolution;
import org.qsnn.model.NetworkSpec.Layer;
import org.qsnn.neuron.ChannelSums;
import org.qsnn.neuron.Current;
import org.qsnn.neuron.LifGradient;
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

  /** What the next layers see, and what the layer did. */
  public record Output(FloatTensor values, long spikes) {}

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
      Convolution2d.forward(convolution, x, w.synaptic(), y);
      scratch.add(y);
      int stride = NormalizedConvolution.timeStride(y, repeats(x, batch), timesteps);
      currents.add(new Current(y, stride, w.scale(), w.offset(), null));
    }
    FloatTensor stored = workspace.take(batch, spec.channels(), spec.size(), spec.size());
    scratch.add(stored);
    LifLayer layer = layer(batch, currents, null, stored, 0, workspace);
    long spikes = 0;
    MembraneScale carried = MembraneScale.NONE;
    for (int t = 0; t < timesteps; t++) {
      LifStep step = kernel.forward(layer, t, carried);
      spikes += step.spikes();
      boolean isStored = membraneScales != null && membraneBits != 32 && t < timesteps - 1;
      carried = MembraneScale.of(isStored ? membraneScales[t] : step.largest(), membraneBits);
    }
    scratch.forEach(workspace::give);
    return new Output(pooled(batch, workspace), spikes);
  }

  /** As {@link #infer}, with the batch's own statistics and membrane scales. */
  public Pass forward(
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
    long spikes = 0;
    MembraneScale carried = MembraneScale.NONE;
    for (int t = 0; t < timesteps; t++) {
      LifStep step = kernel.forward(layer, t, carried);
      spikes += step.spikes();
      if (t < timesteps - 1) {
        scales[t] = step.largest();
        carried = MembraneScale.of(step.largest(), membraneBits);
      }
    }
    return new Pass(layer, convolutions, scales, new Output(pooled(batch, workspace), spikes));
  }

  /** A forward pass in training, and how to pull a gradient back through it. */
  public final class Pass {
    private final LifLayer layer;
    private final List<NormalizedConvolution.Pass> convolutions;
    private final float[] membraneScales;
    private final Output output;

    private Pass(
        LifLayer layer,
        List<NormalizedConvolution.Pass> convolutions,
        float[] membraneScales,
        Output output) {
      this.layer = layer;
      this.convolutions = convolutions;
      this.membraneScales = membraneScales;
      this.output = output;
    }

    public Output output() {
      return output;
    }

    /** α of each timestep but the last. */
    public float[] membraneScales() {
      return membraneScales;
    }

    /** The batch's statistics of a branch's convolution. */
    public Statistics statistics(int branch) {
      return convolutions.get(branch).statistics();
    }

    /** Mean of the spikes over time, batch, channels, height and width. */
    public double firingRate() {
      return output.spikes() / ((double) timesteps * layer.step());
    }

    /**
     * The gradients of what the layer read.
     *
     * @param gradients one or two tensors whose sum is the gradient of the output; scratch that
     *     this call uses up
     * @param spikeGradient a constant to add to the gradient of every spike
     * @return one a branch, in order; their inputs' gradients are scratch
     */
    public List<BranchGradient> backward(
        List<FloatTensor> gradients, float spikeGradient, Workspace workspace) {
      List<FloatTensor> parts = spec.pool() == 1 ? gradients : unpool(gradients, workspace);
      FloatTensor dx = parts.get(0);
      FloatTensor second = parts.size() > 1 ? parts.get(1) : null;
      ChannelSums sums = kernel.backward(layer, new LifGradient(dx, second, spikeGradient, dx));
      if (second != null) {
        workspace.give(second);
      }
      return branchGradients(dx, sums, workspace);
    }

    private List<BranchGradient> branchGradients(
        FloatTensor dx, ChannelSums sums, Workspace workspace) {
      List<BranchGradient> result = new ArrayList<>();
      boolean dxIsKept = convolutions.contains(null);
      for (int i = 0; i < convolutions.size(); i++) {
        NormalizedConvolution.Pass pass = convolutions.get(i);
        if (pass == null) {
          result.add(new BranchGradient(dx, null));
          continue;
        }
        boolean inPlace = !dxIsKept && i == convolutions.size() - 1 && pass.repeats() == 1;
        FloatTensor dy = inPlace ? dx : workspace.take(pass.y().shape());
        double[] centered = i == 0 ? sums.first() : sums.second();
        NormalizedConvolution.Gradient gradient =
            NormalizedConvolution.backward(pass, dx, sums.gradient(), centered, dy, workspace);
        workspace.give(dy);
        result.add(new BranchGradient(gradient.x(), gradient));
      }
      if (!dxIsKept && convolutions.get(convolutions.size() - 1).repeats() > 1) {
        workspace.give(dx);
      }
      return result;
    }

    private List<FloatTensor> unpool(List<FloatTensor> gradients, Workspace workspace) {
      List<FloatTensor> parts = new ArrayList<>();
      for (FloatTensor gradient : gradients) {
        FloatTensor part =
            workspace.take(gradient.dimension(0), spec.channels(), spec.size(), spec.size());
        AveragePool.backward(gradient, spec.pool(), part);
        workspace.give(gradient);
        parts.add(part);
      }
      return parts;
    }
  }

  /**
   * Gradients that belong to one branch.
   *
   * @param input of what the branch read; scratch
   * @param convolution null for an identity
   */
  public record BranchGradient(FloatTensor input, NormalizedConvolution.Gradient convolution) {}

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
