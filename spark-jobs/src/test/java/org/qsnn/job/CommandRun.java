package org.qsnn.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.LoggerConfig;
import org.apache.logging.log4j.core.config.Property;

/**
 * A command as from a shell, in this JVM and on its Spark session.
 *
 * @param out what it printed
 * @param err what it complained about
 * @param log what went through the log to the console besides, from warnings on
 */
record CommandRun(int exitCode, String out, String err, List<String> log) {

  static CommandRun of(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    try (Console console = Console.attached()) {
      PrintWriter errors = new PrintWriter(err, true);
      int exitCode =
          Main.commandLine(CommandProcess.inside(errors))
              .setOut(new PrintWriter(out, true))
              .setErr(errors)
              .execute(arguments);
      return new CommandRun(
          exitCode, out.toString(), err.toString(), List.copyOf(console.messages));
    }
  }

  /** Checks that it failed with one readable line, and that nothing else reached the console. */
  void assertFailed(int expectedExitCode, String... parts) {
    assertThat(err).startsWith("qsnn: ").endsWith("\n").hasLineCount(1).contains(parts);
    assertThat(err).doesNotContain("Exception", "bug in qsnn");
    assertThat(exitCode).isEqualTo(expectedExitCode);
    assertThat(out).isEmpty();
    assertThat(log).isEmpty();
  }

  /** Takes what the console's appender takes: both hang on this logger. */
  private static final class Console extends AbstractAppender implements AutoCloseable {
    private static final LoggerContext LOGGING = (LoggerContext) LogManager.getContext(false);

    private final List<String> messages = new CopyOnWriteArrayList<>();

    private Console() {
      super("captured console", null, null, true, Property.EMPTY_ARRAY);
    }

    private static LoggerConfig logger() {
      return LOGGING.getConfiguration().getLoggerConfig("org.qsnn");
    }

    static Console attached() {
      Console console = new Console();
      console.start();
      logger().addAppender(console, Level.WARN, null);
      return console;
    }

    @Override
    public void append(LogEvent event) {
      messages.add(event.getLoggerName() + ": " + event.getMessage().getFormattedMessage());
    }

    @Override
    public void close() {
      logger().removeAppender(getName());
      stop();
    }
  }
}
