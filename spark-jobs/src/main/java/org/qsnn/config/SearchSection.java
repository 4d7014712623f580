package org.qsnn.config;

import com.typesafe.config.ConfigValue;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.qsnn.ConfigurationException;
import org.qsnn.EnumKey;
import org.qsnn.search.GridSearch;
import org.qsnn.search.RandomSearch;
import org.qsnn.search.Search;
import org.qsnn.search.SobolSearch;
import org.qsnn.search.TpeSearch;

/**
 * Which points a sweep tries.
 *
 * @param lag of TPE
 * @param repeat trials of each point
 * @param trials at most; empty: all points of the grid
 * @param isHalved whether some are trained further than others
 */
public record SearchSection(
    SweepSpace space,
    Kind kind,
    long seed,
    int lag,
    int repeat,
    OptionalInt trials,
    boolean isHalved) {
  static final String TRIALS = "sweep.trials";

  private static final int MOST_TRIALS = 10_000;

  /** How points are chosen. */
  public enum Kind {
    GRID,
    RANDOM,
    SOBOL,
    TPE
  }

  static SearchSection from(Settings settings, Map<String, ConfigValue> merged, boolean isHalved) {
    SearchSection search =
        new SearchSection(
            SweepSpace.of(merged.get(SweepSpace.SPACE_KEY), merged.get(SweepSpace.CASES_KEY)),
            settings.constant("sweep.search", Kind.values()),
            settings.integer("sweep.seed", 0, Long.MAX_VALUE),
            settings.integer("sweep.lag", 1, 1000),
            settings.integer("sweep.repeat", 1, 1000),
            trials(settings),
            isHalved);
    search.requireFittingTrials();
    return search;
  }

  private static OptionalInt trials(Settings settings) {
    int trials = settings.countOrAll(TRIALS);
    if (trials != Integer.MAX_VALUE && trials > MOST_TRIALS) {
      throw settings.invalid(TRIALS, "at most 10000");
    }
    return trials == Integer.MAX_VALUE ? OptionalInt.empty() : OptionalInt.of(trials);
  }

  private void requireFittingTrials() {
    OptionalLong size = space.space().size();
    if (trials.isEmpty() && kind != Kind.GRID) {
      throw new ConfigurationException(
          TRIALS + ": must be a number where the search is " + EnumKey.of(kind) + "; found all");
    }
    if (trials.isPresent() && trials.getAsInt() % repeat != 0) {
      throw wrongTrials("a multiple of sweep.repeat, which is " + repeat);
    }
    if (kind == Kind.GRID) {
      requireGrid(size);
    } else if (size.isPresent() && points() > size.getAsLong()) {
      throw wrongTrials(
          "at most " + size.getAsLong() * repeat + ", which are all there are of this space");
    }
    if (isHalved && space.sets("train.epochs")) {
      throw new ConfigurationException(
          "sweep.space: must not have train.epochs where sweep.halving is on: its rungs are parts of"
              + " one number of epochs");
    }
    if (repeat > 1 && space.sets("run.seed")) {
      throw new ConfigurationException(
          "sweep.space: must not have run.seed where sweep.repeat is above 1: repeats set it");
    }
  }

  private void requireGrid(OptionalLong size) {
    if (size.isEmpty()) {
      throw new ConfigurationException(
          "sweep.space: must have a count or a step for every range of a grid; found one without: "
              + space.space().dimensions().stream()
                  .filter(dimension -> dimension.size().isEmpty())
                  .map(dimension -> dimension.name())
                  .findFirst()
                  .orElseThrow());
    }
    long most = trials.isPresent() ? trials.getAsInt() : MOST_TRIALS;
    if (size.getAsLong() > most / repeat) {
      throw wrongTrials(
          "at least "
              + multiplied(size.getAsLong(), repeat)
              + ", which are all of the grid, and at most 10000");
    }
  }

  private static String multiplied(long points, int repeat) {
    return points > Long.MAX_VALUE / repeat ? "very many" : Long.toString(points * repeat);
  }

  private ConfigurationException wrongTrials(String allowed) {
    return new ConfigurationException(
        String.format(
            Locale.ROOT,
            "%s: must be %s; found %s",
            TRIALS,
            allowed,
            trials.isPresent() ? Integer.toString(trials.getAsInt()) : "all"));
  }

  /** How many points are tried. */
  public int points() {
    return kind == Kind.GRID
        ? Math.toIntExact(space.space().size().orElseThrow())
        : trials.orElseThrow() / repeat;
  }

  /** Which point has which number. */
  public Search strategy() {
    return switch (kind) {
      case GRID ->
          isHalved ? GridSearch.shuffled(space.space(), seed) : GridSearch.inOrder(space.space());
      case RANDOM -> new RandomSearch(space.space(), seed);
      case SOBOL -> new SobolSearch(space.space(), seed);
      case TPE -> new TpeSearch(space.space(), seed, lag);
    };
  }
}
