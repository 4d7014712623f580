package org.qsnn.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.qsnn.distributed.Reduce;
import org.qsnn.json.Json;

/**
 * What was measured of steps beside their tasks, and what follows for clusters that are not here.
 *
 * @param slots of the executors it was measured with
 * @param step of a training with a task for each core of the options
 */
public record ScaleReport(
    BenchmarkOptions options,
    String master,
    int slots,
    long gradientBytes,
    StepProfile step,
    List<Row> rows) {
  private static final int[] CORES = {8, 16, 32, 64, 128, 256, 512, 1024};

  public ScaleReport {
    rows = List.copyOf(rows);
  }

  /**
   * Steps of so many tasks that computed nothing.
   *
   * @param seconds of a step, the median
   * @param driverSeconds processor time of the driver's process in it, the median
   */
  public record Row(int tasks, Reduce reduce, double seconds, double driverSeconds) {}

  /** Tables: what was measured, then what follows from it. */
  public List<String> text() {
    List<String> lines = new ArrayList<>();
    lines.add(
        format(
            "%s × %s, T = %d, tasks of %d samples, gradients of %.1f MB; %s, %d slots",
            options.architecture().key(),
            options.widthFactor(),
            options.timesteps(),
            options.shardBatch(),
            gradientBytes / 1e6,
            master,
            slots));
    lines.add(
        format(
            "measured: a step with %d tasks %.3f s, of which the longest task %.3f s",
            options.cores(), step.seconds(), taskSeconds()));
    lines.add("");
    lines.add("measured: steps whose tasks compute nothing");
    lines.add(format("%8s  %-8s %10s %18s", "tasks", "reduce", "s a step", "driver's CPU, s"));
    rows.forEach(
        row ->
            lines.add(
                format(
                    "%8d  %-8s %10.3f %18.3f",
                    row.tasks(), name(row.reduce()), row.seconds(), row.driverSeconds())));
    lines.add("");
    lines.add("extrapolated: part of a step in which tasks compute");
    lines.add(format("%8s %10s %10s %22s", "cores", "driver", "sliced", "sliced, 16 cores a task"));
    for (int cores : CORES) {
      ClusterProjection projection = projection(cores);
      String byMachine =
          cores < ClusterProjection.CORES_OF_A_MACHINE
              ? "–"
              : format("%.2f", projection.slicedByMachine());
      lines.add(
          format(
              "%8d %10.2f %10.2f %22s",
              cores, projection.driver(), projection.sliced(), byMachine));
    }
    lines.add(ClusterProjection.ASSUMPTIONS);
    return lines;
  }

  private ClusterProjection projection(int cores) {
    return new ClusterProjection(this, cores);
  }

  /** The same as JSON, one object a line. */
  public List<String> json() {
    List<String> lines = new ArrayList<>();
    lines.add(step.json(options));
    for (Row row : rows) {
      ObjectNode json = Json.object();
      json.put("what", "empty_step");
      json.put("tasks", row.tasks());
      json.put("reduce", name(row.reduce()));
      json.put("seconds", BenchmarkResult.rounded(row.seconds()));
      json.put("driver_cpu_seconds", BenchmarkResult.rounded(row.driverSeconds()));
      lines.add(Json.text(json));
    }
    for (int cores : CORES) {
      ClusterProjection projection = projection(cores);
      ObjectNode json = Json.object();
      json.put("what", "projected_efficiency");
      json.put("cores", cores);
      json.put("driver", BenchmarkResult.rounded(projection.driver()));
      json.put("sliced", BenchmarkResult.rounded(projection.sliced()));
      if (cores >= ClusterProjection.CORES_OF_A_MACHINE) {
        json.put("sliced_by_machine", BenchmarkResult.rounded(projection.slicedByMachine()));
      }
      lines.add(Json.text(json));
    }
    return lines;
  }

  /** Of the longest task of a step. */
  double taskSeconds() {
    return step.seconds() * (1 - step.shareOutsideTasks());
  }

  private static String name(Reduce reduce) {
    return reduce.name().toLowerCase(Locale.ROOT);
  }

  private static String format(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
