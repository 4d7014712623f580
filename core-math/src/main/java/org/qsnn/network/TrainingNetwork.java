package org.qsnn.network;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.DoubleStream;
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
import org.qsnn.model.NetworkSpec.Linear;
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
 * out. Any number of tasks may use it at the same time, each with a workspace of its own: between
 * calls it keeps what its shapes decide and the latest weights, unpacked, which no task changes.
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
   * The mean loss of one shard's batch and its gradient, in parameter layout.
   *
   * @param targets of the batch
   * @param terms what its loss is made up of
   * @throws org.qsnn.ConfigurationException if the input has not the network's shape
   * @throws org.qsnn.DataException if a label is not one of the network's classes
   */
  public ShardGradient gradient(
      SynapticWeights weights, Input input, Targets targets, LossTerms terms, Workspace workspace) {
    input.requireFits(layout.spec());
    Forward forward = forward(weights, input, workspace);
    NetworkSpec spec = layout.spec();
    Loss loss =
        Loss.of(
            forward.logits(), spec.timesteps(), targets, spec.classes(), forward.rates(), terms);
    float[] gradient = backward(forward, loss, workspace);
    float[] statistics = statistics(forward);
    return ShardGradient.of(
        gradient,
        statistics,
        new ShardGradient.Batch(
            loss.crossEntropy(),
            loss.rateTerm(),
            forward.ratesOverTime(),
            loss.correct(),
            targets.samples()),
        problem(statistics, loss, gradient));
  }

  /** The first thing that is not finite, in the order in which it is computed; or null. */
  private String problem(float[] statistics, Loss loss, float[] gradient) {
    String problem = notFinite(layout.statistics(), statistics, "statistic ");
    if (problem == null && !Double.isFinite(loss.total())) {
      problem = "the loss is " + loss.total();
    }
    return problem == null ? notFinite(layout.parameters(), gradient, "gradient of ") : problem;
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

  /** Everything that a backward pass needs. */
  record Forward(List<SpikingPass> passes, Readout.Pass readout, double[] rates) {
    float[] logits() {
      return readout.logits();
    }

    /** Firing rates by layer, then timestep. */
    double[] ratesOverTime() {
      return passes.stream().flatMapToDouble(p -> DoubleStream.of(p.firingRates())).toArray();
    }
  }

  Forward forward(SynapticWeights packed, Input input, Workspace workspace) {
    UnpackedWeights weights = sharedWeights.of(packed);
    List<SpikingPass> passes = new ArrayList<>();
    double[] rates = new double[layers.size()];
    for (int i = 0; i < layers.size(); i++) {
      List<Activation> inputs =
          layout.spec().layers().get(i).branches().stream()
              .<Activation>map(branch -> source(branch, passes, input))
              .toList();
      passes.add(
          layers.get(i).forward(inputs, weights.branches().get(i), input.batch(), workspace));
      rates[i] = passes.get(i).firingRate();
    }
    Activation last = passes.get(passes.size() - 1).output().values();
    List<LinearWeights> linears = weights.readout(workspace);
    return new Forward(passes, readout.forward(last, linears, workspace), rates);
  }

  private static Activation source(Branch branch, List<SpikingPass> passes, Input input) {
    return branch.source() == NetworkSpec.INPUT
        ? input.values()
        : passes.get(branch.source()).output().values();
  }

  private float[] backward(Forward forward, Loss loss, Workspace workspace) {
    Parameters gradient = Parameters.zeros(layout.parameters());
    List<List<FloatTensor>> waiting = new ArrayList<>();
    layers.forEach(layer -> waiting.add(new ArrayList<>()));
    Readout.Gradient last = readout.backward(forward.readout(), loss.logitGradient(), workspace);
    List<Linear> linears = layout.spec().readout().layers();
    for (int i = 0; i < linears.size(); i++) {
      Readout.LinearGradient linear = last.layers().get(i);
      gradient.setInPlace(NetworkLayout.weight(linears.get(i)), linear.weights());
      gradient.setInPlace(NetworkLayout.bias(linears.get(i)), linear.bias());
    }
    workspace.reserve(largestLayer(forward));
    waiting.get(layers.size() - 1).add(last.x());
    for (int i = layers.size() - 1; i >= 0; i--) {
      Layer spec = layout.spec().layers().get(i);
      List<FloatTensor> parts = twoAtMost(waiting.get(i), workspace);
      float spikeGradient = spikeGradient(forward, loss, i);
      List<FloatTensor> branches =
          forward.passes().get(i).backward(parts, spikeGradient, gradient, workspace);
      for (int b = 0; b < branches.size(); b++) {
        Branch branch = spec.branches().get(b);
        if (branch.source() != NetworkSpec.INPUT) {
          waiting.get(branch.source()).add(branches.get(b));
        }
      }
    }
    return gradient.values();
  }

  /** The shape of the spikes of the layer that has most; gradients of small layers come first. */
  private static int[] largestLayer(Forward forward) {
    return forward.passes().stream()
        .map(pass -> pass.spikes())
        .max(Comparator.comparingInt(Activation::size))
        .orElseThrow()
        .shape();
  }

  /** The firing-rate term reaches every spike of a layer with the same gradient. */
  private float spikeGradient(Forward forward, Loss loss, int layer) {
    Layer spec = layout.spec().layers().get(layer);
    int samples = forward.passes().get(layer).output().values().dimension(0);
    return (float) (loss.rateGradient()[layer] / ((double) samples * spec.neurons()));
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
  private float[] statistics(Forward forward) {
    Parameters statistics = Parameters.zeros(layout.statistics());
    for (int i = 0; i < layers.size(); i++) {
      Layer spec = layout.spec().layers().get(i);
      SpikingPass pass = forward.passes().get(i);
      for (int b = 0; b < spec.branches().size(); b++) {
        if (spec.branches().get(b) instanceof Convolved branch) {
          store(statistics, branch.convolution(), pass.statistics(b));
        }
      }
      if (layout.spec().membraneScales(i) > 0) {
        statistics.setInPlace(NetworkLayout.membraneScale(spec), pass.membraneScales());
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
