package org.qsnn.config;

import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.DoublePredicate;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.qsnn.ConfigurationException;
import org.qsnn.EnumKey;

/**
 * Reads values by key and type. What is not allowed is a {@link ConfigurationException} with key,
 * value, what is allowed and the place; what was read is remembered as the effective configuration.
 */
final class Settings {
  private static final List<String> ON = List.of("on", "true", "yes");
  private static final List<String> OFF = List.of("off", "false", "no");
  private static final String ALL = "all";
  private static final int LONGEST_NUMBER = 100;

  private final Map<String, ConfigValue> values;
  private final SortedMap<String, Object> effective = new TreeMap<>();

  Settings(Map<String, ConfigValue> values) {
    this.values = values;
  }

  /** Everything that was read so far, in its canonical form; unset keys are missing. */
  SortedMap<String, Object> effective() {
    return effective;
  }

  /** Replaces an unset key by a value that depends on the run. */
  String textOr(String key, String value) {
    return text(key).orElseGet(() -> keep(key, value));
  }

  /** As it is written. */
  ConfigValue value(String key) {
    return values.get(key);
  }

  /** A path or name; empty if the key is unset. */
  Optional<String> text(String key) {
    if (values.get(key).valueType() == ConfigValueType.NULL) {
      return Optional.empty();
    }
    String found = read(key, "text that is not blank", text -> text, text -> !text.isBlank());
    if (!found.codePoints().allMatch(Settings::isPrintable)) {
      throw invalid(key, "text without control characters");
    }
    return Optional.of(found);
  }

  /** Half of a pair of surrogates could not be written down, and so not be read again. */
  private static boolean isPrintable(int codePoint) {
    return !Character.isISOControl(codePoint)
        && Character.getType(codePoint) != Character.SURROGATE;
  }

  /** Texts with commas between them, or a list of them; empty if the key is unset. */
  Optional<String> lines(String key) {
    if (!(values.get(key) instanceof ConfigList list)) {
      return text(key);
    }
    for (ConfigValue line : list) {
      if (line instanceof ConfigObject
          || line instanceof ConfigList
          || line.valueType() == ConfigValueType.NULL) {
        throw invalid(key, "a list of texts");
      }
    }
    return Optional.of(list.stream().map(Settings::written).collect(Collectors.joining(", ")));
  }

  String oneOf(String key, Collection<String> names) {
    String found = scalar(key);
    if (!names.contains(found)) {
      throw invalid(
          key,
          "one of " + String.join(", ", names),
          "did you mean " + SpellingSuggestion.to(found, names) + "?");
    }
    return keep(key, found);
  }

  /** The constant that a key names in lower case, words joined by hyphens. */
  <E extends Enum<E>> E constant(String key, E[] constants) {
    List<String> names = EnumKey.all(constants);
    return constants[names.indexOf(oneOf(key, names))];
  }

  /** The same; a constant that depends on the configuration if the key is unset. */
  <E extends Enum<E>> E constantOr(String key, E[] constants, E value) {
    if (values.get(key).valueType() == ConfigValueType.NULL) {
      keep(key, EnumKey.of(value));
      return value;
    }
    return constant(key, constants);
  }

  int integer(String key, int least, int most) {
    return (int) integer(key, (long) least, (long) most);
  }

  long integer(String key, long least, long most) {
    String range =
        most == Long.MAX_VALUE ? "of at least " + least : "from " + least + " to " + most;
    return read(
        key,
        "a whole number " + range,
        text -> decimal(text).longValueExact(),
        value -> value >= least && value <= most);
  }

  int integerOf(String key, Integer... allowed) {
    return read(
        key,
        "one of " + Arrays.stream(allowed).map(String::valueOf).collect(Collectors.joining(", ")),
        text -> decimal(text).intValueExact(),
        value -> Arrays.asList(allowed).contains(value));
  }

