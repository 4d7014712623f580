package org.qsnn.job;

import java.util.concurrent.CompletableFuture;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.Property;

/** Lets something happen, in a thread of its own, when certain words are logged first. */
final class LogWatch extends AbstractAppender implements AutoCloseable {
  private static final LoggerContext LOGGING = (LoggerContext) LogManager.getContext(false);

  private final String words;
  private final Happening happening;
  private CompletableFuture<Void> happened;

  interface Happening {
    void happen() throws Exception;
  }

  private LogWatch(String words, Happening happening) {
    super("log watch", null, null, true, Property.EMPTY_ARRAY);
    this.words = words;
    this.happening = happening;
  }

  static LogWatch on(String words, Happening happening) {
    LogWatch watch = new LogWatch(words, happening);
    watch.start();
    LOGGING.getConfiguration().getRootLogger().addAppender(watch, Level.INFO, null);
    return watch;
  }

  @Override
  public synchronized void append(LogEvent event) {
    if (happened == null && event.getMessage().getFormattedMessage().contains(words)) {
      happened = CompletableFuture.runAsync(this::happen);
    }
  }

  private void happen() {
    try {
      happening.happen();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  /** Waits for the end of what happens; fails if the words were never logged. */
  @Override
  public void close() {
    LOGGING.getConfiguration().getRootLogger().removeAppender(getName());
    stop();
    synchronized (this) {
      if (happened == null) {
        throw new AssertionError("nothing was logged with the words: " + words);
      }
    }
    happened.join();
  }
}
