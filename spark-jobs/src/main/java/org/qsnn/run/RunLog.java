package org.qsnn.run;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.apache.logging.log4j.ThreadContext;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.appender.FileAppender;
import org.apache.logging.log4j.core.config.Configuration;
import org.apache.logging.log4j.core.filter.AbstractFilter;
import org.apache.logging.log4j.core.impl.Log4jLogEvent;
import org.apache.logging.log4j.core.layout.AbstractStringLayout;
import org.apache.logging.log4j.core.layout.PatternLayout;
import org.apache.logging.log4j.message.SimpleMessage;
import org.qsnn.ConfigurationException;
import org.qsnn.ControlCharacters;
import org.qsnn.DataException;
import org.qsnn.QsnnException;

/**
 * Copies what this JVM logs into a run's {@code run.log} until it is closed, but for what the
 * threads of other runs log: the thread that opens a log works for its run. Which messages there
 * are is the logging configuration's matter.
 */
public final class RunLog implements AutoCloseable {
  public static final String PATTERN =
      "%d{yyyy-MM-dd'T'HH:mm:ss.SSS'Z'}{UTC} %-5p %c{1.} - %m%n%ex";

  /** In the context of a thread that works for a run: which. */
  private static final String RUN = "qsnn.run";

  private static final Logger LOG = LogManager.getLogger();

  private final LoggerContext logging;
  private final FileAppender appender;
  private final String runBefore;
  private final Runnable afterwards;
  private boolean isOfFailure = true;

  private RunLog(
      LoggerContext logging, FileAppender appender, String runBefore, Runnable afterwards) {
    this.logging = logging;
    this.appender = appender;
    this.runBefore = runBefore;
    this.afterwards = afterwards;
  }

  /**
   * Writes as it is logged into a run directory on the local disk; a resumed run's messages follow
   * the earlier ones.
   *
   * @throws DataException if the file cannot be written
   */
  public static RunLog in(Path runDirectory) {
    return attach(runDirectory.resolve(RunDirectory.LOG), () -> {});
  }

  /**
   * For a run directory that is not on the local disk: collects in a temporary file and writes it
   * under {@code name} when the log is closed, even if the temporary file has been removed
   * meanwhile, as YARN does with those of a driver that it ends. A killed driver leaves no log
   * there.
   *
   * @param name usually {@link RunDirectory#LOG}
   */
  public static RunLog uploading(RunFiles files, String name) {
    Path temporary = temporaryFile();
    FileChannel content = opened(temporary);
    return attach(temporary, () -> upload(temporary, content, files, name));
  }

  /** Writes down how the run ended, in the log and nowhere else. */
  public void endedWell(String how) {
    isOfFailure = false;
    append(Level.INFO, how, null);
  }

  /** The same of a run that failed, with the stack trace of its cause. */
  public void failed(String how, Throwable cause) {
    append(Level.ERROR, how, cause);
  }

  private void append(Level level, String how, Throwable cause) {
    appender.append(
        Log4jLogEvent.newBuilder()
            .setLoggerName(RunLog.class.getName())
            .setLevel(level)
            .setMessage(new SimpleMessage(how))
            .setThrown(cause)
            .build());
  }

  /**
   * Stops logging to the file, and uploads it where that was asked for. That the log of a run which
   * ended well cannot be uploaded is a warning: the run is complete without it.
   *
   * @throws DataException if the log of another run cannot be uploaded
   */
  @Override
  public void close() {
    logging.getConfiguration().getRootLogger().removeAppender(appender.getName());
    logging.updateLoggers();
    appender.stop();
    if (runBefore == null) {
      ThreadContext.remove(RUN);
    } else {
      ThreadContext.put(RUN, runBefore);
    }
    try {
      afterwards.run();
    } catch (DataException e) {
      if (isOfFailure) {
        throw e;
      }
      LOG.warn(e.getMessage());
    }
  }

  private static RunLog attach(Path file, Runnable afterwards) {
    checkWritable(file);
    LoggerContext logging = logging();
    Configuration configuration = logging.getConfiguration();
    FileAppender appender = appender(file, configuration);
    appender.start();
    configuration
        .getRootLogger()
        .addAppender(appender, null, new NotOfOtherRuns(appender.getName()));
    logging.updateLoggers();
    String runBefore = ThreadContext.get(RUN);
    ThreadContext.put(RUN, appender.getName());
    return new RunLog(logging, appender, runBefore, afterwards);
  }

  private static LoggerContext logging() {
    if (LogManager.getContext(RunLog.class.getClassLoader(), false)
        instanceof LoggerContext logging) {
      return logging;
    }
    throw new ConfigurationException(
        "run.log: expected log4j-core behind the Log4j API, as Spark brings it, found "
            + LogManager.getFactory().getClass().getName());
  }

  private static FileAppender appender(Path file, Configuration configuration) {
    return FileAppender.newBuilder()
        .setName("run log " + file.toAbsolutePath())
        .setLayout(new Shown(configuration))
        .setConfiguration(configuration)
        .withFileName(file.toString())
        .withAppend(true)
        .build();
  }

  /** Fails with the system's reason, which the appender would keep to itself. */
  private static void checkWritable(Path file) {
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      Files.write(file, new byte[0], StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new DataException(file + ": the run's log cannot be written: " + e.getMessage(), e);
    }
  }

  private static Path temporaryFile() {
    try {
      return Files.createTempFile("qsnn-run-", ".log");
    } catch (IOException e) {
      throw new DataException("run.log: no temporary file: " + e, e);
    }
  }

  private static FileChannel opened(Path temporary) {
    try {
      return FileChannel.open(temporary, StandardOpenOption.READ);
    } catch (IOException e) {
      throw new DataException("run.log: the temporary file cannot be read: " + e, e);
    }
  }

  private static void upload(Path temporary, FileChannel content, RunFiles files, String name) {
    try (InputStream in = Channels.newInputStream(content)) {
      files.write(name, in.readAllBytes());
      Files.deleteIfExists(temporary);
    } catch (IOException | QsnnException e) {
      throw new DataException(
          String.format(
              Locale.ROOT,
              "%s: the run's log is kept here; it could not be uploaded: %s",
              temporary,
              e.getMessage()),
          e);
    }
  }

  /** Lets through what the run's own thread logs, and what threads log that work for no run. */
  private static final class NotOfOtherRuns extends AbstractFilter {
    private final String run;

    NotOfOtherRuns(String run) {
      this.run = run;
    }

    @Override
    public Result filter(LogEvent event) {
      String other = event.getContextData().getValue(RUN);
      return other == null || other.equals(run) ? Result.NEUTRAL : Result.DENY;
    }
  }

  /** A log is read on terminals, and names come from others. */
  private static final class Shown extends AbstractStringLayout {
    private final PatternLayout pattern;

    Shown(Configuration configuration) {
      super(configuration, UTF_8, null, null);
      this.pattern = PatternLayout.newBuilder().withPattern(PATTERN).withCharset(UTF_8).build();
    }

    @Override
    public String toSerializable(LogEvent event) {
      return ControlCharacters.shown(pattern.toSerializable(event));
    }
  }
}
