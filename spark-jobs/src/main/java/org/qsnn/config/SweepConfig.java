package org.qsnn.config;

import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigValue;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.qsnn.ConfigurationException;

/**
 * A whole sweep's description, checked; what is wrong with a single point's configuration shows
 * when that is made.
 *
 * @param base path of the configuration of a run from which all trials start
 * @param set overrides of the base in all trials
 * @param values every key's value, as text
 */
public record SweepConfig(
    String base,
    List<String> set,
    SearchSection search,
    Optional<HalvingSection> halving,
    GoalSection goal,
    PlacementSection placement,
    String dir,
    Map<String, String> values) {
  private static final String SET = "sweep.set";
  private static final String DIR = "sweep.dir";
  private static final List<String> OPEN =
      List.of(
          SET,
          SweepSpace.SPACE_KEY,
          SweepSpace.CASES_KEY,
          HalvingSection.KEY,
          GoalSection.LIMITS,
          GoalSection.OBJECTIVES);

  private static final String OF_A_SWEEP = "sweep.";
  private static final String BASE = "sweep.base";

  /** A sweep that differs in these only is the same one, or its continuation. */
  private static final List<String> WITHOUT_EFFECT =
      List.of(
          DIR,
          SearchSection.TRIALS,
          BASE,
          "sweep.max-failures",
          "sweep.placement",
          "sweep.at-a-time",
          "sweep.test");

  public SweepConfig {
    set = List.copyOf(set);
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
    Optional<HalvingSection> halving = HalvingSection.from(merged.get(HalvingSection.KEY));
    GoalSection goal = GoalSection.from(settings, merged);
    return new SweepConfig(
        base(settings, file),
        SweepSpace.settings(SET, merged.get(SET)),
        SearchSection.from(settings, merged, halving.isPresent()),
        halving,
        goal,
        PlacementSection.from(settings),
        settings.textOr(DIR, "sweeps/" + file.name() + "-" + RunSection.utc(started)),
        rendered(merged));
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

  private static Map<String, String> rendered(Map<String, ConfigValue> merged) {
    Map<String, String> values = new TreeMap<>();
    merged.forEach((key, value) -> values.put(key, value.render(ConfigRenderOptions.concise())));
    return values;
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
