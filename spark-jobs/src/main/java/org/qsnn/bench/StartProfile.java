package org.qsnn.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import org.qsnn.json.Json;

/**
 * How fast a training is that has just started, while its loops are being compiled.
 *
 * @param master of Spark
 * @param samples of an epoch
 * @param firstSamples of the first steps: a thousand, or an epoch's if that has less
 * @param firstSeconds until these were trained on
 * @param firstSpeed samples a second of the first epoch
 * @param steadySpeed samples a second of the third
 */
public record StartProfile(
    String master,
    int samples,
    int firstSamples,
    double firstSeconds,
    double firstSpeed,
    double steadySpeed) {
  /** The last is as fast as all that follow. */
  static final int EPOCHS = 3;

  private static final int THOUSAND = 1000;

  /**
   * @param batch samples of a step
   * @param seconds of the steps of three epochs
   */
  static StartProfile of(String master, int batch, double[] seconds) {
    int steps = seconds.length / EPOCHS;
    int firstSteps = Math.min(steps, (THOUSAND + batch - 1) / batch);
    double samples = (double) steps * batch;
    return new StartProfile(
        master,
        steps * batch,
        firstSteps * batch,
        sum(seconds, 0, firstSteps),
        samples / sum(seconds, 0, steps),
        samples / sum(seconds, (EPOCHS - 1) * steps, seconds.length));
  }

  private static double sum(double[] seconds, int from, int to) {
    double sum = 0;
    for (int i = from; i < to; i++) {
      sum += seconds[i];
    }
    return sum;
  }

  /** Speed of the first epoch, as a part of the third's. */
  double ratio() {
    return firstSpeed / steadySpeed;
  }

  /** One JSON object on one line. */
  public String json(BenchmarkOptions options) {
    ObjectNode json = Json.object();
    json.put("what", "start");
    options.putInto(json);
    json.put("master", master);
    json.put("epoch_samples", samples);
    json.put("first_samples", firstSamples);
    json.put("first_seconds", BenchmarkResult.rounded(firstSeconds));
    json.put("first_epoch_samples_per_s", BenchmarkResult.rounded(firstSpeed));
    json.put("third_epoch_samples_per_s", BenchmarkResult.rounded(steadySpeed));
    json.put("first_to_third", BenchmarkResult.rounded(ratio()));
    return Json.text(json);
  }

  /** One line for people. */
  public String text() {
    return String.format(
        Locale.ROOT,
        "start  %s: the first %,d samples in %.1f s; a first epoch of %,d at %.1f samples/s, the"
            + " third at %.1f: %.2f of its speed",
        master,
        firstSamples,
        firstSeconds,
        samples,
        firstSpeed,
        steadySpeed,
        ratio());
  }
}
