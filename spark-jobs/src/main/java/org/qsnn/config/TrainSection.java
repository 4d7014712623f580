package org.qsnn.config;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.qsnn.optimize.Adam;
import org.qsnn.optimize.Descent;
import org.qsnn.optimize.Optimizer;
import org.qsnn.optimize.Sgd;

/**
 * {@code train.*}
 *
 * @param shards parts of a global batch
 * @param batchSize samples of a global batch, a multiple of {@code shards}
 * @param labelSmoothing and {@code meanSquare}: of the loss, 0 if off
 */
public record TrainSection(
    int epochs,
    int shards,
    int batchSize,
    Descent descent,
    double labelSmoothing,
    double meanSquare) {

  private static final String SHARE = "a number of at least 0 and below 1";

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
    int epochs = settings.integer("train.epochs", 1, 100_000);
    return new TrainSection(
        epochs,
        shards,
        batchSize,
        descent(settings, epochs),
        settings.numberOrOff("train.label-smoothing", SHARE, TrainSection::isShare),
        settings.numberOrOff("train.tet", SHARE, TrainSection::isShare));
  }

  private static Descent descent(Settings settings, int epochs) {
    double largestNorm =
        settings.numberOrOff(
            "train.gradient-clipping", "a number from 0 to 1e6", x -> x >= 0 && x <= 1e6);
    return new Descent(
        optimizer(settings),
        settings.number(
            "train.learning-rate", "a number above 0 and at most 100", x -> x > 0 && x <= 100),
        settings.numberOrOff(
            "train.warm-up",
            "a number of epochs, at most train.epochs, which is " + epochs,
            x -> x >= 0 && x <= epochs),
        largestNorm == 0 ? Double.POSITIVE_INFINITY : largestNorm);
  }

  private static boolean isShare(double x) {
    return x >= 0 && x < 1;
  }

  private static Optimizer optimizer(Settings settings) {
    Map<String, Optimizer> optimizers = optimizers(settings);
    return optimizers.get(settings.oneOf("train.optimizer", List.copyOf(optimizers.keySet())));
  }

  /** Each by its name, with the keys that it has; those of all are checked. A new one is a line. */
  static Map<String, Optimizer> optimizers(Settings settings) {
    float momentum = share(settings, "train.momentum");
    float decay =
        (float)
            settings.number("train.weight-decay", "a number from 0 to 1", x -> x >= 0 && x <= 1);
    float beta1 = share(settings, "train.adam.beta1");
    float beta2 = share(settings, "train.adam.beta2");
    float epsilon =
        (float)
            settings.number(
                "train.adam.epsilon", "a number from 1e-30 to 1", x -> x >= 1e-30 && x <= 1);
    Map<String, Optimizer> optimizers = new LinkedHashMap<>();
    optimizers.put("sgd", new Sgd(momentum, decay, settings.flag("train.nesterov")));
    optimizers.put("adam", new Adam(beta1, beta2, epsilon, decay));
    return optimizers;
  }

  private static float share(Settings settings, String key) {
    return (float) settings.number(key, SHARE, TrainSection::isShare);
  }

  /** Samples of one shard's batch. */
  public int shardBatchSize() {
    return batchSize / shards;
  }
}
