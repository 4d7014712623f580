package org.qsnn.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.qsnn.json.Json;

/**
 * What a training step is made of beside the work of its tasks.
 *
 * @param seconds of a whole step
 * @param shareOutsideTasks part of a step in which its longest task does not run: the driver's
 *     WS-DR and optimizer, serialization, Spark
 * @param taskBytes what a task holds from step to step, off the heap and on it; 0 if it computes in
 *     another process
 * @param bytesDown what an executor fetches a step: the serialized weights
 * @param bytesUp what a task returns to another process: a serialized gradient
 * @param floatBytes of the parameters as float32
 * @param peakResidentBytes of this process since its start, off-heap memory included
 */
public record StepProfile(
    double seconds,
    double shareOutsideTasks,
    long taskBytes,
    long bytesDown,
    long bytesUp,
    long floatBytes,
    long peakResidentBytes) {
  private static final Pattern PEAK = Pattern.compile("VmHWM:\\s*(\\d+) kB");

  /** The median of the steps' shares, and of their seconds. */
  static StepProfile of(
      double[] seconds,
      double[] taskSeconds,
      long taskBytes,
      long bytesDown,
      long bytesUp,
      long floatBytes) {
    double[] shares = new double[seconds.length];
    for (int i = 0; i < shares.length; i++) {
      shares[i] = 1 - taskSeconds[i] / seconds[i];
    }
    return new StepProfile(
        median(seconds), median(shares), taskBytes, bytesDown, bytesUp, floatBytes, peakResident());
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }

  private static long peakResident() {
    try {
      Matcher matcher = PEAK.matcher(Files.readString(Path.of("/proc/self/status")));
      return matcher.find() ? Long.parseLong(matcher.group(1)) * 1024 : 0;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** One JSON object on one line. */
  public String json(BenchmarkOptions options) {
    ObjectNode json = Json.object();
    json.put("what", "step");
    options.putInto(json);
    json.put("seconds", BenchmarkResult.rounded(seconds));
    json.put("share_outside_tasks", BenchmarkResult.rounded(shareOutsideTasks));
    json.put("task_bytes", taskBytes);
    json.put("bytes_down", bytesDown);
    json.put("bytes_up", bytesUp);
    json.put("float_bytes", floatBytes);
    json.put("peak_resident_bytes", peakResidentBytes);
    return Json.text(json);
  }

  /** One line for people. */
  public String text() {
    return String.format(
        Locale.ROOT,
        "step   %.3f s, %.1f %% of it outside its longest task; %.3f MB of weights down to an"
            + " executor (1/%.1f of float32), %.1f MB of gradient up from a task; %speak memory of"
            + " the process %.2f GB",
        seconds,
        100 * shareOutsideTasks,
        bytesDown / 1e6,
        (double) floatBytes / bytesDown,
        bytesUp / 1e6,
        taskBytes == 0 ? "" : String.format(Locale.ROOT, "a task holds %.0f MB; ", taskBytes / 1e6),
        peakResidentBytes / 1e9);
  }
}
