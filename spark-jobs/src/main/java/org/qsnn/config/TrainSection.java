package org.qsnn.config;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.qsnn.model.BackwardPass;
import org.qsnn.optimize.Adam;
import org.qsnn.optimize.Averaging;
import org.qsnn.optimize.Descent;
import org.qsnn.optimize.LearningRateSchedule.Shape;
import org.qsnn.optimize.Muon;
import org.qsnn.optimize.Optimizer;
import org.qsnn.optimize.ParameterGroups;
import org.qsnn.optimize.Sgd;
import org.qsnn.train.EarlyEpochs;

/**
 * {@code train.*}
 *
 * @param shards parts of a global batch
 * @param batchSize samples of a global batch, a multiple of {@code shards}
 * @param startFrom folder of a run whose weights it starts with; empty if they are drawn
 * @param distillation from a trained model
 * @param labelSmoothing and {@code meanSquare}: of the loss, 0 if off
 * @param testMirror whether validation and test also show samples mirrored
 * @param gradientBits of {@link BackwardPass}
 */
public record TrainSection(
    int epochs,
    int shards,
    int batchSize,
    Descent descent,
    EarlyEpochs early,
    Stem stem,
    Optional<String> startFrom,
    DistillationSection distillation,
    double labelSmoothing,
    double meanSquare,
    boolean testMirror,
    int gradientBits) {

  /** {@code train.stem}: the first layer's weights. */
  public enum Stem {
    DRAWN,
    /** By {@link org.qsnn.train.Whitening}, and not trained. */
    WHITENED
  }

  /** {@code train.averaging} */
  private enum Average {
    NONE,
    EMA
  }

  private static final String EARLY_SIZE = "train.early-size";
  private static final String HIDDEN_DECAY = "train.hidden-weight-decay";
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
        early(settings, epochs),
        stem(settings),
        settings.text("train.start-from"),
        DistillationSection.from(settings),
        settings.numberOrOff("train.label-smoothing", SHARE, TrainSection::isShare),
        settings.numberOrOff("train.tet", SHARE, TrainSection::isShare),
        settings.flag("train.test-mirror"),
        settings.integerOf("train.gradient-bits", BackwardPass.INTEGERS, BackwardPass.FLOATS));
  }

  private static Stem stem(Settings settings) {
    return settings.constant("train.stem", Stem.values());
  }

  private static EarlyEpochs early(Settings settings, int epochs) {
    int early =
        (int)
            settings.numberOrOff(
                "train.early-epochs",
                "a whole number, at most train.epochs, which is " + epochs,
                x -> x >= 0 && x <= epochs && x == Math.rint(x));
    int timesteps = settings.integer("train.early-timesteps", 1, 1000);
    int size = settings.text(EARLY_SIZE).isPresent() ? settings.integer(EARLY_SIZE, 1, 4096) : 0;
    if (early == 0) {
      return EarlyEpochs.NONE;
    }
    int all = settings.integer("network.timesteps", 1, 1000);
    if (timesteps > all || (timesteps == all && size == 0)) {
      throw settings.invalid(
          "train.early-timesteps",
          (size == 0 ? "less than" : "at most")
              + " network.timesteps, which is "
              + all
              + " ("
              + settings.place("network.timesteps")
              + ")");
    }
    return new EarlyEpochs(early, timesteps, size);
  }

  private static Descent descent(Settings settings, int epochs) {
    double largestNorm =
        settings.numberOrOff(
            "train.gradient-clipping", "a number from 0 to 1e6", x -> x >= 0 && x <= 1e6);
    Optimizer optimizer = optimizer(settings);
    return new Descent(
        optimizer,
        settings.constant("train.schedule", Shape.values()),
        settings.number(
            "train.learning-rate", "a number above 0 and at most 100", x -> x > 0 && x <= 100),
        settings.number("train.last-learning-rate", "a number from 0 to 1", x -> x >= 0 && x <= 1),
        settings.numberOrOff(
            "train.warm-up",
            "a number of epochs, at most train.epochs, which is " + epochs,
            x -> x >= 0 && x <= epochs),
        largestNorm == 0 ? Double.POSITIVE_INFINITY : largestNorm,
        groups(settings),
        averaging(settings));
  }

  private static ParameterGroups groups(Settings settings) {
    double factor =
        settings.number(
            "train.norm-bias-factor", "a number from 0.001 to 1000", x -> x >= 0.001 && x <= 1000);
    return new ParameterGroups(
        hiddenDecay(settings), (float) factor, stem(settings) == Stem.WHITENED);
  }

  /** On top of the weight decay of all weights. */
  private static float hiddenDecay(Settings settings) {
    if (settings.text(HIDDEN_DECAY).isEmpty()) {
      return 0;
    }
    return (float) (decay(settings, HIDDEN_DECAY) - decay(settings, "train.weight-decay"));
  }

  private static double decay(Settings settings, String key) {
    return settings.number(key, "a number from 0 to 1", x -> x >= 0 && x <= 1);
  }

  private static Averaging averaging(Settings settings) {
    double decay =
        settings.number(
            "train.averaging-decay", "a number above 0 and below 1", x -> x > 0 && x < 1);
    return settings.constant("train.averaging", Average.values()) == Average.EMA
        ? new Averaging(decay)
        : Averaging.NONE;
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
    float decay = (float) decay(settings, "train.weight-decay");
    float beta1 = share(settings, "train.adam.beta1");
    float beta2 = share(settings, "train.adam.beta2");
    float epsilon =
        (float)
            settings.number(
                "train.adam.epsilon", "a number from 1e-30 to 1", x -> x >= 1e-30 && x <= 1);
    Map<String, Optimizer> optimizers = new LinkedHashMap<>();
    optimizers.put("sgd", new Sgd(momentum, decay, settings.flag("train.nesterov")));
    Adam adam = new Adam(beta1, beta2, epsilon, decay);
    optimizers.put("adam", adam);
    optimizers.put(
        "muon",
        new Muon(
            share(settings, "train.muon.momentum"),
            adam,
            (float)
                settings.number(
                    "train.muon.others-rate",
                    "a number above 0 and at most 10",
                    x -> x > 0 && x <= 10)));
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
