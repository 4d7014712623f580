package org.qsnn.config;

import java.util.List;
import org.qsnn.optimize.Adam;
import org.qsnn.optimize.Optimizer;
import org.qsnn.optimize.Sgd;

/**
 * {@code train.*}
 *
 * @param shards parts of a global batch
 * @param batchSize samples of a global batch, a multiple of {@code shards}
 * @param learningRate of the first epoch
 */
public record TrainSection(
    int epochs, int shards, int batchSize, double learningRate, Optimizer optimizer) {

  static TrainSection from(Settings settings) {
    int shards = settings.integer("train.shards", 1, 4096);
    int batchSize = settings.integer("train.batch-size", 1, 1_000_000);
    if (batchSize % shards != 0) {
      throw settings.invalid(
          "train.batch-size",
          "a multiple of train.shards, which is "
              + shards
              + " ("
              + settings.place("train.shards")
              + ")");
    }
    return new TrainSection(
        settings.integer("train.epochs", 1, 100_000),
        shards,
        batchSize,
        settings.number(
            "train.learning-rate", "a number above 0 and at most 100", x -> x > 0 && x <= 100),
        optimizer(settings));
  }

  private static Optimizer optimizer(Settings settings) {
    float momentum = share(settings, "train.momentum");
    float decay =
        (float)
            settings.number("train.weight-decay", "a number from 0 to 1", x -> x >= 0 && x <= 1);
    Adam adam =
        new Adam(
            share(settings, "train.adam.beta1"),
            share(settings, "train.adam.beta2"),
            (float)
                settings.number(
                    "train.adam.epsilon", "a number from 1e-30 to 1", x -> x >= 1e-30 && x <= 1),
            decay);
    String name = settings.oneOf("train.optimizer", List.of("sgd", "adam"));
    return name.equals("adam") ? adam : new Sgd(momentum, decay);
  }

  private static float share(Settings settings, String key) {
    return (float) settings.number(key, "a number of at least 0 and below 1", x -> x >= 0 && x < 1);
  }

  /** Samples of one shard's batch. */
  public int shardBatchSize() {
    return batchSize / shards;
  }
}
