package org.qsnn.network;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.qsnn.layer.BatchNormalization.Statistics;
import org.qsnn.layer.LinearWeights;
import org.qsnn.layer.Readout;
import org.qsnn.layer.SpikingLayer;
import org.qsnn.layer.SpikingPass;
import org.qsnn.model.BackwardPass;
import org.qsnn.model.NetworkSpec;
import org.qsnn.model.NetworkSpec.Branch;
import org.qsnn.model.NetworkSpec.Convolution;
import org.qsnn.model.NetworkSpec.Convolved;
import org.qsnn.model.NetworkSpec.Layer;
import org.qsnn.parameter.NetworkLayout;
import org.qsnn.parameter.ParameterLayout;
import org.qsnn.parameter.ParameterLayout.Window;
import org.qsnn.parameter.Parameters;
import org.qsnn.quantize.SynapticWeights;
import org.qsnn.tensor.Activation;
import org.qsnn.tensor.FloatTensor;
import org.qsnn.tensor.Reductions;
import org.qsnn.tensor.Workspace;

/**
 * A network in training: a batch in, the gradient of its loss with respect to the effective weights
 * out; or the batches of some shards, and the sum of their gradients, with the bits of each shard
 * computed alone. Any number of tasks may use it at the same time, each with a workspace of its
 * own: between calls it keeps what its shapes decide and the latest weights, unpacked, which no
 * task changes.
 */
public final class TrainingNetwork {
  private static final Reductions REDUCTIONS = Reductions.best();

  private final NetworkLayout layout;
  private final SharedWeights sharedWeights;
  private final List<SpikingLayer> layers;
  private final Readout readout;

  /** With the published code's backward pass. */
  public TrainingNetwork(NetworkLayout layout) {
    this(layout, BackwardPass.PUBLISHED);
  }

  public TrainingNetwork(NetworkLayout layout, BackwardPass backward) {
    this.layout = layout;
    this.sharedWeights = new SharedWeights(layout, backward.gradientBits());
    NetworkSpec spec = layout.spec();
    this.layers =
        IntStream.range(0, spec.layers().size())
            .mapToObj(
                i ->
                    new SpikingLayer(
                        spec.layers().get(i),
                        spec.timesteps(),
                        spec.membraneBits(i),
                        spec.neuron(),
                        backward.surrogate()))
            .toList();
    this.readout = new Readout(spec.readout());
  }

  /**
   * The mean loss of each shard's batch and its gradient, in parameter layout, summed over the
   * shards in the shape of {@link TreeSum}. Of several shards a problem is anyone's, or the sum's.
   *
   * @param targets of each shard's batch
   * @param terms what its loss is made up of
   * @throws org.qsnn.ConfigurationException if the input has not the network's shape
   * @throws org.qsnn.DataException if a label is not one of the network's classes
   */
  public ShardGradient gradient(
      SynapticWeights weights,
      Input input,
      List<Targets> targets,
      LossTerms terms,
      Workspace workspace) {
    NetworkSpec spec = layout.spec();
    input.requireFits(spec);
    Forward forward = forward(weights, input, workspace);
    Parameters gradient = Parameters.zeros(layout.parameters());
    ShardLosses losses =
        ShardLosses.of(readout, forward, targets, spec.classes(), terms, gradient, workspace);
    backward(forward, losses, gradient, workspace);
    TreeSum sum = new TreeSum(input.shards());
    for (int s = 0; s < input.shards(); s++) {
      sum.add(s, summary(forward, losses.of().get(s), targets.get(s).samples(), s));
    }
    ShardGradient total = sum.total();
    String problem = notFinite(layout.parameters(), gradient.values(), "gradient of ");
    return total.with(gradient.values(), total.problem().orElse(problem));
  }

  /** As {@link #gradient(SynapticWeights, Input, List, LossTerms, Workspace)} of one shard. */
  public ShardGradient gradient(
      SynapticWeights weights, Input input, Targets targets, LossTerms terms, Workspace workspace) {
    return gradient(weights, input, List.of(targets), terms, workspace);
  }

  /** All of a shard but its gradient. */
  private ShardGradient summary(Forward forward, Loss loss, int samples, int shard) {
    float[] statistics = statistics(forward, shard);
    return ShardGradient.of(
        new float[0],
        statistics,
        new ShardGradient.Batch(
            loss.crossEntropy(),
            loss.rateTerm(),
            forward.ratesOverTime(shard),
            loss.correct(),
            samples),
        problem(statistics, loss));
  }

  /** The first thing that is not finite, in the order in which it is computed; or null. */
  private String problem(float[] statistics, Loss loss) {
    String problem = notFinite(layout.statistics(), statistics, "statistic ");
    return problem == null && !Double.isFinite(loss.total())
        ? "the loss is " + loss.total()
        : problem;
  }

  private static String notFinite(ParameterLayout layout, float[] values, String what) {
    for (Window window : layout.windows()) {
      float largest = REDUCTIONS.largestMagnitude(values, window.offset(), window.length());
      if (!Float.isFinite(largest)) {
        return what + window.name() + " is " + largest;
      }
    }
    return null;
  }

