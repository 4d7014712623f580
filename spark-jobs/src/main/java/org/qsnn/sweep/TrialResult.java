package org.qsnn.sweep;

import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.qsnn.config.Objective;
import org.qsnn.metric.SynapticOperations;
import org.qsnn.search.Score;

/**
 * What a trial has achieved with some epochs.
 *
 * @param objectives of the best epoch so far; empty if it diverged or failed
 * @param epochs that were trained
 * @param reason why it diverged or failed; empty if it did not
 * @param parametersSha256 after the last epoch; empty if there is none
 * @param seconds of all epochs
 */
record TrialResult(
    State state,
    Map<Objective, Double> objectives,
    int epochs,
    String parametersSha256,
    double seconds,
    String reason) {

  /** Of a trial that has not come anywhere yet. */
  static final TrialResult NOTHING = ended(State.PAUSED, List.of(), "");

  /** How it went. */
  enum State {
    /** It is trained whole. */
    FINISHED,
    /** It was trained for a while, and may be trained further. */
    PAUSED,
    /** It was trained for a while, and others were better. */
    STOPPED,
    DIVERGED,
    FAILED,
    /** It exceeds a limit and is not trained. */
    OVER_LIMIT
  }

  TrialResult {
    Map<Objective, Double> copy = new EnumMap<>(Objective.class);
    copy.putAll(objectives);
    objectives = Collections.unmodifiableMap(copy);
  }

  static TrialResult trained(Trial trial, List<EpochResult> epochs) {
    EpochResult best = epochs.get(0);
    for (EpochResult epoch : epochs) {
      // As a training keeps its model: of equal ones the last.
      best = epoch.validationAccuracy() >= best.validationAccuracy() ? epoch : best;
    }
    Map<Objective, Double> objectives = new EnumMap<>(Objective.class);
    for (Objective objective : Objective.values()) {
      objectives.put(objective, value(objective, trial, best));
    }
    return of(State.FINISHED, objectives, epochs, "");
  }

  static TrialResult ended(State state, List<EpochResult> epochs, String reason) {
    return of(state, Map.of(), epochs, reason);
  }

  private static TrialResult of(
      State state, Map<Objective, Double> objectives, List<EpochResult> epochs, String reason) {
    return new TrialResult(
        state,
        objectives,
        epochs.size(),
        epochs.isEmpty() ? "" : epochs.get(epochs.size() - 1).parametersSha256(),
        epochs.stream().mapToDouble(EpochResult::seconds).sum(),
        reason);
  }

  private static double value(Objective objective, Trial trial, EpochResult best) {
    double[] rates = best.firingRates().stream().mapToDouble(Double::doubleValue).toArray();
    return switch (objective) {
      case VALIDATION_ACCURACY -> best.validationAccuracy();
      case SYNAPTIC_OPERATIONS -> new SynapticOperations(trial.network()).perSample(rates);
      case FIRING_RATE -> mean(rates);
      case MODEL_BYTES, MEMBRANE_BYTES -> trial.knownBefore(objective);
    };
  }

  private static double mean(double[] rates) {
    double sum = 0;
    for (double rate : rates) {
      sum += rate;
    }
    return sum / rates.length;
  }

  boolean isTrained() {
    return !objectives.isEmpty();
  }

  /** Of repeats of one point: the means, or a failure if any failed. */
  static Score score(List<TrialResult> repeats, List<Objective> objectives) {
    if (!repeats.stream().allMatch(TrialResult::isTrained)) {
      return Score.FAILED;
    }
    return Score.of(
        objectives.stream()
            .mapToDouble(
                objective ->
                    (objective.isMaximized() ? -1 : 1)
                        * repeats.stream()
                            .mapToDouble(result -> result.objectives().get(objective))
                            .average()
                            .orElseThrow())
            .toArray());
  }
}
