package org.qsnn.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigOrigin;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigSyntax;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import com.typesafe.config.ConfigValueType;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.qsnn.ConfigurationException;

/**
 * Merges the sources of a configuration, later over earlier: defaults, those of the recipe, file or
 * model, {@code --set}. Values keep their origin, so that a message can name the line.
 */
final class ConfigMerge {
  private static final String DEFAULTS = "qsnn-defaults.conf";
  private static final String SWEEP_DEFAULTS = "sweep-defaults.conf";

  /** Keys whose value may have keys of its own. */
  private static final Set<String> SECTIONS_AS_VALUES = Set.of(LayerBits.KEY);

  /** Characters of a name or value that a message quotes. */
  private static final int QUOTED = 200;

  private ConfigMerge() {}

  /**
   * Merges defaults, a file and overrides into one value for each known key.
   *
   * @throws ConfigurationException on a syntax error or an unknown key
   */
  static Map<String, ConfigValue> merge(ConfigText file, List<String> overrides) {
    try {
      Config merged = new Substitutions(file).resolve(layered(parse(file), overrides, DEFAULTS));
      Config middle = parse(file).withFallback(Recipe.defaults(merged));
      return known(
          new Substitutions(file).resolve(layered(middle, overrides, DEFAULTS)),
          leaves(parse(defaults(DEFAULTS))));
    } catch (StackOverflowError e) {
      throw tooDeep(file.origin(), e);
    }
  }

  /**
   * The same with values by key in place of a file.
   *
   * @param origin where they come from
   */
  static Map<String, ConfigValue> merge(
      String origin, Map<String, String> values, List<String> overrides) {
    return known(
        layered(ConfigFactory.parseMap(values, origin), overrides, DEFAULTS),
        leaves(parse(defaults(DEFAULTS))));
  }

  /**
   * The same of a file that describes a sweep.
   *
   * @param open keys whose values may have keys of their own: they are not looked into
   */
  static Map<String, ConfigValue> mergeSweep(
      ConfigText file, List<String> overrides, List<String> open) {
    try {
      Config merged =
          new Substitutions(file).resolve(layered(parse(file), overrides, SWEEP_DEFAULTS));
      Config closed = merged;
      Map<String, ConfigValue> opened = new TreeMap<>();
      for (String key : open) {
        if (merged.hasPathOrNull(key)) {
          opened.put(key, merged.root().toConfig().getValue(key));
        }
        closed = closed.withoutPath(key);
      }
      SortedMap<String, ConfigValue> known = leaves(parse(defaults(SWEEP_DEFAULTS)));
      Map<String, ConfigValue> values = known(closed, known);
      values.putAll(opened);
      return values;
    } catch (StackOverflowError e) {
      throw tooDeep(file.origin(), e);
    }
  }

  /** Every key that a run's configuration may set. */
  static SortedMap<String, ConfigValue> keysOfARun() {
    return leaves(parse(defaults(DEFAULTS)));
  }

  private static Config layered(Config middle, List<String> overrides, String defaults) {
    Config merged = middle.withFallback(parse(defaults(defaults)));
    for (String override : overrides) {
      merged = parseOverride(override).withFallback(merged);
    }
    return merged;
  }

  private static Map<String, ConfigValue> known(
      Config merged, SortedMap<String, ConfigValue> known) {
    SortedMap<String, ConfigValue> values = leaves(merged);
    values.forEach((key, value) -> requireKnown(key, value, known));
    return values;
  }

  /** Where a value stands: {@code file:line}, or the option that set it. */
  static String place(ConfigOrigin origin) {
    return origin.description().replaceFirst(": (\\d+)(-\\d+)?$", ":$1");
  }

  /** What a message quotes of a name or value. */
  static String quoted(String text) {
    return text.length() > QUOTED ? text.substring(0, QUOTED) + "…" : text;
  }

  private static ConfigText defaults(String name) {
    try (InputStream in = ConfigMerge.class.getResourceAsStream("/" + name)) {
      return new ConfigText(name, new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Config parse(ConfigText file) {
    ConfigParseOptions options =
        ConfigParseOptions.defaults()
            .setSyntax(ConfigSyntax.CONF)
            .setOriginDescription(file.origin())
            .setIncluder(new NoIncludes(file.origin()));
    try {
      return ConfigFactory.parseString(file.text(), options);
    } catch (ConfigException e) {
      throw syntaxError(file.origin(), e);
    }
  }

  /** A value on the command line is taken as it is, so that {@code hdfs://…} needs no quotes. */
  private static Config parseOverride(String override) {
    int equals = Math.max(0, override.indexOf('='));
    String key = override.substring(0, equals).strip();
    String value = override.substring(equals).replaceFirst("=", "").strip();
    if (key.isEmpty() || value.isEmpty()) {
      throw new ConfigurationException(
          "--set: must be key=value, such as train.epochs=10; found " + override);
    }
    try {
      return ConfigValueFactory.fromAnyRef(value, "--set " + quoted(override)).atPath(key);
    } catch (ConfigException e) {
      throw new ConfigurationException(
          "--set " + quoted(override) + ": " + quoted(key) + " is not a key", e);
    } catch (StackOverflowError e) {
      throw tooDeep("--set " + quoted(override), e);
    }
  }

  static ConfigurationException syntaxError(String where, ConfigException e) {
    String place = e.origin() == null ? where : place(e.origin());
    String reason = e.getMessage().replaceFirst("^.*?: \\d+: ", "");
    return new ConfigurationException(place + ": syntax error: " + quoted(reason), e);
  }

  private static ConfigurationException tooDeep(String where, StackOverflowError e) {
    return new ConfigurationException(
        where + ": sections must not be nested thousands of times", e);
  }

  /** Values by full key. An empty section counts as a value: it, too, may be a mistyped key. */
  private static SortedMap<String, ConfigValue> leaves(Config config) {
    SortedMap<String, ConfigValue> leaves = new TreeMap<>();
    collect("", config.root(), leaves);
    return leaves;
  }

  private static void collect(
      String prefix, ConfigObject section, Map<String, ConfigValue> leaves) {
    section.forEach(
        (name, value) -> {
          String key = prefix + ConfigUtil.joinPath(name);
          boolean isSection = !SECTIONS_AS_VALUES.contains(key);
          if (isSection && value instanceof ConfigObject inner && !inner.isEmpty()) {
            collect(key + ".", inner, leaves);
          } else {
            leaves.put(key, value);
          }
        });
  }

  static void requireKnown(String key, ConfigValue value, SortedMap<String, ConfigValue> known) {
    if (known.containsKey(key)) {
      return;
    }
    String place = place(value.origin());
    String name = quoted(key);
    List<String> inside = known.keySet().stream().filter(k -> k.startsWith(key + ".")).toList();
    if (inside.isEmpty()) {
      throw new ConfigurationException(
          name
              + ": unknown key ("
              + place
              + "); did you mean "
              + SpellingSuggestion.to(name, known.keySet())
              + "?");
    }
    if (value.valueType() != ConfigValueType.OBJECT) {
      throw new ConfigurationException(
          name
              + ": must be a section with the keys "
              + String.join(", ", inside)
              + "; found a value ("
              + place
              + ")");
    }
  }
}
