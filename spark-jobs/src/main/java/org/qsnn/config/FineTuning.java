package org.qsnn.config;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.qsnn.ControlCharacters;
import org.qsnn.model.MembraneBits;

/**
 * The configuration that goes on with a run's weights and other membranes: a tenth of the epochs at
 * a tenth of the learning rate, the sign's estimator as steep as it was in the end.
 *
 * @param run folder whose weights it starts with
 * @param bits of the membranes
 */
public record FineTuning(String run, MembraneBits bits) {
  private static final int PART = 10;
  private static final String HEAD =
      """
      # Goes on with the weights of %s and other membranes, for a tenth of its epochs at a tenth of
      # its learning rate. Every key has its value here.

      """;

  /**
   * @param trained the run's own configuration
   * @return HOCON text that loads as a configuration of its own
   */
  public String of(RunConfig trained) {
    TrainSection train = trained.train();
    List<String> changes = new ArrayList<>();
    changes.add("run.dir=" + run.replaceFirst("/+$", "") + "-tuned");
    changes.add("network.membrane-bits=" + bits);
    changes.add("train.start-from=" + run);
    changes.add("train.epochs=" + Math.max(1, train.epochs() / PART));
    changes.add("train.learning-rate=" + train.descent().learningRate() / PART);
    changes.add("train.warm-up=off");
    changes.add("train.early-epochs=off");
    changes.add("ws-dr.annealing.first=" + trained.wsDr().annealing().last());
    ConfigText text = new ConfigText(run, trained.render());
    return String.format(Locale.ROOT, HEAD, ControlCharacters.shownOnOneLine(run))
        + RunConfig.load(text, changes, Instant.EPOCH).render();
  }
}
