package org.qsnn.bench;

import java.util.ArrayList;
import java.util.List;
import org.qsnn.checkpoint.TrainingState;
import org.qsnn.model.NetworkSpec;
import org.qsnn.model.NetworkSpec.Branch;
import org.qsnn.model.NetworkSpec.Convolved;
import org.qsnn.model.NetworkSpec.Layer;
import org.qsnn.network.ShardGradient;
import org.qsnn.parameter.NetworkLayout;
import org.qsnn.quantize.SynapticWeights;
import org.qsnn.quantize.WeightQuantizer;
import org.qsnn.sample.RandomSamples;
import org.qsnn.sample.Samples;
import org.qsnn.tensor.NativeRuntime;
import org.qsnn.train.BatchPlan;
import org.qsnn.train.EarlyEpochs;
import org.qsnn.train.InitialState;
import org.qsnn.train.ShardTask;

/**
 * What one task's step is made of: the whole step on the calling thread, then each kernel of each
 * layer alone, on spikes as frequent as they were in that step.
 */
public final class KernelBenchmark {
  private final BenchmarkOptions options;
  private final NetworkSpec network;
  private final SynapticWeights weights;

  public KernelBenchmark(BenchmarkOptions options) {
    this.options = options;
    this.network = options.network();
    NetworkLayout layout = NetworkLayout.of(network);
    TrainingState state = InitialState.of(layout, 1);
    this.weights = new WeightQuantizer(layout).quantize(state.parameters());
  }

  public KernelReport measure() {
    NativeRuntime.start();
    RandomSamples random =
        new RandomSamples(options.frames(), network.inputChannels(), network.inputSize());
    Samples samples = random.draw(options.shardBatch(), network.classes());
    ShardTask task =
        new ShardTask(
            network,
            random,
            new BatchPlan(1, options.shardBatch()),
            Benchmark.LOSS,
            options.backward(),
            EarlyEpochs.NONE);
    ShardGradient gradient = task.gradient(weights, samples, 0, 0, 0);
    double step = Stopwatch.seconds(() -> task.gradient(weights, samples, 0, 0, 0));
    return new KernelReport(options, step, kernels(gradient));
  }

  private List<KernelTime> kernels(ShardGradient step) {
    List<KernelTime> times = new ArrayList<>();
    int convolution = 0;
    for (int i = 0; i < network.layers().size(); i++) {
      Layer layer = network.layers().get(i);
      for (Branch branch : layer.branches()) {
        if (branch instanceof Convolved convolved) {
          times.addAll(synapses(layer, convolved, convolution++, step).measure());
        }
      }
      times.addAll(new NeuronKernels(network, i, options.shardBatch(), options.frames()).measure());
    }
    return times;
  }

  private SynapseKernels synapses(
      Layer layer, Convolved branch, int convolution, ShardGradient step) {
    boolean isFirst = branch.source() == NetworkSpec.INPUT;
    int frames = isFirst ? options.frames() : network.timesteps();
    return new SynapseKernels(
        network,
        layer,
        branch,
        weights.tensors().get(convolution),
        frames * options.shardBatch(),
        network.timesteps() / frames,
        isFirst ? 0 : step.rate(branch.source(), network.timesteps()),
        options.gradientBits());
  }
}
