package org.qsnn.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigResolveOptions;
import com.typesafe.config.ConfigResolver;
import com.typesafe.config.ConfigValue;
import java.util.Locale;
import org.qsnn.ConfigurationException;

/**
 * Puts in the place of each {@code ${key}} of a file the value of that key. Neither the environment
 * nor system properties are read: what is secret there would end in addresses, messages and {@code
 * run.conf}, and a run would depend on what no file says.
 */
record Substitutions(ConfigText file) {
  private static final String MARK = "${";

  /** So few cannot make gigabytes of a short text, each of two of the one before. */
  private static final int MOST = 16;

  /**
   * @throws ConfigurationException if there is no such key, or one stands for itself
   */
  Config resolve(Config merged) {
    if (file.text().split("\\Q" + MARK + "\\E", MOST + 2).length > MOST + 1) {
      throw new ConfigurationException(
          file.origin() + ": expected at most " + MOST + " substitutions ${…}, found more");
    }
    try {
      return merged.resolve(ConfigResolveOptions.noSystem().appendResolver(new Refusal(file)));
    } catch (ConfigException e) {
      throw ConfigMerge.syntaxError(file.origin(), e);
    }
  }

  /** Asked for keys that are missing, those of {@code ${?key}} too. */
  private record Refusal(ConfigText file) implements ConfigResolver {
    @Override
    public ConfigValue lookup(String path) {
      throw new ConfigurationException(
          String.format(
              Locale.ROOT,
              "%s:%d: ${%s}: there is no such key, and the environment is not read; give the value with --set",
              file.origin(),
              line(path),
              ConfigMerge.quoted(path)));
    }

    @Override
    public ConfigResolver withFallback(ConfigResolver fallback) {
      return this;
    }

    private long line(String path) {
      String text = file.text();
      int at = Math.max(text.indexOf(MARK + path), text.indexOf(MARK + "?" + path));
      return 1 + text.substring(0, Math.max(0, at)).chars().filter(c -> c == '\n').count();
    }
  }
}
