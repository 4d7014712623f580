package org.qsnn.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.qsnn.tensor.JvmOptions;
import picocli.CommandLine;

/**
 * What the launcher and the program must agree on. It hands Spark's options to Spark, wherever they
 * stand: commands must not have them.
 */
class LauncherOptionsTest {
  private static final Pattern OPTIONS =
      Pattern.compile("^(?:switches|options)\\+?='([^']*)'$", Pattern.MULTILINE);

  @Test
  void noCommandHasAnOptionThatTheLauncherTakesForSpark() throws IOException {
    Set<String> ofSpark = new HashSet<>();
    OPTIONS
        .matcher(Files.readString(Path.of("..", "qsnn")))
        .results()
        .forEach(options -> ofSpark.addAll(List.of(options.group(1).split("\\|"))));
    assertThat(ofSpark).contains("--name", "--files", "--verbose");

    CommandLine main =
        Main.commandLine(CommandProcess.inside(new PrintWriter(Writer.nullWriter())));
    List<String> ours = new ArrayList<>();
    collect(main, ours);

    assertThat(ours).contains("--prefix").doesNotContainAnyElementsOf(ofSpark);
  }

  /** The launcher starts the JVM of the driver with what executors are started with. */
  @Test
  void theDriverComputesWithTheOptionsOfExecutors() throws IOException {
    assertThat(Files.readString(Path.of("..", "qsnn")))
        .contains("of_drivers='" + JvmOptions.OF_DRIVERS + "'");
    assertThat(JvmOptions.OF_EXECUTORS).contains(JvmOptions.OF_DRIVERS);
  }

  private static void collect(CommandLine command, List<String> names) {
    command.getCommandSpec().options().forEach(option -> names.addAll(List.of(option.names())));
    command.getSubcommands().values().forEach(inner -> collect(inner, names));
  }
}
