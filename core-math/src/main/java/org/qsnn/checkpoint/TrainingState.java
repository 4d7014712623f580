package org.qsnn.checkpoint;

import java.util.Map;
import org.qsnn.optimize.OptimizerState;
import org.qsnn.parameter.Parameters;

/**
 * Where a training is: all that the steps to come depend on. The arrays are not copied.
 *
 * @param epoch current epoch, from 0
 * @param step next step to do within the epoch, from 0
 * @param parameters latent parameters
 * @param statistics running statistics of batch normalization, and membrane scales
 * @param optimizer what the optimizer keeps
 * @param epochSums sums for the metrics of the epoch so far; their meaning is the training loop's
 * @param epochStartSigns signs of the binary weights when the epoch started, packed; likewise
 * @param bestEpoch epoch of the best validation accuracy so far, or {@link #NONE}
 * @param bestAccuracy that accuracy, 0 to 1, or {@link #NONE}
 * @param steps steps applied since the training started
 * @param metadata what the state belongs to, for example seed and configuration hash
 */
public record TrainingState(
    int epoch,
    int step,
    Parameters parameters,
    Parameters statistics,
    OptimizerState optimizer,
    double[] epochSums,
    byte[] epochStartSigns,
    int bestEpoch,
    double bestAccuracy,
    long steps,
    Map<String, String> metadata) {

  /** The same with other sums. */
  public TrainingState withEpochSums(double[] sums) {
    return new TrainingState(
        epoch,
        step,
        parameters,
        statistics,
        optimizer,
        sums,
        epochStartSigns,
        bestEpoch,
        bestAccuracy,
        steps,
        metadata);
  }

  /** As best epoch and best accuracy: no epoch was validated yet. */
  public static final int NONE = -1;

  public TrainingState {
    metadata = Map.copyOf(metadata);
    if (epoch < 0 || step < 0 || steps < 0) {
      throw new IllegalArgumentException(
          "epoch " + epoch + ", step " + step + ", steps " + steps + ": none may be negative");
    }
    if (bestEpoch < NONE || !(bestAccuracy == NONE || (bestAccuracy >= 0 && bestAccuracy <= 1))) {
      throw new IllegalArgumentException(
          "best epoch " + bestEpoch + ", best accuracy " + bestAccuracy);
    }
    int expected = parameters.layout().size();
    optimizer
        .vectors()
        .forEach(
            (name, vector) -> {
              if (vector.layout().size() != expected) {
                throw new IllegalArgumentException(
                    name + ": expected " + expected + " values, found " + vector.layout().size());
              }
            });
  }
}
