package org.qsnn.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.qsnn.json.Json;

/**
 * Where the time of one task's step goes.
 *
 * @param stepSeconds of the whole step, including everything that no kernel here covers
 */
public record KernelReport(BenchmarkOptions options, double stepSeconds, List<KernelTime> kernels) {
  private static final String ALL = "all layers";
  private static final String REST = "everything else";

  public KernelReport {
    kernels = List.copyOf(kernels);
  }

  /** A table: each layer's kernels, the sums over all layers, the rest of the step. */
  public List<String> text() {
    List<String> lines = new ArrayList<>();
    lines.add(
        String.format(
            Locale.ROOT,
            "%s × %s, T = %d, a task of %d samples on one thread: %.1f ms a step",
            options.architecture().key(),
            options.widthFactor(),
            options.timesteps(),
            options.shardBatch(),
            1e3 * stepSeconds));
    lines.add(
        String.format(
            Locale.ROOT,
            "%-18s %-16s %9s %7s  %s",
            "layer",
            "kernel",
            "ms",
            "share",
            "achieved, of ND4J's"));
    kernels.forEach(
        time -> lines.add(row(time.layer(), time.kernel(), time.seconds(), time.achieved())));
    sums().forEach((kernel, seconds) -> lines.add(row(ALL, kernel, seconds, "")));
    lines.add(row(REST, "", restSeconds(), ""));
    return lines;
  }

  /** The same as JSON, one object a line. */
  public List<String> json() {
    List<String> lines = new ArrayList<>();
    for (KernelTime time : kernels) {
      ObjectNode json = object("kernel", time.seconds());
      json.put("layer", time.layer());
      json.put("kernel", time.kernel());
      time.putAchieved(json);
      lines.add(Json.text(json));
    }
    sums()
        .forEach(
            (kernel, seconds) ->
                lines.add(Json.text(object("kernel_sum", seconds).put("kernel", kernel))));
    lines.add(Json.text(object("rest", restSeconds())));
    ObjectNode step = object("step", stepSeconds);
    options.putInto(step);
    lines.add(Json.text(step));
    return lines;
  }

  private ObjectNode object(String what, double seconds) {
    ObjectNode json = Json.object();
    json.put("what", what);
    json.put("ms", BenchmarkResult.rounded(1e3 * seconds));
    json.put("share", BenchmarkResult.rounded(seconds / stepSeconds));
    return json;
  }

  private String row(String layer, String kernel, double seconds, String achieved) {
    return String.format(
            Locale.ROOT,
            "%-18s %-16s %9.2f %5.1f %%  %s",
            layer,
            kernel,
            1e3 * seconds,
            100 * seconds / stepSeconds,
            achieved)
        .stripTrailing();
  }

  private Map<String, Double> sums() {
    Map<String, Double> sums = new LinkedHashMap<>();
    kernels.forEach(time -> sums.merge(time.kernel(), time.seconds(), Double::sum));
    return sums;
  }

  /** Below 0 where the kernels alone were slower than among each other. */
  private double restSeconds() {
    return stepSeconds - kernels.stream().mapToDouble(KernelTime::seconds).sum();
  }
}
