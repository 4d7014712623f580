package org.qsnn.config;

import org.qsnn.model.QuantizedTensor.Form;
import org.qsnn.model.WeightScheme;
import org.qsnn.model.WeightScheme.Standardized;
import org.qsnn.network.LossTerms.OverLayers;
import org.qsnn.quantize.AnnealingSchedule;

/**
 * {@code ws-dr.*}: the two halves of weight-spike dual regulation.
 *
 * @param standardization over which weights a mean and a deviation are taken
 * @param weightScale what the sign of a regulated weight is multiplied by
 * @param annealing ends of the sign's estimator
 * @param spikeRegulation λ, the weight of the firing-rate term of the loss; 0 switches it off
 * @param overLayers how the layers' firing-rate terms become one
 */
public record WsDrSection(
    boolean weightRegulation,
    Standardization standardization,
    WeightScale weightScale,
    Annealing annealing,
    double spikeRegulation,
    OverLayers overLayers) {
  /** {@code ws-dr.standardization} */
  public enum Standardization {
    CHANNEL,
    LAYER
  }

  /** {@code ws-dr.weight-scale} */
  public enum WeightScale {
    POWER_OF_TWO,
    MEAN
  }

  /**
   * {@code ws-dr.annealing.*}
   *
   * @param first steepness t of the first epoch
   * @param last what it goes to
   */
  public record Annealing(double first, double last) {
    /** Of the published code. */
    public static final Annealing PUBLISHED =
        new Annealing(AnnealingSchedule.FIRST, AnnealingSchedule.LAST);

    static Annealing from(Settings settings) {
      return new Annealing(
          steepness(settings, "ws-dr.annealing.first"),
          steepness(settings, "ws-dr.annealing.last"));
    }

    private static double steepness(Settings settings, String key) {
      return settings.number(key, "a number from 0.001 to 1000", x -> x >= 0.001 && x <= 1000);
    }
  }

  static WsDrSection from(Settings settings) {
    return new WsDrSection(
        settings.flag("ws-dr.weight-regulation"),
        settings.constant("ws-dr.standardization", Standardization.values()),
        settings.constant("ws-dr.weight-scale", WeightScale.values()),
        Annealing.from(settings),
        settings.numberOrOff(
            "ws-dr.spike-regulation", "a number from 0 to 1000", x -> x >= 0 && x <= 1000),
        settings.constant("ws-dr.over-layers", OverLayers.values()));
  }

  /** How the sign's estimator grows over a training of so many epochs. */
  public AnnealingSchedule annealings(int epochs) {
    return new AnnealingSchedule(epochs, annealing.first(), annealing.last());
  }

  /** How weights of 1 bit are quantized. */
  WeightScheme weightScheme() {
    return weightRegulation
        ? WeightScheme.regulated(
            standardization == Standardization.CHANNEL
                ? Standardized.BY_CHANNEL
                : Standardized.BY_LAYER,
            weightScale == WeightScale.POWER_OF_TWO ? Form.BINARY_EXPONENT : Form.BINARY_SCALE)
        : WeightScheme.PLAIN;
  }
}
