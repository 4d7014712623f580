package org.qsnn.storage;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.qsnn.ConfigurationException;
import org.qsnn.DataException;
import org.qsnn.storage.LeaseFiles.Entry;

/**
 * The right to write in a folder, which one process has at a time, and the way in which it writes
 * there. It is renewed by heartbeats; a lease whose holder is known to be gone, or has not renewed
 * it for {@link #PATIENCE}, may be taken over.
 *
 * <p>A holder that was stopped, lost its lease and goes on cannot change what its successor reads
 * or writes. Every file is written under a temporary name; then the lease is checked; then the file
 * is renamed. A successor first creates its own lease and then deletes all temporary files, before
 * it reads anything. So the late rename finds no file, or the check finds the new lease, whenever
 * the process was stopped.
 */
public final class Lease implements AutoCloseable {
  /** Its folder within the folder that it is for. */
  public static final String FOLDER = "lease";

  static final Duration HEARTBEAT = Duration.ofSeconds(10);
  static final Duration PATIENCE = Duration.ofSeconds(30);

  private static final Logger LOG = LogManager.getLogger();
  private static final int ATTEMPTS = 10;

  private final FileStore files;
  private final String folder;
  private final LeaseFiles leases;
  private final int number;
  private final LeaseHolder holder;
  private final ScheduledExecutorService heart =
      Executors.newSingleThreadScheduledExecutor(Lease::daemon);
  private final AtomicReference<DataException> loss = new AtomicReference<>();

  private Lease(FileStore files, String folder, int number, LeaseHolder holder) {
    this.files = files;
    this.folder = folder;
    this.leases = new LeaseFiles(files, folder);
    this.number = number;
    this.holder = holder;
  }

  /**
   * Acquires the lease of a folder, which is made if need be, and clears it and the folders in it
   * of what crashed writers left.
   *
   * @throws ConfigurationException if another process holds it; names the holder
   */
  public static Lease acquire(FileStore files, String folder) {
    Lease lease = acquire(files, folder, new LeaseFiles(files, folder)::now);
    long millis = HEARTBEAT.toMillis();
    lease.heart.scheduleWithFixedDelay(lease::beat, millis, millis, TimeUnit.MILLISECONDS);
    return lease;
  }

  /** Without heartbeats, and with another clock for the age of leases. */
  static Lease acquire(FileStore files, String folder, LongSupplier now) {
    LeaseFiles leases = new LeaseFiles(files, folder);
    LeaseHolder holder = LeaseHolder.here();
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      Optional<Entry> newest = leases.newest();
      newest.ifPresent(entry -> refuseIfHeld(folder, leases, entry, now));
      int number = newest.map(Entry::number).orElse(0) + 1;
      if (leases.create(number, holder)) {
        Lease lease = new Lease(files, folder, number, holder);
        lease.clear();
        return lease;
      }
    }
    throw new ConfigurationException(
        String.format(
            Locale.ROOT,
            "%s: other drivers were faster to start here, %d times; try again",
            folder,
            ATTEMPTS));
  }

  private static void refuseIfHeld(
      String folder, LeaseFiles leases, Entry newest, LongSupplier now) {
    if (newest.isReleased()) {
      return;
    }
    Optional<LeaseHolder> holder = leases.holder(newest);
    boolean isGone = holder.isPresent() && holder.get().process().isGone();
    long silent = isGone ? Long.MAX_VALUE : now.getAsLong() - newest.beat();
    if (silent <= PATIENCE.toMillis()) {
      throw new ConfigurationException(
          String.format(
                  Locale.ROOT,
                  "%s: another driver works here (%s); its last heartbeat was %d s ago, after %d s without",
                  folder,
                  name(holder),
                  Math.max(0, silent / 1000),
                  PATIENCE.toSeconds())
              + " one another driver may go on with the run");
    }
  }

  private void clear() {
    leases.deleteBefore(number);
    files.deleteLeftovers(folder);
    files.list(folder).stream()
        .filter(entry -> entry.isFolder() && !entry.name().equals(FOLDER))
        .forEach(entry -> files.deleteLeftovers(entry.path()));
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
  public CommittedFile replace(String path, FileStore.Content content) {
    try {
      return files.replace(path, content, this::requireHeld);
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
      paths.forEach(files::delete);
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

  private boolean isMine() {
    Optional<Entry> newest = leases.newest();
    return newest.isPresent()
        && newest.get().number() == number
        && leases.holder(newest.get()).equals(Optional.of(holder));
  }

  private DataException lost() {
    String successor =
        leases
            .newest()
            .map(entry -> "another driver took over (" + name(leases.holder(entry)) + ")")
            .orElse("its lease was deleted");
    return new DataException(
        "%s: %s while this one (%s) gave no sign of life; it ends here and has changed nothing since"
            .formatted(folder, successor, holder));
  }

  /** Renews the lease. What fails now is tried again with the next heartbeat. */
  synchronized void beat() {
    if (isLost() || heart.isShutdown()) {
      return;
    }
    try {
      files.replace(leases.path(number), out -> out.write(holder.bytes()), this::requireHeld);
    } catch (RuntimeException e) {
      if (!isLost()) {
        LOG.warn("No heartbeat this time: {}", e.getMessage());
      }
    }
  }

  /** Gives the lease back if it is still held. */
  @Override
  public synchronized void close() {
    heart.shutdown();
    if (!isLost() && isMine()) {
      leases.release(number);
    }
  }

  private static String name(Optional<LeaseHolder> holder) {
    return holder.map(LeaseHolder::toString).orElse("which has not said its name yet");
  }

  private static Thread daemon(Runnable task) {
    Thread thread = new Thread(task, "qsnn lease");
    thread.setDaemon(true);
    return thread;
  }
}
