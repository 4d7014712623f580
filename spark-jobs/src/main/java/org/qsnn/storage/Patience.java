package org.qsnn.storage;

import java.io.IOException;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.qsnn.DataException;

/**
 * How long storage that is away is waited for: a NameNode that restarts or is in safe mode, a
 * network that is down. Tries come at growing distances; one line says that it waits, and one that
 * it works again. What a person would have to change first is not tried again; and after the time
 * was over once, nothing is waited for any more: a command that fails is to come to its end.
 */
final class Patience {
  /** For one more attempt at once, which a connection that was cut in between needs. */
  static final Patience NONE =
      new Patience(Duration.ZERO, () -> false, Sleeper::sleep, System::nanoTime);

  private static final Logger LOG = LogManager.getLogger();
  private static final Duration SHORTEST_PAUSE = Duration.ofMillis(250);

  /** Less than a third of a lease's patience: a heartbeat comes soon after the storage is back. */
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(100);

  private final Duration limit;
  private final BooleanSupplier isOver;
  private final Sleeper pause;
  private final LongSupplier nanoTime;
  private volatile boolean isExhausted;

  /**
   * @param isOver asked while it waits; true ends the waiting
   * @param nanoTime monotonic
   */
  Patience(Duration limit, BooleanSupplier isOver, Sleeper pause, LongSupplier nanoTime) {
    this.limit = limit;
    this.isOver = isOver;
    this.pause = pause;
    this.nanoTime = nanoTime;
  }

  /** Something that can be done again after it has failed. */
  interface Attempt<T> {
    T make() throws IOException;
  }

  /**
   * Does something until it succeeds, fails for another reason, or the time is over.
   *
   * @param verb what is tried: "read", "write", "list" …
   * @throws StorageException if the storage stayed away
   */
  <T> T persist(String verb, String path, Attempt<T> attempt) throws IOException {
    try {
      return attempt.make();
    } catch (IOException e) {
      return new Wait(verb, path).again(e, attempt);
    }
  }

  /**
   * The same for what reads and writes by other means, such as Spark's own, and says why it failed
   * somewhere among the causes.
   */
  <T> T persist(String what, Supplier<T> work) {
    try {
      return persist(
          "read",
          what,
          () -> {
            try {
              return work.get();
            } catch (RuntimeException e) {
              throw StorageFailure.away(e).orElseThrow(() -> e);
            }
          });
    } catch (IOException e) {
      throw StorageFailure.of("read", what, e);
    }
  }

  /** From the first failure on. */
  private final class Wait {
    private final String verb;
    private final String path;
    private final long start = nanoTime.getAsLong();
    private Duration next = SHORTEST_PAUSE;
    private boolean isTold;

    Wait(String verb, String path) {
      this.verb = verb;
      this.path = path;
    }

    <T> T again(IOException first, Attempt<T> attempt) throws IOException {
      IOException failure = first;
      boolean isAtOnce = StorageFailure.mayPass(first);
      while (true) {
        if (!isAtOnce) {
          await(failure);
        }
        isAtOnce = false;
        try {
          T result = attempt.make();
          tellSuccess();
          return result;
        } catch (IOException e) {
          failure = e;
        }
      }
    }

    private void await(IOException failure) throws IOException {
      boolean isNotEvenTried = limit.isZero() || isExhausted || (!isTold && isOver.getAsBoolean());
      if (isNotEvenTried || !StorageFailure.isAway(failure)) {
        throw failure;
      }
      DataException reason = StorageFailure.of(verb, path, failure);
      if (!isTold) {
        isTold = true;
        LOG.warn(
            "{}; trying again for up to {} (storage.patience)", reason.getMessage(), shown(limit));
      }
      pause(failure);
      next = shorter(next.multipliedBy(2), LONGEST_PAUSE);
    }

    private void pause(IOException failure) {
      Duration rest = shorter(next, limit.minus(waited()));
      for (; rest.compareTo(Duration.ZERO) > 0; rest = rest.minus(BETWEEN_LOOKS)) {
        if (isOver.getAsBoolean()) {
          throw StorageFailure.givenUp(verb, path, failure, "until it was told to end");
        }
        pause.of(shorter(rest, BETWEEN_LOOKS));
      }
      if (waited().compareTo(limit) >= 0) {
        isExhausted = true;
        throw StorageFailure.givenUp(
            verb, path, failure, "for " + shown(limit) + " (storage.patience)");
      }
    }

    private void tellSuccess() {
      if (isTold) {
        LOG.info("{}: available again after {}", path, shown(waited()));
      }
    }

    private Duration waited() {
      return Duration.ofNanos(nanoTime.getAsLong() - start);
    }
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  private static String shown(Duration time) {
    return time.toSeconds() >= 120 && time.toSecondsPart() == 0
        ? time.toMinutes() + " min"
        : time.toSeconds() + " s";
  }
}
