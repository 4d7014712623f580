package org.qsnn.config;

import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * {@code sweep.halving}
 *
 * @param eta one of so many is trained further
 * @param firstEpochs of all
 */
public record HalvingSection(int eta, int firstEpochs) {
  static final String KEY = "sweep.halving";

  private static final Map<String, Integer> DEFAULTS = Map.of("eta", 3, "first-epochs", 1);

  /** Empty if it is off. */
  static Optional<HalvingSection> from(ConfigValue value) {
    if (!(value instanceof ConfigObject object)) {
      if (List.of("off", "false", "no").contains(Settings.written(value))) {
        return Optional.empty();
      }
      throw SweepSpace.wrong(KEY, value, "off, or { eta, first-epochs }");
    }
    Map<String, ConfigValue> values = new TreeMap<>();
    DEFAULTS.forEach(
        (name, number) ->
            values.put(KEY + "." + name, ConfigValueFactory.fromAnyRef(number, "the default")));
    for (Map.Entry<String, ConfigValue> entry : object.entrySet()) {
      if (!DEFAULTS.containsKey(entry.getKey())) {
        throw SweepSpace.wrong(
            KEY + "." + entry.getKey(),
            entry.getValue(),
            "left out; the keys are eta, first-epochs");
      }
      values.put(KEY + "." + entry.getKey(), entry.getValue());
    }
    Settings settings = new Settings(values);
    return Optional.of(
        new HalvingSection(
            settings.integer(KEY + ".eta", 2, 100),
            settings.integer(KEY + ".first-epochs", 1, 100_000)));
  }
}