  /** A count from 1, or all, which is {@link Integer#MAX_VALUE}. */
  int countOrAll(String key) {
    if (scalar(key).equals(ALL)) {
      keep(key, ALL);
      return Integer.MAX_VALUE;
    }
    return read(
        key,
        "a whole number of at least 1, or all",
        text -> decimal(text).intValueExact(),
        value -> value >= 1);
  }

  double number(String key, String allowed, DoublePredicate holds) {
    return number(key, allowed, Settings::parse, holds);
  }

  /** A number as {@code 0.125} or {@code 1/8}. */
  double ratio(String key, String allowed, DoublePredicate holds) {
    return number(key, allowed + ", such as 0.125 or 1/8", Settings::parseRatio, holds);
  }

  /** A number, or off for 0. */
  double numberOrOff(String key, String allowed, DoublePredicate holds) {
    return number(key, allowed + ", or off", text -> OFF.contains(text) ? 0.0 : parse(text), holds);
  }

  boolean flag(String key) {
    String found = scalar(key);
    if (!ON.contains(found) && !OFF.contains(found)) {
      throw invalid(key, "on or off");
    }
    return keep(key, ON.contains(found));
  }

  /** What a key must be, and what it is. */
  ConfigurationException invalid(String key, String allowed) {
    return new ConfigurationException(
        key
            + ": must be "
            + allowed
            + "; found "
            + shown(values.get(key))
            + " ("
            + place(key)
            + ")");
  }

  /**
   * The same with a hint behind it.
   *
   * @param hint what to do
   */
  ConfigurationException invalid(String key, String allowed, String hint) {
    return new ConfigurationException(invalid(key, allowed).getMessage() + "; " + hint);
  }

  /** Where a key's value stands. */
  String place(String key) {
    return ConfigMerge.place(values.get(key).origin());
  }

  private double number(
      String key, String allowed, Function<String, Double> parse, DoublePredicate holds) {
    return read(key, allowed, parse, holds::test);
  }

  private <T> T read(String key, String allowed, Function<String, T> parse, Predicate<T> holds) {
    T value;
    try {
      value = parse.apply(scalar(key));
    } catch (NumberFormatException | ArithmeticException e) {
      throw invalid(key, allowed);
    }
    if (!holds.test(value)) {
      throw invalid(key, allowed);
    }
    return keep(key, value);
  }

  /** Has a key's canonical form in the effective configuration. */
  <T> T keep(String key, T value) {
    effective.put(key, value);
    return value;
  }

  /**
   * Forgets that a key was read: one that is without effect where it has its default, and did not
   * exist in configurations whose hash is known.
   */
  void forget(String key) {
    effective.remove(key);
  }

  private String scalar(String key) {
    ConfigValue value = values.get(key);
    if (value instanceof ConfigObject || value instanceof ConfigList) {
      throw invalid(key, "a single value");
    }
    return written(value);
  }

  /** As the file has it: a number may have more digits than a double. */
  static String written(ConfigValue value) {
    return value.valueType() == ConfigValueType.NULL ? "null" : value.atKey(ALL).getString(ALL);
  }

  private static String shown(ConfigValue value) {
    return switch (value.valueType()) {
      case OBJECT -> "a section";
      case LIST -> "a list";
      default -> ConfigMerge.quoted(written(value));
    };
  }

  static double parseRatio(String text) {
    int slash = text.indexOf('/');
    return slash < 0
        ? parse(text)
        : parse(text.substring(0, slash)) / parse(text.substring(slash + 1));
  }

  /** Never −0, which is written down and read again as 0. */
  private static double parse(String text) {
    return decimal(text).doubleValue() + 0.0;
  }

  /** A decimal number, and none of the other spellings that Java knows. */
  static BigDecimal decimal(String text) {
    if (text.length() > LONGEST_NUMBER) {
      throw new NumberFormatException("a number of " + text.length() + " characters");
    }
    return new BigDecimal(text);
  }
}
