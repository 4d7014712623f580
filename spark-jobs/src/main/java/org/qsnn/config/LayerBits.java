package org.qsnn.config;

import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.qsnn.ConfigurationException;
import org.qsnn.model.MembraneBits;

/**
 * {@code network.membrane-bits}: a number, a list with one for each spiking layer, or numbers by
 * the names of layers. In its canonical form a number, or numbers with commas between them.
 *
 * @param layers names of the spiking layers in order of execution
 */
record LayerBits(Settings settings, List<String> layers) {
  static final String KEY = "network.membrane-bits";

  /** Stands for the layers that have no number of their own. */
  static final String DEFAULT = "default";

  private static final Integer[] ALLOWED = {2, 4, 8, MembraneBits.FLOAT};

  /**
   * @throws ConfigurationException if it names a layer that is not there, or leaves one out
   */
  MembraneBits read() {
    ConfigValue value = written(settings.value(KEY));
    if (value instanceof ConfigObject object) {
      return kept(byName(object));
    }
    if (value instanceof ConfigList list) {
      return kept(inOrder(list));
    }
    return MembraneBits.of(settings.integerOf(KEY, ALLOWED));
  }

  /** On the command line and in {@code run.conf} lists and sections are text. */
  private ConfigValue written(ConfigValue value) {
    if (value.valueType() != ConfigValueType.STRING) {
      return value;
    }
    String text = ((String) value.unwrapped()).strip();
    boolean isOpened = text.startsWith("[") || text.startsWith("{");
    if (!isOpened && !text.contains(",")) {
      return value;
    }
    try {
      String whole = isOpened ? text : "[" + text + "]";
      return ConfigFactory.parseString("v = " + whole).getValue("v");
    } catch (ConfigException e) {
      throw settings.invalid(KEY, "a number, a list or a section of numbers");
    }
  }

  private MembraneBits kept(List<Integer> numbers) {
    MembraneBits bits = new MembraneBits(numbers);
    if (bits.isUniform()) {
      settings.keep(KEY, bits.at(0));
    } else {
      settings.keep(KEY, bits.toString());
    }
    return bits;
  }

  private List<Integer> inOrder(ConfigList list) {
    if (list.size() != layers.size()) {
      throw invalid(
          "a number, or a list of "
              + layers.size()
              + " numbers, for the spiking layers "
              + String.join(", ", layers),
          "a list of " + list.size());
    }
    return list.stream().map(this::number).toList();
  }

  private List<Integer> byName(ConfigObject section) {
    Map<String, Integer> numbers = new TreeMap<>();
    flatten("", section, numbers);
    for (String name : numbers.keySet()) {
      if (!name.equals(DEFAULT) && !layers.contains(name)) {
        throw new ConfigurationException(
            invalid(
                        "a section whose keys are "
                            + DEFAULT
                            + " and spiking layers, "
                            + String.join(", ", layers),
                        ConfigMerge.quoted(name))
                    .getMessage()
                + "; did you mean "
                + SpellingSuggestion.to(name, layers)
                + "?");
      }
    }
    List<String> missing = layers.stream().filter(layer -> !numbers.containsKey(layer)).toList();
    if (!missing.isEmpty() && !numbers.containsKey(DEFAULT)) {
      throw invalid(
          "a section with a " + DEFAULT + ", or with all spiking layers",
          "none for " + String.join(", ", missing));
    }
    List<Integer> bits = new ArrayList<>();
    for (String layer : layers) {
      bits.add(numbers.containsKey(layer) ? numbers.get(layer) : numbers.get(DEFAULT));
    }
    return bits;
  }

  /** Without quotes the dots of a layer's name make sections. */
  private void flatten(String prefix, ConfigObject section, Map<String, Integer> numbers) {
    section.forEach(
        (name, value) -> {
          if (value instanceof ConfigObject inner) {
            flatten(prefix + name + ".", inner, numbers);
          } else {
            numbers.put(prefix + name, number(value));
          }
        });
  }

  private int number(ConfigValue value) {
    try {
      int bits = Settings.decimal(Settings.written(value)).intValueExact();
      for (int allowed : ALLOWED) {
        if (bits == allowed) {
          return bits;
        }
      }
    } catch (NumberFormatException | ArithmeticException | ConfigException e) {
      // It is refused as any other number is.
    }
    throw invalid("made of 2, 4, 8 and 32", ConfigMerge.quoted(value.unwrapped() + ""));
  }

  private ConfigurationException invalid(String allowed, String found) {
    return new ConfigurationException(
        KEY + ": must be " + allowed + "; found " + found + " (" + settings.place(KEY) + ")");
  }
}
