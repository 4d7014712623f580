package org.qsnn.storage;

import org.apache.hadoop.conf.Configuration;

/** What happens to a lease whose holder gives no heartbeat for 30 s, without the 30 s. */
public final class Takeover {
  private Takeover() {}

  /** Acquires the lease of a folder and gives it back: it is free then. */
  public static void of(String folder) {
    of(FileStore.of(new Configuration()), folder);
  }

  public static void of(FileStore files, String folder) {
    Lease.acquire(files, folder, time -> {}).close();
  }
}
