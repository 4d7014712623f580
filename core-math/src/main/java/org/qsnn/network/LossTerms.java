package org.qsnn.network;

import java.io.Serializable;
import org.qsnn.model.LifNeuron;

/**
 * How a loss is made up.
 *
 * @param rate λ of the firing-rate term (WS-DR's spike regulation); 0 switches it off
 * @param overLayers of the firing-rate term
 * @param labelSmoothing ε: the target is 1 − ε for the label and ε spread over all classes evenly
 *     (Szegedy et al. 2016); 0 for one-hot targets
 * @param meanSquare part of the term that draws every logit of every timestep to the threshold, at
 *     the cost of the cross entropy (temporal efficient training: Deng et al. 2022, Eq. 9 and 10);
 *     0 switches it off
 * @param threshold of the network's neurons
 * @param distillation what a teacher has to say in the cross entropy
 */
public record LossTerms(
    double rate,
    OverLayers overLayers,
    double labelSmoothing,
    double meanSquare,
    double threshold,
    Distillation distillation)
    implements Serializable {
  /** How the layers' firing-rate terms become one. */
  public enum OverLayers {
    MEAN,
    /** As the paper writes it (Wei et al. 2024, Eq. 15). */
    SUM
  }

  public LossTerms {
    requireShare("label smoothing", labelSmoothing);
    requireShare("mean square", meanSquare);
  }

  /** With the threshold of the published code's neurons, and without a teacher. */
  public LossTerms(double rate, OverLayers overLayers, double labelSmoothing, double meanSquare) {
    this(rate, overLayers, labelSmoothing, meanSquare, LifNeuron.THRESHOLD, Distillation.OFF);
  }

  private static void requireShare(String name, double value) {
    if (!(value >= 0 && value < 1)) {
      throw new IllegalArgumentException(name + ": must be at least 0 and below 1; found " + value);
    }
  }

  /** The published code's: cross entropy of one-hot targets, and the firing-rate term. */
  public static LossTerms of(double rate) {
    return new LossTerms(rate, OverLayers.MEAN, 0, 0);
  }
}
