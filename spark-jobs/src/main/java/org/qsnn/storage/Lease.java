package org.qsnn.storage;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.qsnn.ConfigurationException;
import org.qsnn.DataException;
import org.qsnn.storage.LeaseFiles.Sighting;

/**
 * The right to write in a folder, which one process has at a time, and the way in which it writes
 * there. It is renewed by heartbeats; a lease whose holder is known to be gone, or gave none for 30
 * s by the clock of whoever waits for it, may be taken over.
 *
 * <p>A holder that was stopped, lost its lease and continues cannot change what its successor reads
 * or writes. Every file is written under a temporary name; then the lease is checked; then the file
 * is renamed. A successor first creates its own lease and then deletes all temporary files, before
 * it reads anything. So the late rename finds no file, or the check finds the new lease, whenever
 * the process was stopped.
 */
public final class Lease implements AutoCloseable {
  /** Its folder within the folder that it is for. */
  public static final String FOLDER = "lease";

  private static final Duration HEARTBEAT = Duration.ofSeconds(10);
  private static final Logger LOG = LogManager.getLogger();
  private static final int ATTEMPTS = 10;

  /** Tokens of the leases that this process holds and renews. */
  private static final Set<String> BEATING = ConcurrentHashMap.newKeySet();

  private final FileStore files;
  private final String folder;
  private final LeaseFiles leases;
  private final int number;
  private final ScheduledExecutorService heart =
      Executors.newSingleThreadScheduledExecutor(Lease::daemon);
  private final AtomicReference<DataException> loss = new AtomicReference<>();
  private volatile LeaseHolder holder;
  private boolean isBeatMissed;

  private Lease(FileStore files, String folder, int number, LeaseHolder holder) {
    this.files = files;
    this.folder = folder;
    this.leases = new LeaseFiles(files, folder);
    this.number = number;
    this.holder = holder;
  }

  /**
   * Acquires the lease of a folder, which is made if need be, and clears it and the folders in it
   * of what crashed writers left. May wait for 30 s to see whether its holder lives.
   *
   * @throws ConfigurationException if another process holds it; names the holder
   */
  public static Lease acquire(FileStore files, String folder) {
    Lease lease = acquire(files, folder, Sleeper::sleep);
    long millis = HEARTBEAT.toMillis();
    lease.heart.scheduleWithFixedDelay(lease::beat, millis, millis, TimeUnit.MILLISECONDS);
    BEATING.add(lease.holder.token());
    return lease;
  }

  /** Without heartbeats, and with another way to wait for those of others. */
  static Lease acquire(FileStore files, String folder, Sleeper pause) {
    LeaseFiles leases = new LeaseFiles(files, folder);
    LeaseWatch watch = new LeaseWatch(folder, leases, pause);
    LeaseHolder holder = LeaseHolder.here();
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      int number = watch.awaitFree() + 1;
      if (leases.create(number, holder)) {
        Lease lease = new Lease(files, folder, number, holder);
        lease.clear();
        return lease;
      }
    }
    throw new ConfigurationException(
        String.format(
            Locale.ROOT,
            "%s: other drivers started here first, %d times; try again",
            folder,
            ATTEMPTS));
  }

  /** Whether a lease is this process's own, which renews it. */
  static boolean beatsHere(LeaseHolder holder) {
    return BEATING.contains(holder.token());
  }

  private void clear() {
    leases.deleteBefore(number);
    files.own().deleteLeftovers(folder);
    files.list(folder).stream()
        .filter(entry -> entry.isFolder() && !entry.name().equals(FOLDER))
        .forEach(entry -> files.own().deleteLeftovers(entry.path()));
  }

  /** Whether it was found out that another process took over. */
  public boolean isLost() {
    return loss.get() != null;
  }

  /**
   * Writes a file so that it is whole or not there; one that is there already stays until the new
   * one takes its place in one step. A failure that may pass, such as a DataNode's death, costs
   * another attempt, not the training.
   *
   * @param content may be written more than once
   * @throws DataException if it cannot be written, or another process holds the lease now
   */
  public WrittenFile replace(String path, FileStore.Content content) {
    try {
      return files.own().replace(path, content, this::requireHeld);
    } catch (DataException e) {
      throw explain(e);
    }
  }

  /**
   * Deletes files that this process has made superfluous, in their order; it is fine if they are
   * gone. They must be such that no successor writes them again: other than a write, a delete may
   * come late.
   */
  public void delete(List<String> paths) {
    if (!paths.isEmpty()) {
      requireHeld();
      paths.forEach(files.own()::delete);
    }
  }

  /** The reason of a failure: the loss of the lease where that is what was behind it. */
  public RuntimeException explain(RuntimeException failure) {
    try {
      requireHeld();
      return failure;
    } catch (DataException e) {
      RuntimeException reason = isLost() ? e : failure;
      RuntimeException other = isLost() ? failure : e;
      if (other != reason) {
        reason.addSuppressed(other);
      }
      return reason;
    }
  }

  private void requireHeld() {
    if (!isLost() && !isMine()) {
      loss.compareAndSet(null, lost());
    }
    if (isLost()) {
      throw loss.get();
    }
  }

  /** Not while a heartbeat replaces the file, which may take two steps on some file systems. */
  private synchronized boolean isMine() {
    return leases.isHeld(number, holder);
  }

  private DataException lost() {
    Optional<Sighting> newest = leases.look();
    String successor =
        newest
            .map(
                lease ->
                    lease.entry().number() == number
                        ? "something else changed its lease, " + lease.entry().file().path() + ","
                        : "another driver took over (" + lease.name() + ")")
            .orElse("its lease was deleted");
    return new DataException(
        String.format(
            Locale.ROOT,
            "%s: %s while this one (%s) was not responding; it ends here and has changed nothing since",
            folder,
            successor,
            holder));
  }

  /** Renews the lease. What fails now is tried again with the next heartbeat. */
  synchronized void beat() {
    if (isLost() || heart.isShutdown()) {
      return;
    }
    LeaseHolder next = holder.afterHeartbeat();
    try {
      files
          .impatient()
          .own()
          .replace(leases.path(number), out -> out.write(next.bytes()), this::requireHeld);
      holder = next;
      isBeatMissed = false;
    } catch (RuntimeException e) {
      if (!isLost() && !isBeatMissed) {
        LOG.warn("Could not send a heartbeat: {}", e.getMessage());
      }
      isBeatMissed = true;
    }
  }

  /** Gives the lease back if it is still held; one that cannot be given back expires. */
  @Override
  public synchronized void close() {
    heart.shutdown();
    BEATING.remove(holder.token());
    try {
      if (!isLost() && isMine()) {
        leases.release(number);
      }
    } catch (DataException e) {
      // What the holder wrote is complete; whoever comes next says that it waits for the lease.
      LOG.debug("The lease cannot be released: {}", e.getMessage());
    }
  }

  private static Thread daemon(Runnable task) {
    Thread thread = new Thread(task, "qsnn lease");
    thread.setDaemon(true);
    return thread;
  }
}
