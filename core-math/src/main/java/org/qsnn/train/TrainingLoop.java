package org.qsnn.train;

import java.util.Arrays;
import java.util.Map;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.qsnn.DivergedException;
import org.qsnn.checkpoint.TrainingState;
import org.qsnn.metric.EpochMetrics;
import org.qsnn.metric.EpochSums;
import org.qsnn.metric.Evaluation;
import org.qsnn.metric.SignFlips;
import org.qsnn.model.NetworkSpec;
import org.qsnn.model.PackedModel;
import org.qsnn.model.QuantizedTensor;
import org.qsnn.network.ModelPacker;
import org.qsnn.network.ShardGradient;
import org.qsnn.optimize.LearningRateSchedule;
import org.qsnn.optimize.Optimizer;
import org.qsnn.parameter.NetworkLayout;
import org.qsnn.parameter.ParameterInitializer;
import org.qsnn.parameter.Parameters;
import org.qsnn.parameter.RunningStatistics;
import org.qsnn.quantize.Annealing;
import org.qsnn.quantize.AnnealingSchedule;
import org.qsnn.quantize.SynapticWeights;
import org.qsnn.quantize.WeightQuantizer;

/**
 * The training of one network, the same on a laptop and on a cluster: latent weights and WS-DR are
 * here, gradients come from a {@link GradientSource}. Everything that the next step depends on is
 * in the {@link TrainingState}, so resuming is not a mode: a run starts from the newest state there
 * is.
 */
public final class TrainingLoop {
  private static final Logger LOG = LogManager.getLogger();

  private final NetworkLayout layout;
  private final TrainingOptions options;
  private final WeightQuantizer quantizer;
  private final Optimizer optimizer;
  private final LearningRateSchedule learningRates;
  private final AnnealingSchedule annealings;
  private final Ports ports;
  private final Map<String, String> provenance;

  /**
   * What the loop reaches beyond itself.
   *
   * @param validation null where nothing is left to validate on
   */
  public record Ports(
      GradientSource gradients, Evaluator validation, RunStore store, TrainingListener listener) {}

  /**
   * @param provenance goes into packed models as it is
   */
  public TrainingLoop(
      NetworkSpec network, TrainingOptions options, Ports ports, Map<String, String> provenance) {
    this.layout = NetworkLayout.of(network);
    this.options = options;
    this.quantizer = new WeightQuantizer(layout);
    this.optimizer = new Optimizer((float) options.momentum(), (float) options.weightDecay());
    this.learningRates = new LearningRateSchedule(options.learningRate(), options.epochs());
    this.annealings = new AnnealingSchedule(options.epochs());
    this.ports = ports;
    this.provenance = Map.copyOf(provenance);
  }

  /**
   * Trains to the last epoch and returns the state after its last step.
   *
   * @throws DivergedException if a loss or a gradient is not finite
   */
  public TrainingState run() {
    int steps = options.steps();
    TrainingState state = ports.store().newestState().orElseGet(this::initialState);
    while (state.epoch() < options.epochs()) {
      state = endEpoch(trainEpoch(state, steps));
      ports.store().writeState(state);
    }
    return state;
  }

  private TrainingState initialState() {
    Parameters parameters = ParameterInitializer.parameters(layout, options.seed());
    return new TrainingState(
        0,
        0,
        parameters,
        ParameterInitializer.statistics(layout),
        Parameters.zeros(layout.parameters()),
        EpochSums.empty(layout.spec().layers().size()).flatten(),
        signs(parameters),
        TrainingState.NONE,
        TrainingState.NONE,
        0,
        Map.of());
  }

  /** Steps from the state's step to the epoch's last. */
  private TrainingState trainEpoch(TrainingState start, int steps) {
    EpochSums sums = EpochSums.restore(start.epochSums());
    TrainingState state = start;
    long checkpointed = System.nanoTime();
    for (int step = start.step(); step < steps; step++) {
      sums = sums.merge(step(state, step));
      state = after(state, step + 1, sums);
      ports.listener().stepDone(state.epoch(), step, steps, sums);
      if (System.nanoTime() - checkpointed >= options.checkpointEvery().toNanos()) {
        ports.store().writeState(state);
        checkpointed = System.nanoTime();
      }
    }
    return state;
  }

