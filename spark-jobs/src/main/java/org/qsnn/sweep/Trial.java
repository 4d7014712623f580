package org.qsnn.sweep;

import java.util.Locale;
import java.util.Map;
import org.qsnn.config.Objective;
import org.qsnn.config.RunConfig;
import org.qsnn.model.Footprint;
import org.qsnn.model.NetworkSpec;
import org.qsnn.search.Point;

/**
 * One training of a sweep.
 *
 * @param number from 0; trials of one point follow one another
 * @param point number of its point
 * @param values what the point sets, by the names of the dimensions
 */
record Trial(
    int number,
    int point,
    Point values,
    Map<String, String> named,
    RunConfig config,
    NetworkSpec network) {

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
    Footprint footprint = Footprint.of(network);
    return switch (objective) {
      case MODEL_BYTES -> footprint.packedBytes();
      case MEMBRANE_BYTES -> footprint.membraneBytes(network.membraneBits());
      default -> throw new IllegalArgumentException(objective + " is not known before training");
    };
  }
}
