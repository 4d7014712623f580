package org.qsnn.config;

import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.qsnn.ConfigurationException;
import org.qsnn.search.Choice;
import org.qsnn.search.Dimension;
import org.qsnn.search.Range;

/**
 * What the value of one key of {@code sweep.space} means: a list of values, or a range.
 *
 * @param path of the key, for messages
 */
record DimensionValue(String path, ConfigValue value) {
  private static final String FROM = "from";
  private static final String TO = "to";
  private static final String SCALE = "scale";
  private static final String COUNT = "count";
  private static final String STEP = "step";
  private static final Set<String> OF_A_RANGE =
      new TreeSet<>(List.of(FROM, TO, SCALE, COUNT, STEP));

  private static final int MOST_VALUES = 10_000;

  Dimension of(String key) {
    if (value instanceof ConfigList list) {
      return choice(key, list);
    }
    if (value instanceof ConfigObject object) {
      return range(key, object);
    }
    throw invalid(value, "a list of values, or a range { from, to }");
  }

  private Dimension choice(String key, ConfigList list) {
    List<String> values = list.stream().map(element -> scalar(path, element)).toList();
    if (values.isEmpty() || new TreeSet<>(values).size() < values.size()) {
      throw invalid(value, "a list of different values");
    }
    return new Choice(key, values, isAscending(values));
  }

  private static boolean isAscending(List<String> values) {
    try {
      for (int i = 1; i < values.size(); i++) {
        if (!(Settings.parseRatio(values.get(i - 1)) < Settings.parseRatio(values.get(i)))) {
          return false;
        }
      }
      Settings.parseRatio(values.get(0));
      return true;
    } catch (NumberFormatException e) {
      return false;
    }
  }

  private Dimension range(String key, ConfigObject object) {
    for (String name : object.keySet()) {
      if (!OF_A_RANGE.contains(name)) {
        throw invalid(
            object.get(name),
            "a key of a range, " + String.join(", ", OF_A_RANGE) + ", and not " + name);
      }
    }
    double from = number(object, FROM);
    double to = number(object, TO);
    Range.Scale scale = scale(object);
    if (!(from < to)) {
      throw invalid(object, "a range whose from is less than its to");
    }
    if (scale == Range.Scale.LOG && from <= 0) {
      throw invalid(object, "above 0 on a logarithmic scale");
    }
    if (object.containsKey(COUNT) && object.containsKey(STEP)) {
      throw invalid(object, "a range with a count or a step, and not both");
    }
    if (object.containsKey(STEP)) {
      return inSteps(key, object, scale);
    }
    Range range = new Range(key, from, to, scale);
    return object.containsKey(COUNT) ? range.inSteps(count(object)) : range;
  }

  private Range.Scale scale(ConfigObject object) {
    if (!object.containsKey(SCALE)) {
      return Range.Scale.LINEAR;
    }
    return switch (scalar(path, object.get(SCALE))) {
      case "linear" -> Range.Scale.LINEAR;
      case "log" -> Range.Scale.LOG;
      default -> throw invalid(object.get(SCALE), "linear or log, as the scale of a range");
    };
  }

  /** Computed in decimal: 0.1 + 0.1 + 0.1 is 0.3. */
  private Dimension inSteps(String key, ConfigObject object, Range.Scale scale) {
    BigDecimal step = decimal(object, STEP);
    if (scale == Range.Scale.LOG || step.signum() <= 0) {
      throw invalid(object, "a linear range whose step is above 0");
    }
    BigDecimal to = decimal(object, TO);
    List<String> values = new ArrayList<>();
    for (BigDecimal at = decimal(object, FROM); at.compareTo(to) <= 0; at = at.add(step)) {
      if (values.size() == MOST_VALUES) {
        throw invalid(object, "a range of at most " + MOST_VALUES + " steps");
      }
      values.add(at.stripTrailingZeros().toPlainString());
    }
    return new Choice(key, values, true);
  }

  private int count(ConfigObject object) {
    BigDecimal count = decimal(object, COUNT);
    if (count.stripTrailingZeros().scale() > 0
        || count.compareTo(BigDecimal.valueOf(2)) < 0
        || count.compareTo(BigDecimal.valueOf(MOST_VALUES)) > 0) {
      throw invalid(object, "a range with a whole count, from 2 to " + MOST_VALUES);
    }
    return count.intValueExact();
  }

  private double number(ConfigObject object, String name) {
    return decimal(object, name).doubleValue();
  }

  private BigDecimal decimal(ConfigObject object, String name) {
    if (!object.containsKey(name)) {
      throw invalid(object, "a range with a " + name);
    }
    String text = scalar(path, object.get(name));
    try {
      return text.contains("/")
          ? BigDecimal.valueOf(Settings.parseRatio(text))
          : Settings.decimal(text);
    } catch (NumberFormatException | ArithmeticException e) {
      throw invalid(object.get(name), "a range whose " + name + " is a number");
    }
  }

  private ConfigurationException invalid(ConfigValue found, String allowed) {
    return SweepSpace.wrong(path, found, allowed);
  }

  /** A single value as the file has it; or several where they are the value of a key. */
  static String scalar(String path, ConfigValue value) {
    if (path.endsWith(LayerBits.KEY)
        && (value instanceof ConfigList || value instanceof ConfigObject)) {
      return value.render(ConfigRenderOptions.concise());
    }
    boolean isScalar =
        value.valueType() == ConfigValueType.STRING
            || value.valueType() == ConfigValueType.NUMBER
            || value.valueType() == ConfigValueType.BOOLEAN;
    if (!isScalar) {
      throw SweepSpace.wrong(path, value, "made of single values");
    }
    return Settings.written(value);
  }
}
