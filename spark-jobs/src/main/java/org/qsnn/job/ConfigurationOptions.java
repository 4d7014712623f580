package org.qsnn.job;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** {@code --set key=value}, of every command that reads a configuration. */
final class ConfigurationOptions {
  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "Override a key of the configuration; may be repeated.")
  private List<String> overrides = new ArrayList<>();

  List<String> overrides() {
    return List.copyOf(overrides);
  }
}
