package org.qsnn.notebook;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.qsnn.model.MembraneBits;
import org.qsnn.report.Paper;

/** Numbers of {@link Paper} as data frames, to be joined with those of runs. */
public final class PaperNumbers {
  private static final int[][] BITS = {{32, 32}, {1, 8}, {1, 4}, {1, 2}};

  private PaperNumbers() {}

  /** Table 1: {@code bits} such as {@code 1w2u}, {@code percent} of test samples. */
  public static Dataset<Row> accuracy(String dataset, String architecture) {
    List<Row> rows = new ArrayList<>();
    for (int[] bits : BITS) {
      Paper.accuracy(dataset, architecture, bits[0], MembraneBits.of(bits[1]))
          .ifPresent(percent -> rows.add(RowFactory.create(name(bits), percent)));
    }
    return Tables.of("bits STRING, percent DOUBLE", rows);
  }

  /**
   * Table 2, at full width: {@code bits}, and MB (10⁶ bytes) by batch: {@code batch_1}, {@code
   * batch_64}, {@code batch_256}. No rows for an architecture that the paper does not have.
   */
  public static Dataset<Row> memory(String architecture) {
    List<Row> rows = new ArrayList<>();
    for (int[] bits : BITS) {
      Optional<Paper.Memory> memory = Paper.memory(architecture, bits[0], MembraneBits.of(bits[1]));
      memory.ifPresent(
          row ->
              rows.add(
                  RowFactory.create(
                      name(bits),
                      row.megabytes().get(0),
                      row.megabytes().get(1),
                      row.megabytes().get(2))));
    }
    return Tables.of("bits STRING, batch_1 DOUBLE, batch_64 DOUBLE, batch_256 DOUBLE", rows);
  }

  /** Figure 3, CIFAR-10: {@code name}, {@code megabytes}, {@code percent} of test samples. */
  public static Dataset<Row> peers() {
    return Tables.of(
        "name STRING, megabytes DOUBLE, percent DOUBLE",
        Paper.PEERS.stream()
            .map(peer -> RowFactory.create(peer.name(), peer.megabytes(), peer.percent()))
            .toList());
  }

  /** Figure 5, CIFAR-10, ResNet-19, 1w2u: {@code name}, {@code percent} of test samples. */
  public static Dataset<Row> ablation() {
    return Tables.of(
        "name STRING, percent DOUBLE",
        Paper.ABLATION.stream().map(bar -> RowFactory.create(bar.name(), bar.percent())).toList());
  }

  /**
   * Figures 2 and 4b: {@code number} of the spiking layer from 1, its firing rate {@code without}
   * WS-DR and {@code with_ws_dr}.
   */
  public static Dataset<Row> rates() {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < Paper.RATES_WITH.size(); i++) {
      rows.add(RowFactory.create(i + 1, Paper.RATES_WITHOUT.get(i), Paper.RATES_WITH.get(i)));
    }
    return Tables.of("number INT, without DOUBLE, with_ws_dr DOUBLE", rows);
  }

  private static String name(int[] bits) {
    return bits[0] + "w" + bits[1] + "u";
  }
}
