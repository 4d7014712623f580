package org.qsnn.train;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.qsnn.checkpoint.Checkpoint;
import org.qsnn.checkpoint.LearnedWeights;
import org.qsnn.checkpoint.TrainingState;
import org.qsnn.metric.EpochMetrics;
import org.qsnn.metric.EpochSums;
import org.qsnn.metric.Evaluation;
import org.qsnn.metric.SignFlips;
import org.qsnn.model.ModelDescription;
import org.qsnn.model.NetworkSpec;
import org.qsnn.model.PackedModel;
import org.qsnn.network.ModelPacker;
import org.qsnn.optimize.Descent;
import org.qsnn.optimize.LearningRateSchedule;
import org.qsnn.parameter.NetworkLayout;
import org.qsnn.parameter.Parameters;
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
  private final NetworkLayout layout;
  private final TrainingOptions options;
  private final WeightQuantizer quantizer;
  private final TrainingStep step;
  private final LearningRateSchedule learningRates;
  private final AnnealingSchedule annealings;
  private final Ports ports;
  private final ModelDescription description;

  /**
   * What the loop reaches beyond itself.
   *
   * @param validation null where nothing is left to validate on
   * @param stop asked after every step; true ends the training where it is
   */
  public record Ports(
      GradientSource gradients,
      Evaluator validation,
      RunStore store,
      TrainingListener listener,
      BooleanSupplier stop) {

    /** Of a training that nobody stops. */
    public Ports(
        GradientSource gradients, Evaluator validation, RunStore store, TrainingListener listener) {
      this(gradients, validation, store, listener, () -> false);
    }
  }

  /**
   * @param description goes into packed models; its provenance into training states too
   */
  public TrainingLoop(
      NetworkSpec network, TrainingOptions options, Ports ports, ModelDescription description) {
    this.layout = NetworkLayout.of(network);
    this.options = options;
    this.quantizer = new WeightQuantizer(layout);
    this.step = new TrainingStep(layout, options, ports.gradients());
    this.learningRates = options.learningRates();
    this.annealings = options.annealings();
    this.ports = ports;
    this.description = description;
  }

  /**
   * Trains to the last epoch and returns the state after its last step; or, if it is stopped before
   * that, the state where it was, which is stored.
   *
   * @throws org.qsnn.DivergedException if a loss or a gradient is not finite
   */
  public TrainingState run() {
    return runUntil(options.epochs());
  }

  /**
   * The same to the end of an earlier epoch: what is computed until then is part of the whole
   * training, whose options say nothing of where it pauses.
   *
   * @param epochs from the first, at most all
   */
  public TrainingState runUntil(int epochs) {
    int steps = options.steps();
    TrainingState state = ports.store().newestState().orElseGet(this::initialState);
    while (state.epoch() < Math.min(epochs, options.epochs())) {
      state = trainEpoch(state, steps);
      TrainingState trained = state;
      Optional<TrainingState> ended = unlessStopped(() -> endEpoch(trained));
      if (ended.isEmpty()) {
        ports.store().writeState(state);
        break;
      }
      state = stored(ended.get());
    }
    return state;
  }

  private TrainingState initialState() {
    LearnedWeights start =
        ports.store().start().orElseGet(() -> InitialState.drawn(layout, options.seed()));
    return InitialState.of(layout, start, options.descent(), description.provenance());
  }

  /** Empty if the training is stopped before, or while others computed for it. */
  private <T> Optional<T> unlessStopped(Supplier<T> work) {
    if (ports.stop().getAsBoolean()) {
      return Optional.empty();
    }
    try {
      return Optional.of(work.get());
    } catch (CancellationException e) {
      if (ports.stop().getAsBoolean()) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /** Steps from the state's step to the epoch's last, unless it is stopped. */
  private TrainingState trainEpoch(TrainingState start, int steps) {
    EpochSums sums = EpochSums.restore(start.epochSums());
    TrainingState state = start;
    long checkpointed = System.nanoTime();
    for (int index = start.step(); index < steps; index++) {
      int next = index;
      TrainingState before = state;
      Optional<EpochSums> taken = unlessStopped(() -> step.take(before, next));
      if (taken.isEmpty()) {
        break;
      }
      sums = sums.merge(taken.get());
      state = after(state, index + 1, sums);
      ports.listener().stepDone(state.epoch(), index, steps, sums);
      if (System.nanoTime() - checkpointed >= options.checkpointEvery().toNanos()) {
        state = stored(state);
        sums = EpochSums.restore(state.epochSums());
        checkpointed = System.nanoTime();
      }
    }
    return state;
  }

  /** The state, stored; the seconds that it took count as the driver's in the current epoch. */
  private TrainingState stored(TrainingState state) {
    long start = System.nanoTime();
    ports.store().writeState(state);
    double seconds = (System.nanoTime() - start) / 1e9;
    return state.withEpochSums(
        EpochSums.restore(state.epochSums()).plusDriverSeconds(seconds).flatten());
  }

  /** Validates, reports, and turns to the next epoch. */
  private TrainingState endEpoch(TrainingState state) {
    SynapticWeights weights = quantizer.quantize(state.parameters());
    long start = System.nanoTime();
    PackedModel model = model(state, weights);
    Evaluation validation = ports.validation() == null ? null : ports.validation().evaluate(model);
    double seconds = (System.nanoTime() - start) / 1e9;
    byte[] signs = InitialState.signs(weights);
    EpochMetrics row = row(state, signs, validation, seconds);
    // Of epochs that validate alike the last was trained longest, at the lowest learning rate.
    boolean isBest = validation == null || validation.accuracy() >= state.bestAccuracy();
    if (isBest) {
      ports.store().writeModel(state.epoch(), model);
    }
    ports.store().writeMetrics(row);
    ports.listener().epochDone(row);
    return new TrainingState(
        state.epoch() + 1,
        0,
        state.parameters(),
        state.statistics(),
        state.optimizer(),
        EpochSums.empty(layout.spec().layers().size(), layout.spec().timesteps()).flatten(),
        signs,
        isBest ? state.epoch() : state.bestEpoch(),
        isBest && validation != null ? validation.accuracy() : state.bestAccuracy(),
        state.steps(),
        state.metadata());
  }

  /** Of the averaged parameters if there are, with statistics of their own. */
  private PackedModel model(TrainingState state, SynapticWeights weights) {
    Descent descent = options.descent();
    if (!descent.averaging().isOn()) {
      return ModelPacker.pack(layout, weights, state.parameters(), state.statistics(), description);
    }
    Parameters kept = descent.kept(state.parameters(), state.optimizer());
    return ModelPacker.pack(
        layout, quantizer.quantize(kept), kept, step.statistics(state, kept), description);
  }

  private EpochMetrics row(
      TrainingState state, byte[] signs, Evaluation validation, double validationSeconds) {
    Annealing annealing = annealings.at(state.epoch());
    return EpochMetrics.of(
        state.epoch(),
        layout.spec(),
        EpochSums.restore(state.epochSums()),
        new EpochMetrics.Schedule(
            learningRates.at(state.epoch(), options.steps() - 1, options.steps()),
            annealing.k(),
            annealing.t()),
        new EpochMetrics.EpochEnd(
            SignFlips.perLayer(layout.spec(), state.epochStartSigns(), signs),
            SignFlips.binaryWeights(layout.spec()),
            quantizer.distributions(state.parameters()),
            validation,
            validationSeconds,
            hashes(state)));
  }

  private static EpochMetrics.Hashes hashes(TrainingState state) {
    Map<String, String> windows = new LinkedHashMap<>();
    windows.putAll(Checkpoint.windowsSha256(state.parameters()));
    windows.putAll(Checkpoint.windowsSha256(state.statistics()));
    return new EpochMetrics.Hashes(
        Checkpoint.parametersSha256(state.parameters(), state.statistics()), windows);
  }

  private static TrainingState after(TrainingState state, int nextStep, EpochSums sums) {
    return new TrainingState(
        state.epoch(),
        nextStep,
        state.parameters(),
        state.statistics(),
        state.optimizer(),
        sums.flatten(),
        state.epochStartSigns(),
        state.bestEpoch(),
        state.bestAccuracy(),
        state.steps() + 1,
        state.metadata());
  }
}
