package org.qsnn.sweep;

import java.util.Locale;
import java.util.Map;
import org.qsnn.config.Objective;
import org.qsnn.config.RunConfig;
import org.qsnn.model.Footprint;
import org.qsnn.model.NetworkSpec;

/**
 * One training of a sweep.
 *
 * @param number from 0; trials of one point follow one another
 * @param named what its point sets, by the names of the dimensions
 * @param footprint of the network, which every row that is written asks for
 */
record Trial(
    int number,
    Map<String, String> named,
    RunConfig config,
    NetworkSpec network,
    Footprint footprint) {

  Trial(int number, Map<String, String> named, RunConfig config, NetworkSpec network) {
    this(number, named, config, network, Footprint.of(network));
  }

  /** The name of its folder, as {@code 0007}. */
  String name() {
    return name(number);
  }

  static String name(int number) {
    return String.format(Locale.ROOT, "%04d", number);
  }

  String folder() {
    return config.run().dir();
  }

  /** What is known of an objective before training. */
  double knownBefore(Objective objective) {
    return switch (objective) {
      case MODEL_BYTES -> footprint.packedBytes();
      case MEMBRANE_BYTES -> footprint.membraneBytes();
      default -> throw new IllegalArgumentException(objective + " is not known before training");
    };
  }
}
