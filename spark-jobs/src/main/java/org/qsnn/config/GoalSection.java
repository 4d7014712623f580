package org.qsnn.config;

import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.qsnn.EnumKey;

/**
 * What a sweep looks for.
 *
 * @param objectives the first decides where one alone can
 * @param limits the most that an objective may be which is known before training
 */
public record GoalSection(List<Objective> objectives, Map<Objective, Long> limits, Tested test) {
  static final String LIMITS = "sweep.limits";
  static final String OBJECTIVES = "sweep.objectives";

  /** Which trials are tested in the end. */
  public enum Tested {
    FRONT,
    BEST,
    NONE
  }

  public GoalSection {
    objectives = List.copyOf(objectives);
    limits = Map.copyOf(limits);
  }

  static GoalSection from(Settings settings, Map<String, ConfigValue> merged) {
    return new GoalSection(
        objectives(merged.get(OBJECTIVES)),
        limits(merged.get(LIMITS)),
        settings.constant("sweep.test", Tested.values()));
  }

  private static List<Objective> objectives(ConfigValue value) {
    List<String> allowed = Objective.keys(false);
    if (!(value instanceof ConfigList list) || list.isEmpty()) {
      throw SweepSpace.wrong(OBJECTIVES, value, "a list of " + String.join(", ", allowed));
    }
    List<Objective> objectives = new ArrayList<>();
    for (ConfigValue element : list) {
      String name = DimensionValue.scalar(OBJECTIVES, element);
      Objective objective =
          EnumKey.find(Objective.values(), name)
              .filter(found -> !objectives.contains(found))
              .orElseThrow(
                  () ->
                      SweepSpace.wrong(
                          OBJECTIVES,
                          element,
                          "different ones of "
                              + String.join(", ", allowed)
                              + "; seconds are none, since they are never the same twice"));
      objectives.add(objective);
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
          limits.put(EnumKey.find(Objective.values(), name).orElseThrow(), bytes(name, limit));
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
}
