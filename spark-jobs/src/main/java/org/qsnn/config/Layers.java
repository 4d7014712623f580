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
import java.util.SortedMap;
import java.util.TreeMap;
import org.qsnn.ConfigurationException;

/**
 * The layers of a configuration, the later over the earlier: defaults, file, {@code --set}. Values
 * keep their origin, so that a message can name the line.
 */
final class Layers {
  private static final String DEFAULTS = "qsnn-defaults.conf";

  private Layers() {}

  /**
   * Merges the layers into one value for each known key.
   *
   * @throws ConfigurationException on a syntax error or an unknown key
   */
  static Map<String, ConfigValue> merge(ConfigText file, List<String> overrides) {
    Config defaults = parse(defaults());
    Config merged = parse(file).withFallback(defaults);
    for (String override : overrides) {
      merged = parseOverride(override).withFallback(merged);
    }
    SortedMap<String, ConfigValue> values = leaves(resolve(merged));
    SortedMap<String, ConfigValue> known = leaves(defaults);
    values.forEach((key, value) -> requireKnown(key, value, known));
    return values;
  }

  /** Where a value stands: {@code file:line}, or the option that set it. */
  static String place(ConfigOrigin origin) {
    return origin.description().replaceFirst(": (\\d+)(-\\d+)?$", ":$1");
  }

  private static ConfigText defaults() {
    try (InputStream in = Layers.class.getResourceAsStream("/" + DEFAULTS)) {
      return new ConfigText(DEFAULTS, new String(in.readAllBytes(), StandardCharsets.UTF_8));
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
          "--set: found " + override + ", allowed is key=value, such as train.epochs=10");
    }
    try {
      return ConfigValueFactory.fromAnyRef(value, "--set " + override).atPath(key);
    } catch (ConfigException e) {
      throw new ConfigurationException("--set " + override + ": " + key + " is not a key", e);
    }
  }

  private static Config resolve(Config merged) {
    try {
      return merged.resolve();
    } catch (ConfigException e) {
      throw syntaxError("configuration", e);
    }
  }

  private static ConfigurationException syntaxError(String where, ConfigException e) {
    String place = e.origin() == null ? where : place(e.origin());
    String reason = e.getMessage().replaceFirst("^.*?: \\d+: ", "");
    return new ConfigurationException(place + ": syntax error: " + reason, e);
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
          if (value instanceof ConfigObject inner && !inner.isEmpty()) {
            collect(key + ".", inner, leaves);
          } else {
            leaves.put(key, value);
          }
        });
  }

  private static void requireKnown(
      String key, ConfigValue value, SortedMap<String, ConfigValue> known) {
    if (known.containsKey(key)) {
      return;
    }
    String place = place(value.origin());
    List<String> inside = known.keySet().stream().filter(k -> k.startsWith(key + ".")).toList();
    if (inside.isEmpty()) {
      throw new ConfigurationException(
          key
              + ": unknown key ("
              + place
              + "); did you mean "
              + Nearest.to(key, known.keySet())
              + "?");
    }
    if (value.valueType() != ConfigValueType.OBJECT) {
      throw new ConfigurationException(
          key
              + ": found a value ("
              + place
              + "), allowed are the keys "
              + String.join(", ", inside));
    }
  }
}
