package org.qsnn.config;

import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigValue;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.qsnn.ConfigurationException;
import org.qsnn.search.GridSearch;
import org.qsnn.search.RandomSearch;
import org.qsnn.search.Search;
import org.qsnn.search.SobolSearch;
import org.qsnn.search.TpeSearch;

/**
 * A whole sweep's description, checked; what is wrong with a single point's configuration shows
 * when that is made.
 *
 * @param base path of the configuration of a run from which all trials start
 * @param set overrides of the base in all trials
 * @param trials at most; empty: all points of the grid
 * @param limits the most that an objective may be which is known before training
 * @param values every key's value, as text
 */
public record SweepConfig(
    String base,
    List<String> set,
    SweepSpace space,
    SearchKind kind,
    long seed,
    int lag,
    int repeat,
    OptionalInt trials,
    Optional<HalvingSection> halving,
    List<Objective> objectives,
    Map<Objective, Long> limits,
    Tested test,
    int maxFailures,
    Placement placement,
    int atATime,
    String dir,
    Map<String, String> values) {
  private static final String LIMITS = "sweep.limits";
  private static final String OBJECTIVES = "sweep.objectives";
  private static final String TRIALS = "sweep.trials";
  private static final String SET = "sweep.set";
  private static final String DIR = "sweep.dir";
  private static final List<String> OPEN =
      List.of(
          SET, SweepSpace.SPACE_KEY, SweepSpace.CASES_KEY, HalvingSection.KEY, LIMITS, OBJECTIVES);

  private static final String OF_A_SWEEP = "sweep.";
  private static final String BASE = "sweep.base";

  /** A sweep that differs in these only is the same one, or its continuation. */
  private static final List<String> WITHOUT_EFFECT =
      List.of(
          DIR,
          TRIALS,
          BASE,
          "sweep.max-failures",
          "sweep.placement",
          "sweep.at-a-time",
          "sweep.test");

  /** How points are chosen. */
  public enum SearchKind {
    GRID,
    RANDOM,
    SOBOL,
    TPE
  }

  /** Which trials are tested in the end. */
  public enum Tested {
    FRONT,
    BEST,
    NONE
  }

  /** Where a trial runs. */
  public enum Placement {
    TASK,
    CLUSTER,
    AUTO
  }

  public SweepConfig {
    set = List.copyOf(set);
    objectives = List.copyOf(objectives);
    limits = Map.copyOf(limits);
    values = Collections.unmodifiableMap(new TreeMap<>(values));
  }

  /**
   * Reads a sweep's file.
   *
   * @param overrides {@code key=value}; those of other keys than {@code sweep.*} are the base's
   * @param started names the sweep's folder if {@code sweep.dir} is unset
   * @throws ConfigurationException if anything in it is unknown, malformed or not allowed
   */
  public static SweepConfig load(ConfigText file, List<String> overrides, Instant started) {
    List<String> own = overrides.stream().filter(SweepConfig::isOfASweep).toList();
    Map<String, ConfigValue> merged = ConfigMerge.mergeSweep(file, own, OPEN);
    Settings settings = new Settings(merged);
    SweepSpace space =
        SweepSpace.of(merged.get(SweepSpace.SPACE_KEY), merged.get(SweepSpace.CASES_KEY));
    SweepConfig config =
        new SweepConfig(
            base(settings, file),
            SweepSpace.settings(SET, merged.get(SET)),
            space,
            settings.constant("sweep.search", SearchKind.values()),
            settings.integer("sweep.seed", 0, Long.MAX_VALUE),
            settings.integer("sweep.lag", 1, 1000),
            settings.integer("sweep.repeat", 1, 1000),
            trials(settings),
            HalvingSection.from(merged.get(HalvingSection.KEY)),
            objectives(merged.get(OBJECTIVES)),
            limits(merged.get(LIMITS)),
            settings.constant("sweep.test", Tested.values()),
            settings.integer("sweep.max-failures", 0, 10_000),
            settings.constant("sweep.placement", Placement.values()),
            settings.integer("sweep.at-a-time", 1, 1000),
            settings.textOr(DIR, "sweeps/" + file.name() + "-" + RunSection.utc(started)),
            rendered(merged));
    config.requireFittingTrials();
    return config;
  }

  private static boolean isOfASweep(String override) {
    return override.strip().startsWith(OF_A_SWEEP);
  }

  /** The overrides that are the base's. */
  public static List<String> ofTheBase(List<String> overrides) {
    return overrides.stream().filter(override -> !isOfASweep(override)).toList();
  }

  private static String base(Settings settings, ConfigText file) {
    String base =
        settings
            .text(BASE)
            .orElseThrow(() -> settings.invalid(BASE, "the path of the configuration of a run"));
    int slash = file.origin().lastIndexOf('/');
    boolean isAbsolute = base.startsWith("/") || base.matches("[A-Za-z][A-Za-z0-9+.-]*:.*");
    return isAbsolute || slash < 0 ? base : file.origin().substring(0, slash + 1) + base;
  }

  private static OptionalInt trials(Settings settings) {
    int trials = settings.countOrAll(TRIALS);
    if (trials != Integer.MAX_VALUE && trials > 10_000) {
      throw settings.invalid(TRIALS, "at most 10000");
    }
    return trials == Integer.MAX_VALUE ? OptionalInt.empty() : OptionalInt.of(trials);
  }

  private static List<Objective> objectives(ConfigValue value) {
    List<String> allowed = Objective.keys(false);
    if (!(value instanceof ConfigList list) || list.isEmpty()) {
      throw SweepSpace.wrong(OBJECTIVES, value, "a list of " + String.join(", ", allowed));
    }
    List<Objective> objectives = new ArrayList<>();
    for (ConfigValue element : list) {
      String name = DimensionValue.scalar(OBJECTIVES, element);
      if (!allowed.contains(name) || objectives.contains(Objective.named(name))) {
        throw SweepSpace.wrong(
            OBJECTIVES,
            element,
            "different ones of "
                + String.join(", ", allowed)
                + "; seconds are none, since they are never the same twice");
      }
      objectives.add(Objective.named(name));
    }
    return objectives;
  }

  private static Map<Objective, Long> limits(ConfigValue value) {
    List<String> allowed = Objective.keys(true);
    Map<Objective, Long> limits = new EnumMap<>(Objective.class);
    if (!(value instanceof ConfigObject object)) {
      throw SweepSpace.wrong(LIMITS, value, "a section with " + String.join(" or ", allowed));
    }
    object.forEach(
        (name, limit) -> {
          if (!allowed.contains(name)) {
            throw SweepSpace.wrong(
                LIMITS + "." + name,
                limit,
                "left out, since only "
                    + String.join(" and ", allowed)
                    + " are known before training");
          }
          limits.put(Objective.named(name), bytes(name, limit));
        });
    return limits;
  }

  private static long bytes(String name, ConfigValue limit) {
    try {
      return limit.atKey(name).getBytes(name);
    } catch (ConfigException e) {
      throw SweepSpace.wrong(LIMITS + "." + name, limit, "a size, as 1500000 or 1.5 MB");
    }
  }

  private static Map<String, String> rendered(Map<String, ConfigValue> merged) {
    Map<String, String> values = new TreeMap<>();
    merged.forEach((key, value) -> values.put(key, value.render(ConfigRenderOptions.concise())));
    return values;
  }

  private void requireFittingTrials() {
    OptionalLong size = space.space().size();
    if (trials.isEmpty() && kind != SearchKind.GRID) {
      throw new ConfigurationException(
          TRIALS + ": must be a number where the search is " + name(kind) + "; found all");
    }
    if (trials.isPresent() && trials.getAsInt() % repeat != 0) {
      throw wrongTrials("a multiple of sweep.repeat, which is " + repeat);
    }
    if (kind == SearchKind.GRID) {
      requireGrid(size);
    } else if (size.isPresent() && points() > size.getAsLong()) {
      throw wrongTrials(
          "at most " + size.getAsLong() * repeat + ", which are all there are of this space");
    }
    if (halving.isPresent() && space.sets("train.epochs")) {
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
    long most = trials.isPresent() ? trials.getAsInt() : 10_000;
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

  private static String name(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  /** How many points are tried. */
  public int points() {
    return kind == SearchKind.GRID
        ? Math.toIntExact(space.space().size().orElseThrow())
        : trials.orElseThrow() / repeat;
  }

  /** Which point has which number. */
  public Search search() {
    return switch (kind) {
      case GRID -> new GridSearch(space.space());
      case RANDOM -> new RandomSearch(space.space(), seed);
      case SOBOL -> new SobolSearch(space.space(), seed, points());
      case TPE -> new TpeSearch(space.space(), seed, lag);
    };
  }

  /** Why another description is none of the same sweep: a line for each key. */
  public List<String> differencesFrom(SweepConfig other) {
    TreeMap<String, String> keys = new TreeMap<>(other.values);
    keys.putAll(values);
    return keys.keySet().stream()
        .filter(key -> !WITHOUT_EFFECT.contains(key))
        .filter(key -> !Objects.equals(values.get(key), other.values.get(key)))
        .map(key -> key + ": " + values.get(key) + ", there " + other.values.get(key))
        .toList();
  }

  /**
   * HOCON text that loads as this sweep again.
   *
   * @param basePath where its base lies
   */
  public String render(String basePath) {
    Map<String, Object> parsed = new TreeMap<>();
    values.forEach(
        (key, value) ->
            parsed.put(key, ConfigFactory.parseString("v=" + value).root().get("v").unwrapped()));
    parsed.put(BASE, basePath);
    parsed.remove(DIR);
    return ConfigFactory.parseMap(parsed)
        .root()
        .render(ConfigRenderOptions.defaults().setOriginComments(false).setJson(false));
  }
}
