package org.qsnn.job;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.Property;
import org.apache.logging.log4j.core.layout.PatternLayout;
import org.qsnn.run.RunLog;

/**
 * The last warnings and errors of this JVM, Spark's among them. They are not shown to a user; they
 * are there when a failure has to be explained.
 */
public final class RecentLog extends AbstractAppender {
  private static final int MOST = 50;

  private final Deque<LogEvent> events = new ArrayDeque<>();

  private RecentLog() {
    super(
        "recent log",
        null,
        PatternLayout.newBuilder().withPattern(RunLog.PATTERN).withCharset(UTF_8).build(),
        true,
        Property.EMPTY_ARRAY);
  }

  /** Listens from now on, for as long as the JVM lives. */
  public static RecentLog attached() {
    RecentLog log = new RecentLog();
    log.start();
    if (LogManager.getContext(RecentLog.class.getClassLoader(), false)
        instanceof LoggerContext logging) {
      logging.getConfiguration().getRootLogger().addAppender(log, Level.WARN, null);
      logging.updateLoggers();
    }
    return log;
  }

  @Override
  public void append(LogEvent event) {
    synchronized (events) {
      events.addLast(event.toImmutable());
      if (events.size() > MOST) {
        events.removeFirst();
      }
    }
  }

  /** As they stand in a log file, oldest first. */
  public List<String> lines() {
    synchronized (events) {
      return events.stream()
          .map(event -> new String(getLayout().toByteArray(event), UTF_8))
          .toList();
    }
  }

  /** What the first error since then came from; it tends to cause the others. */
  public Optional<Throwable> firstThrown() {
    synchronized (events) {
      return events.stream()
          .filter(event -> event.getLevel().isMoreSpecificThan(Level.ERROR))
          .flatMap(event -> Optional.ofNullable(event.getThrown()).stream())
          .findFirst();
    }
  }
}
