package org.qsnn.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import org.qsnn.json.Json;

/**
 * One measurement.
 *
 * @param what train or infer
 * @param gflops 10⁹ float operations a second that the same convolutions would take in float32
 * @param shareOfRoofline of the speed of the convolutions alone through ND4J
 */
public record BenchmarkResult(
    String what,
    BenchmarkOptions options,
    double samplesPerSecond,
    double gflops,
    double shareOfRoofline) {

  /** One JSON object on one line. */
  public String json() {
    ObjectNode json = Json.object();
    json.put("what", what);
    options.putInto(json);
    json.put("samples_per_s", rounded(samplesPerSecond));
    json.put("gflops", rounded(gflops));
    json.put("share_of_roofline", rounded(shareOfRoofline));
    return Json.text(json);
  }

  /** One line for people. */
  public String text() {
    return String.format(
        Locale.ROOT,
        "%-5s  %s × %s, T = %d, batch %d on %d cores: %.1f samples/s, %.1f GFLOP/s, %.0f %% of the"
            + " roofline",
        what,
        options.architecture().key(),
        options.widthFactor(),
        options.timesteps(),
        options.batch(),
        options.cores(),
        samplesPerSecond,
        gflops,
        100 * shareOfRoofline);
  }

  /** To three decimals. */
  static double rounded(double value) {
    return Math.round(value * 1000) / 1000.0;
  }
}
