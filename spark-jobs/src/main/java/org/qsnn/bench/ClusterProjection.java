package org.qsnn.bench;

import java.util.List;
import org.qsnn.distributed.Reduce;

/**
 * What part of a step tasks compute on a cluster of so many cores, as far as it follows from steps
 * that were measured on fewer: a line through the numbers of tasks gives what a step costs at all
 * and what each gradient adds; the network is reckoned.
 */
final class ClusterProjection {
  static final int CORES_OF_A_MACHINE = 16;

  /** Of a network of 10 Gbit/s. */
  private static final double BYTES_PER_SECOND = 1.25e9;

  static final String ASSUMPTIONS =
      "Assumed: machines of 16 cores, 10 Gbit/s each and for the driver; executors and driver were measured on shared cores, which real ones do not share.";

  private final ScaleReport report;
  private final int cores;

  ClusterProjection(ScaleReport report, int cores) {
    this.report = report;
    this.cores = cores;
  }

  /** Every gradient goes to the driver, whose work or network is the limit. */
  double driver() {
    Line line = Line.of(report.rows(), Reduce.DRIVER);
    return efficiency(line.fixed() + cores * Math.max(line.each(), seconds(1)));
  }

  /** Executors add the gradients of tasks of one core. */
  double sliced() {
    return sliced(CORES_OF_A_MACHINE);
  }

  /** The same where a task uses all cores of a machine, and sends one gradient. */
  double slicedByMachine() {
    return sliced(1);
  }

  /**
   * @param ofAMachine how many of the gradients come from one
   */
  private double sliced(int ofAMachine) {
    Line line = Line.of(report.rows(), Reduce.SLICED);
    int measuredAtATime = Math.max(1, report.slots());
    // Each task's own work is done beside that of the others; measured slots did several.
    double work = line.each() * measuredAtATime;
    // To the other machines, and from them at the same time; then the sum to the driver.
    double network = seconds(ofAMachine) + seconds(1);
    return efficiency(line.fixed() + work + network);
  }

  private double seconds(int gradients) {
    return gradients * report.gradientBytes() / BYTES_PER_SECOND;
  }

  private double efficiency(double beside) {
    return report.taskSeconds() / (report.taskSeconds() + beside + driversWork());
  }

  /** WS-DR and the optimizer: what a measured step takes beside its tasks and their gradients. */
  private double driversWork() {
    double outside = report.step().seconds() - report.taskSeconds();
    double gradients =
        report.rows().stream()
            .filter(row -> row.reduce() == Reduce.DRIVER)
            .findFirst()
            .map(ScaleReport.Row::seconds)
            .orElse(0.0);
    return Math.max(0, outside - gradients);
  }

  /**
   * Seconds of a step over its tasks.
   *
   * @param each of one task more
   */
  private record Line(double fixed, double each) {
    static Line of(List<ScaleReport.Row> rows, Reduce reduce) {
      List<ScaleReport.Row> some = rows.stream().filter(row -> row.reduce() == reduce).toList();
      double tasks = some.stream().mapToDouble(ScaleReport.Row::tasks).average().orElseThrow();
      double seconds = some.stream().mapToDouble(ScaleReport.Row::seconds).average().orElseThrow();
      double product = 0;
      double square = 0;
      for (ScaleReport.Row row : some) {
        product += (row.tasks() - tasks) * (row.seconds() - seconds);
        square += (row.tasks() - tasks) * (row.tasks() - tasks);
      }
      double each = square == 0 ? 0 : Math.max(0, product / square);
      return new Line(Math.max(0, seconds - each * tasks), each);
    }
  }
}
