package org.qsnn.config;

import org.qsnn.model.QuantizedTensor.Form;
import org.qsnn.model.WeightScheme;
import org.qsnn.model.WeightScheme.Standardized;
import org.qsnn.network.LossTerms.OverLayers;

/**
 * {@code ws-dr.*}: the two halves of weight-spike dual regulation.
 *
 * @param standardization over which weights a mean and a deviation are taken
 * @param weightScale what the sign of a regulated weight is multiplied by
 * @param spikeRegulation λ, the weight of the firing-rate term of the loss; 0 switches it off
 * @param overLayers how the layers' firing-rate terms become one
 */
public record WsDrSection(
    boolean weightRegulation,
    Standardization standardization,
    WeightScale weightScale,
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

  static WsDrSection from(Settings settings) {
    return new WsDrSection(
        settings.flag("ws-dr.weight-regulation"),
        settings.constant("ws-dr.standardization", Standardization.values()),
        settings.constant("ws-dr.weight-scale", WeightScale.values()),
        settings.numberOrOff(
            "ws-dr.spike-regulation", "a number from 0 to 1000", x -> x >= 0 && x <= 1000),
        settings.constant("ws-dr.over-layers", OverLayers.values()));
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
