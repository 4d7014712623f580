package org.qsnn.storage;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.qsnn.ConfigurationException;
import org.qsnn.storage.LeaseFiles.Sighting;

/**
 * Finds out whether a lease's holder lives, by watching its file for change. No clock but the
 * watcher's own has a part in it: dates may lie in the future, and hosts disagree about the time.
 * What counts is the time between two looks that both succeeded: a file system that does not answer
 * shows no heartbeat either.
 */
final class LeaseWatch {
  static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);
  private static final Logger LOG = LogManager.getLogger();

  private final String folder;
  private final LeaseFiles leases;
  private final Sleeper pause;

  LeaseWatch(String folder, LeaseFiles leases, Sleeper pause) {
    this.folder = folder;
    this.leases = leases;
    this.pause = pause;
  }

  /**
   * Returns when the lease that counts may be taken over, or there is none: its holder has given it
   * back, is known to be gone, or gave no heartbeat for {@link #PATIENCE}.
   *
   * @return the number of that lease, 0 if there is none: whoever takes over must create the next
   *     one, since another may do so first
   * @throws ConfigurationException as soon as the holder gives a sign of life; names it
   */
  int awaitFree() {
    Optional<Sighting> first = leases.look();
    if (isFree(first)) {
      return number(first);
    }
    LOG.info(
        "{}: another driver holds the lease ({}); checking for up to {} s whether it is alive",
        folder,
        first.get().name(),
        PATIENCE.toSeconds());
    for (Duration silent = Duration.ZERO;
        silent.compareTo(PATIENCE) < 0;
        silent = silent.plus(BETWEEN_LOOKS)) {
      pause.of(BETWEEN_LOOKS);
      Optional<Sighting> now = leases.look();
      if (isFree(now)) {
        return number(now);
      }
      if (!now.equals(first)) {
        throw refusal(now.get(), "it sent a heartbeat just now");
      }
    }
    LOG.info("{}: no heartbeat for {} s; taking over", folder, PATIENCE.toSeconds());
    return number(first);
  }

  private static int number(Optional<Sighting> lease) {
    return lease.map(sighting -> sighting.entry().number()).orElse(0);
  }

  /**
   * @throws ConfigurationException if the lease is another one's of this very process
   */
  private boolean isFree(Optional<Sighting> lease) {
    Optional<LeaseHolder> holder = lease.flatMap(Sighting::holder);
    if (holder.filter(Lease::beatsHere).isPresent()) {
      throw refusal(lease.get(), "it is part of this process");
    }
    return lease.isEmpty()
        || lease.get().entry().isReleased()
        || holder.filter(found -> found.process().isGone()).isPresent();
  }

  private ConfigurationException refusal(Sighting lease, String sign) {
    return new ConfigurationException(
        String.format(
            Locale.ROOT,
            "%s: another driver works here (%s): %s; after %d s without one another driver may take over the run",
            folder,
            lease.name(),
            sign,
            PATIENCE.toSeconds()));
  }
}
