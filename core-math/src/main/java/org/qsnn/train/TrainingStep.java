package org.qsnn.train;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.qsnn.DivergedException;
import org.qsnn.checkpoint.TrainingState;
import org.qsnn.metric.EpochSums;
import org.qsnn.network.ShardGradient;
import org.qsnn.optimize.Descent;
import org.qsnn.optimize.LearningRateSchedule;
import org.qsnn.parameter.NetworkLayout;
import org.qsnn.parameter.ParameterLayout.Window;
import org.qsnn.parameter.Parameters;
import org.qsnn.parameter.RunningStatistics;
import org.qsnn.quantize.AnnealingSchedule;
import org.qsnn.quantize.SynapticWeights;
import org.qsnn.quantize.WeightQuantizer;
import org.qsnn.tensor.Reductions;

/**
 * One optimizer step on the driver: WS-DR forward, the shards' gradients, WS-DR backward, the
 * optimizer. The state's arrays are changed in place; a full network has 50 MB of each.
 */
public final class TrainingStep {
  private static final Reductions REDUCTIONS = Reductions.best();
  private static final long SAMPLES_OF_STATISTICS = 2048;

  private final NetworkLayout layout;
  private final WeightQuantizer quantizer;
  private final Descent descent;
  private final EarlyEpochs early;
  private final int steps;
  private final long batch;
  private final LearningRateSchedule learningRates;
  private final AnnealingSchedule annealings;
  private final GradientSource gradients;

  public TrainingStep(NetworkLayout layout, TrainingOptions options, GradientSource gradients) {
    this.layout = layout;
    this.quantizer = new WeightQuantizer(layout);
    this.descent = options.descent();
    this.early = options.early();
    this.steps = options.steps();
    this.batch = (long) options.shards() * options.shardBatch();
    this.learningRates = options.learningRates();
    this.annealings = options.annealings();
    this.gradients = gradients;
  }

  /**
   * Takes a step and returns what it adds to the epoch's sums.
   *
   * @param step within the epoch, from 0
   * @throws DivergedException if a statistic, the loss or a gradient is not finite: the state is
   *     then unchanged; or if a parameter is no longer finite after the step
   */
  public EpochSums take(TrainingState state, int step) {
    long start = System.nanoTime();
    Parameters latent = state.parameters();
    SynapticWeights weights = quantizer.quantize(latent);
    GradientSource.Sum sum = gradients.gradient(weights, state.epoch(), step);
    ShardGradient mean = sum.total().mean();
    mean.problem().ifPresent(problem -> diverged(state, step, problem));
    quantizer.backwardInPlace(latent, mean.gradient(), annealings.at(state.epoch()));
    RunningStatistics.updateInPlace(
        layout, state.statistics(), latent, mean.statistics(), isFirst(state, step));
    float learningRate = learningRates.at(state.epoch(), step, steps);
    descent.stepInPlace(latent, state.optimizer(), mean.gradient(), learningRate, state.steps());
    notFinite(latent).ifPresent(name -> diverged(state, step, "parameter " + name));
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

  /** Whether membranes have their scales for the first time. */
  private boolean isFirst(TrainingState state, int step) {
    return state.steps() == 0 || (early.endsBefore(state.epoch()) && step == 0);
  }

  /**
   * The statistics that belong to parameters which are averaged: no batch of the training was seen
   * with them, and their signs are others (Izmailov et al. 2018). The mean over the epoch's first
   * batches, about {@value #SAMPLES_OF_STATISTICS} samples.
   *
   * @param averaged latent parameters
   * @throws DivergedException if a statistic is not finite
   */
  Parameters statistics(TrainingState state, Parameters averaged) {
    SynapticWeights weights = quantizer.quantize(averaged);
    int batches = (int) Math.min(steps, 1 + (SAMPLES_OF_STATISTICS - 1) / batch);
    List<float[]> seen = new ArrayList<>();
    for (int i = 0; i < batches; i++) {
      ShardGradient mean = gradients.gradient(weights, state.epoch(), i).total().mean();
      int now = i;
      mean.problem().ifPresent(problem -> diverged(state, now, "the averaged weights: " + problem));
      seen.add(mean.statistics());
    }
    return RunningStatistics.mean(layout, averaged, seen);
  }

  /** A latent weight of one bit hides that it is NaN: its sign is always finite. */
  private static Optional<String> notFinite(Parameters latent) {
    return latent.layout().windows().parallelStream()
        .filter(window -> !isFinite(latent.values(), window))
        .map(window -> window.name() + " is not finite")
        .findFirst();
  }

  private static boolean isFinite(float[] values, Window window) {
    return Float.isFinite(REDUCTIONS.largestMagnitude(values, window.offset(), window.length()));
  }

  private static void diverged(TrainingState state, int step, String problem) {
    throw new DivergedException(
        String.format(
                Locale.ROOT,
                "training diverged in epoch %d, step %d: %s. The last checkpoint is intact; a lower",
                state.epoch() + 1,
                step + 1,
                problem)
            + " train.learning-rate may help");
  }
}
