package org.qsnn.config;

/**
 * {@code ws-dr.*}: the two halves of weight-spike dual regulation.
 *
 * @param spikeRegulation λ, the weight of the firing-rate term of the loss; 0 switches it off
 */
public record WsDrSection(boolean weightRegulation, double spikeRegulation) {
  static WsDrSection from(Settings settings) {
    return new WsDrSection(
        settings.flag("ws-dr.weight-regulation"),
        settings.numberOrOff(
            "ws-dr.spike-regulation", "a number from 0 to 1000", x -> x >= 0 && x <= 1000));
  }
}