  /** One step, from the latent weights to the latent weights; changes the state's arrays. */
  private EpochSums step(TrainingState state, int step) {
    long start = System.nanoTime();
    Parameters latent = state.parameters();
    Annealing annealing = annealings.at(state.epoch());
    SynapticWeights weights = quantizer.quantize(latent);
    GradientSource.Sum sum = ports.gradients().gradient(weights, state.epoch(), step);
    ShardGradient mean = sum.total().mean();
    mean.problem().ifPresent(problem -> diverged(state, step, problem));
    quantizer.backwardInPlace(latent, mean.gradient(), annealing);
    RunningStatistics.updateInPlace(
        layout, state.statistics(), latent, mean.statistics(), state.steps() == 0);
    optimizer.stepInPlace(
        latent, state.momentum().values(), mean.gradient(), learningRates.at(state.epoch()));
    double seconds = (System.nanoTime() - start) / 1e9;
    return EpochSums.ofStep(
        new EpochSums.Loss(
            mean.crossEntropy() + mean.rateTerm(), mean.crossEntropy(), mean.rateTerm()),
        mean.correct(),
        mean.samples(),
        mean.rates(),
        new EpochSums.Seconds(
            sum.computeSeconds(),
            sum.reduceSeconds(),
            Math.max(0, seconds - sum.computeSeconds() - sum.reduceSeconds())));
  }

  private static void diverged(TrainingState state, int step, String problem) {
    throw new DivergedException(
        "training diverged in epoch %d, step %d: %s. The last checkpoint is intact; a lower"
                .formatted(state.epoch() + 1, step, problem)
            + " train.learning-rate may help");
  }

  /** Validates, reports, and turns to the next epoch. */
  private TrainingState endEpoch(TrainingState state) {
    SynapticWeights weights = quantizer.quantize(state.parameters());
    PackedModel model =
        ModelPacker.pack(layout, weights, state.parameters(), state.statistics(), provenance);
    long start = System.nanoTime();
    Evaluation validation = ports.validation() == null ? null : ports.validation().evaluate(model);
    double seconds = (System.nanoTime() - start) / 1e9;
    byte[] signs = signs(weights);
    EpochMetrics row = row(state, signs, validation, seconds);
    boolean isBest = validation == null || validation.accuracy() > state.bestAccuracy();
    if (isBest) {
      ports.store().writeModel(state.epoch(), model);
    }
    ports.store().writeMetrics(row);
    ports.listener().epochDone(row);
    LOG.debug("epoch {} ended after {} steps", state.epoch(), state.steps());
    return new TrainingState(
        state.epoch() + 1,
        0,
        state.parameters(),
        state.statistics(),
        state.momentum(),
        EpochSums.empty(layout.spec().layers().size()).flatten(),
        signs,
        isBest ? state.epoch() : state.bestEpoch(),
        isBest && validation != null ? validation.accuracy() : state.bestAccuracy(),
        state.steps(),
        state.metadata());
  }

  private EpochMetrics row(
      TrainingState state, byte[] signs, Evaluation validation, double validationSeconds) {
    Annealing annealing = annealings.at(state.epoch());
    return EpochMetrics.of(
        state.epoch(),
        layout.spec(),
        EpochSums.restore(state.epochSums()),
        new EpochMetrics.Schedule(learningRates.at(state.epoch()), annealing.k(), annealing.t()),
        new EpochMetrics.EpochEnd(
            SignFlips.perLayer(layout.spec(), state.epochStartSigns(), signs),
            SignFlips.binaryWeights(layout.spec()),
            validation,
            validationSeconds));
  }

  private static TrainingState after(TrainingState state, int nextStep, EpochSums sums) {
    return new TrainingState(
        state.epoch(),
        nextStep,
        state.parameters(),
        state.statistics(),
        state.momentum(),
        sums.flatten(),
        state.epochStartSigns(),
        state.bestEpoch(),
        state.bestAccuracy(),
        state.steps() + 1,
        state.metadata());
  }

  private byte[] signs(Parameters latent) {
    return signs(quantizer.quantize(latent));
  }

  private static byte[] signs(SynapticWeights weights) {
    QuantizedTensor[] tensors = new QuantizedTensor[weights.convolutions() + 1];
    Arrays.setAll(
        tensors, i -> i < weights.convolutions() ? weights.convolution(i) : weights.readout());
    return SignFlips.signs(Arrays.asList(tensors));
  }
}
