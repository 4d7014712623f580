package org.qsnn.config;

import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import com.typesafe.config.ConfigValueType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.qsnn.ConfigurationException;
import org.qsnn.search.Choice;
import org.qsnn.search.Dimension;
import org.qsnn.search.Point;
import org.qsnn.search.Space;

/**
 * What a sweep varies: {@code sweep.cases} first, then the keys of {@code sweep.space} in
 * alphabetical order.
 */
public final class SweepSpace {
  /** Name of the dimension that cases are. */
  public static final String CASE = "case";

  static final String SPACE_KEY = "sweep.space";
  static final String CASES_KEY = "sweep.cases";

  private static final String NAME = "name";

  private final Space space;
  private final Map<String, List<String>> cases;

  private SweepSpace(Space space, Map<String, List<String>> cases) {
    this.space = space;
    this.cases = cases;
  }

  static SweepSpace of(ConfigValue spaceValue, ConfigValue casesValue) {
    SortedMap<String, ConfigValue> known = ConfigMerge.keysOfARun();
    Map<String, List<String>> cases = cases(casesValue, known);
    List<Dimension> dimensions = new ArrayList<>();
    if (!cases.isEmpty()) {
      dimensions.add(new Choice(CASE, List.copyOf(cases.keySet()), false));
    }
    SortedMap<String, ConfigValue> varied = new TreeMap<>();
    collect("", section(SPACE_KEY, spaceValue), known, varied);
    varied.forEach(
        (key, value) -> dimensions.add(new DimensionValue(SPACE_KEY + "." + key, value).of(key)));
    if (dimensions.isEmpty()) {
      throw new ConfigurationException(
          SPACE_KEY + ": must have a key that is varied, or " + CASES_KEY + " a case; found none");
    }
    return new SweepSpace(new Space(dimensions), cases);
  }

  public Space space() {
    return space;
  }

  /** The overrides of a run, {@code key=value}, that a point stands for. */
  public List<String> overrides(Point point) {
    List<String> overrides = new ArrayList<>();
    for (int i = 0; i < space.dimensions().size(); i++) {
      String name = space.dimensions().get(i).name();
      String value = point.values().get(i);
      if (name.equals(CASE)) {
        overrides.addAll(cases.get(value));
      } else {
        overrides.add(name + "=" + value);
      }
    }
    return overrides;
  }

  /** The values of a point by the names of their dimensions. */
  public Map<String, String> named(Point point) {
    Map<String, String> named = new LinkedHashMap<>();
    for (int i = 0; i < space.dimensions().size(); i++) {
      named.put(space.dimensions().get(i).name(), point.values().get(i));
    }
    return named;
  }

  /** Whether any point sets a key. */
  boolean sets(String key) {
    return space.dimensions().stream().anyMatch(dimension -> dimension.name().equals(key))
        || cases.values().stream().flatMap(List::stream).anyMatch(o -> o.startsWith(key + "="));
  }

  private static void collect(
      String prefix,
      ConfigObject section,
      SortedMap<String, ConfigValue> known,
      Map<String, ConfigValue> varied) {
    section.forEach(
        (name, value) -> {
          String key = prefix + ConfigUtil.joinPath(name);
          boolean isSection = known.keySet().stream().anyMatch(k -> k.startsWith(key + "."));
          if (isSection && value instanceof ConfigObject inner) {
            collect(key + ".", inner, known, varied);
          } else {
            requireVariable(key, value, known);
            varied.put(key, value);
          }
        });
  }

  private static void requireVariable(
      String key, ConfigValue value, SortedMap<String, ConfigValue> known) {
    ConfigMerge.requireKnown(key, value, known);
    if (RunConfig.WITHOUT_EFFECT.contains(key)) {
      throw new ConfigurationException(
          String.format(
              java.util.Locale.ROOT,
              "%s (%s): must have a part in the result, to be varied; %s has none",
              key,
              ConfigMerge.place(value.origin()),
              key));
    }
  }

  private static ConfigObject section(String key, ConfigValue value) {
    if (value instanceof ConfigObject section) {
      return section;
    }
    throw wrong(key, value, "a section");
  }

  private static Map<String, List<String>> cases(
      ConfigValue value, SortedMap<String, ConfigValue> known) {
    if (!(value instanceof ConfigList list)) {
      throw wrong(CASES_KEY, value, "a list of objects, each with a name");
    }
    Map<String, List<String>> cases = new LinkedHashMap<>();
    for (ConfigValue element : list) {
      ConfigObject object = section(CASES_KEY, element);
      ConfigValue name = object.get(NAME);
      if (name == null || name.valueType() != ConfigValueType.STRING) {
        throw wrong(CASES_KEY, element, "a list of objects, each with a name");
      }
      String text = (String) name.unwrapped();
      if (cases.put(text, settings(object.withoutKey(NAME), known)) != null) {
        throw wrong(CASES_KEY, name, "different names");
      }
    }
    return cases;
  }

  /** The overrides that a section of keys of a run stands for. */
  static List<String> settings(String key, ConfigValue value) {
    return settings(section(key, value), ConfigMerge.keysOfARun());
  }

  private static List<String> settings(
      ConfigObject settings, SortedMap<String, ConfigValue> known) {
    Map<String, ConfigValue> values = new TreeMap<>();
    collect("", settings, known, values);
    List<String> overrides = new ArrayList<>();
    values.forEach((key, value) -> overrides.add(key + "=" + DimensionValue.scalar(key, value)));
    return overrides;
  }

  static ConfigurationException wrong(String key, ConfigValue found, String allowed) {
    ConfigValue value = found == null ? ConfigValueFactory.fromAnyRef(null) : found;
    String shown =
        ConfigMerge.quoted(value.render(com.typesafe.config.ConfigRenderOptions.concise()));
    return new ConfigurationException(
        String.format(
            java.util.Locale.ROOT,
            "%s: must be %s; found %s (%s)",
            key,
            allowed,
            shown,
            ConfigMerge.place(value.origin())));
  }
}