  /**
   * What the layers did.
   *
   * @param linears the readout's weights
   * @param shards that were computed together
   */
  record Forward(List<SpikingPass> passes, List<LinearWeights> linears, int timesteps, int shards) {
    /** What the readout sees. */
    Activation last() {
      return passes.get(passes.size() - 1).output();
    }

    /** Firing rates of a shard by layer. */
    double[] rates(int shard) {
      return passes.stream().mapToDouble(pass -> pass.firingRate(shard)).toArray();
    }

    /** The same by layer, then timestep. */
    double[] ratesOverTime(int shard) {
      return passes.stream()
          .flatMapToDouble(pass -> Arrays.stream(pass.firingRates(shard)))
          .toArray();
    }
  }

  private Forward forward(SynapticWeights packed, Input input, Workspace workspace) {
    UnpackedWeights weights = sharedWeights.of(packed);
    List<SpikingPass> passes = new ArrayList<>();
    for (int i = 0; i < layers.size(); i++) {
      List<Activation> inputs =
          layout.spec().layers().get(i).branches().stream()
              .<Activation>map(branch -> source(branch, passes, input))
              .toList();
      passes.add(
          layers
              .get(i)
              .forward(
                  inputs, weights.branches().get(i), input.shards(), input.batch(), workspace));
    }
    return new Forward(
        passes, weights.readout(workspace), layout.spec().timesteps(), input.shards());
  }

  /** {@code [T, B, classes]} of one shard, as its loss sees them. */
  float[] logits(SynapticWeights packed, Input input, Workspace workspace) {
    Forward forward = forward(packed, input, workspace);
    return readout.forward(forward.last(), forward.linears(), workspace).logits();
  }

  private static Activation source(Branch branch, List<SpikingPass> passes, Input input) {
    return branch.source() == NetworkSpec.INPUT
        ? input.values()
        : passes.get(branch.source()).output();
  }

  private void backward(
      Forward forward, ShardLosses losses, Parameters gradient, Workspace workspace) {
    List<List<FloatTensor>> waiting = new ArrayList<>();
    layers.forEach(layer -> waiting.add(new ArrayList<>()));
    workspace.reserve(largestLayer(forward));
    waiting.get(layers.size() - 1).add(losses.last());
    for (int i = layers.size() - 1; i >= 0; i--) {
      Layer spec = layout.spec().layers().get(i);
      List<FloatTensor> parts = twoAtMost(waiting.get(i), workspace);
      float[] spikeGradients = spikeGradients(forward, losses, i);
      List<FloatTensor> branches =
          forward.passes().get(i).backward(parts, spikeGradients, gradient, workspace);
      for (int b = 0; b < branches.size(); b++) {
        Branch branch = spec.branches().get(b);
        if (branch.source() != NetworkSpec.INPUT) {
          waiting.get(branch.source()).add(branches.get(b));
        }
      }
    }
  }

  /** The shape of the spikes of the layer that has most; gradients of small layers come first. */
  private static int[] largestLayer(Forward forward) {
    return forward.passes().stream()
        .map(pass -> pass.spikes())
        .max(Comparator.comparingInt(Activation::size))
        .orElseThrow()
        .shape();
  }

  /** The firing-rate term reaches every spike of a shard and layer with the same gradient. */
  private float[] spikeGradients(Forward forward, ShardLosses losses, int layer) {
    Layer spec = layout.spec().layers().get(layer);
    int images = forward.passes().get(layer).output().dimension(0) / forward.shards();
    float[] gradients = new float[forward.shards()];
    for (int s = 0; s < gradients.length; s++) {
      double ofRate = losses.of().get(s).rateGradient()[layer];
      gradients[s] = (float) (ofRate / ((double) images * spec.neurons()));
    }
    return gradients;
  }

  /** The neuron's kernel adds two gradients as it reads them; more are added up before. */
  private static List<FloatTensor> twoAtMost(List<FloatTensor> parts, Workspace workspace) {
    while (parts.size() > 2) {
      FloatTensor last = parts.remove(parts.size() - 1);
      parts.get(0).array().addi(last.array());
      workspace.give(last);
    }
    return parts;
  }

  /** Batch means, unbiased variances and membrane scales, in statistics layout. */
  private float[] statistics(Forward forward, int shard) {
    Parameters statistics = Parameters.zeros(layout.statistics());
    for (int i = 0; i < layers.size(); i++) {
      Layer spec = layout.spec().layers().get(i);
      SpikingPass pass = forward.passes().get(i);
      for (int b = 0; b < spec.branches().size(); b++) {
        if (spec.branches().get(b) instanceof Convolved branch) {
          store(statistics, branch.convolution(), pass.statistics(b, shard));
        }
      }
      if (layout.spec().membraneScales(i) > 0) {
        statistics.setInPlace(NetworkLayout.membraneScale(spec), pass.membraneScales(shard));
      }
    }
    return statistics.values();
  }

  private static void store(Parameters target, Convolution convolution, Statistics statistics) {
    float[] mean = new float[convolution.outChannels()];
    float[] variance = new float[convolution.outChannels()];
    for (int c = 0; c < mean.length; c++) {
      mean[c] = (float) statistics.mean()[c];
      variance[c] = (float) statistics.unbiasedVariance(c);
    }
    target.setInPlace(NetworkLayout.runningMean(convolution), mean);
    target.setInPlace(NetworkLayout.runningVariance(convolution), variance);
  }
}
