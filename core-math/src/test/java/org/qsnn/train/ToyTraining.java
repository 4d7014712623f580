package org.qsnn.train;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.qsnn.checkpoint.Checkpoint;
import org.qsnn.checkpoint.TrainingState;
import org.qsnn.metric.EpochMetrics;
import org.qsnn.metric.EpochSums;
import org.qsnn.model.Architecture;
import org.qsnn.model.Architectures;
import org.qsnn.model.BackwardPass;
import org.qsnn.model.LifNeuron;
import org.qsnn.model.MembraneBits;
import org.qsnn.model.ModelDescription;
import org.qsnn.model.NetworkSpec;
import org.qsnn.model.PackedModel;
import org.qsnn.model.WeightScheme;
import org.qsnn.network.LossTerms;
import org.qsnn.network.ModelPacker;
import org.qsnn.optimize.Descent;
import org.qsnn.optimize.Optimizer;
import org.qsnn.optimize.Sgd;
import org.qsnn.parameter.NetworkLayout;
import org.qsnn.parameter.Parameters;
import org.qsnn.quantize.SynapticWeights;
import org.qsnn.quantize.WeightQuantizer;
import org.qsnn.sample.SampleDecoder;
import org.qsnn.sample.Samples;

/**
 * Trains a network of a few channels on {@link Stripes}: two shards, batches of two times eight.
 */
record ToyTraining(
    NetworkSpec network,
    TrainingOptions options,
    SampleDecoder decoder,
    List<Samples> shards,
    Evaluator validation) {
  static final int SHARDS = 2;
  static final int STEPS = 3;
  private static final int SHARD_BATCH = 8;
  private static final int SAMPLES = STEPS * SHARDS * SHARD_BATCH + 5;

  /** Writes a checkpoint after every step. */
  static ToyTraining of(long seed, int epochs) {
    TrainingOptions options =
        new TrainingOptions(
            seed,
            SAMPLES,
            epochs,
            SHARDS,
            SHARD_BATCH,
            Descent.of(Sgd.standard(), 0.1),
            Duration.ZERO);
    Samples held = Stripes.samples(1000, 1, 20);
    EvaluationTask evaluation = new EvaluationTask(new Stripes());
    return new ToyTraining(
        vggsnn(1),
        options,
        new Stripes(),
        Stripes.shards(SHARDS, SAMPLES),
        model -> evaluation.evaluate(model, held));
  }

  static NetworkSpec vggsnn(int width) {
    return Architectures.VGGSNN.spec(
        width, 2, 1, Stripes.SIZE, Stripes.CLASSES, WeightScheme.REGULATED, 8);
  }

  /** A network whose head averages over all positions. */
  static NetworkSpec averaging(int size) {
    return custom(size, ", global-average-pool");
  }

  static NetworkSpec custom(int size, String pool) {
    String layers = "conv 4, max-pool 2, conv 4, conv 4" + pool + ", readout";
    Architecture architecture = Architectures.of("custom", layers);
    return architecture.spec(
        4,
        2,
        1,
        size,
        Stripes.CLASSES,
        WeightScheme.REGULATED,
        MembraneBits.parse("8"),
        LifNeuron.PUBLISHED,
        architecture.usualHead());
  }

  ToyTraining with(NetworkSpec other) {
    return new ToyTraining(other, options, decoder, shards, validation);
  }

  ToyTraining with(Optimizer optimizer, double learningRate) {
    return with(Descent.of(optimizer, learningRate));
  }

  ToyTraining with(Descent descent) {
    TrainingOptions o = options;
    return with(
        new TrainingOptions(
            o.seed(),
            o.samples(),
            o.epochs(),
            o.shards(),
            o.shardBatch(),
            descent,
            o.checkpointEvery()));
  }

  ToyTraining with(EarlyEpochs early) {
    TrainingOptions o = options;
    return with(
        new TrainingOptions(
            o.seed(),
            o.samples(),
            o.epochs(),
            o.shards(),
            o.shardBatch(),
            o.descent(),
            o.checkpointEvery(),
            o.annealings(),
            early));
  }

  ToyTraining with(TrainingOptions other) {
    return new ToyTraining(network, other, decoder, shards, validation);
  }

  ToyTraining with(SampleDecoder other) {
    return new ToyTraining(network, options, other, shards, validation);
  }

  ToyTraining with(Evaluator other) {
    return new ToyTraining(network, options, decoder, shards, other);
  }

  ToyTraining with(Duration checkpointEvery) {
    TrainingOptions o = options;
    return with(
        new TrainingOptions(
            o.seed(),
            o.samples(),
            o.epochs(),
            o.shards(),
            o.shardBatch(),
            o.descent(),
            checkpointEvery));
  }

  ShardTask task() {
    return new ShardTask(
        network,
        decoder,
        options.plan(),
        LossTerms.of(0.005),
        BackwardPass.PUBLISHED,
        options.early());
  }

  GradientSource gradients() {
    return new LocalGradientSource(task(), shards);
  }

  TrainingState run(RunStore store) {
    return run(store, () -> false);
  }

  TrainingState run(RunStore store, BooleanSupplier stop) {
    return run(store, stop, gradients());
  }

  TrainingState run(RunStore store, BooleanSupplier stop, GradientSource gradients) {
    TrainingLoop.Ports ports =
        new TrainingLoop.Ports(gradients, validation, store, new Silent(), stop);
    return new TrainingLoop(
            network, options, ports, ModelDescription.of(Map.of("dataset", "stripes")))
        .run();
  }

  /** The network packed with its first weights and the statistics of a batch. */
  PackedModel untrained() {
    NetworkLayout layout = NetworkLayout.of(network);
    Parameters latent = InitialState.of(layout, 1).parameters();
    SynapticWeights weights = new WeightQuantizer(layout).quantize(latent);
    float[] statistics = task().gradient(weights, shards.get(0), 0, 0, 0).statistics();
    return ModelPacker.pack(
        layout,
        weights,
        latent,
        new Parameters(layout.statistics(), statistics),
        ModelDescription.of(Map.of()));
  }

  MemoryStore store() {
    return new MemoryStore(NetworkLayout.of(network), options.descent());
  }

  static String sha256(TrainingState state) {
    return Checkpoint.parametersSha256(state.parameters(), state.statistics());
  }

  private static final class Silent implements TrainingListener {
    @Override
    public void stepDone(int epoch, int step, int steps, EpochSums sums) {}

    @Override
    public void epochDone(EpochMetrics row) {}
  }
}
