package org.qsnn.storage;

/** The texts of lease files, for tests of other packages. */
public final class StoredLeases {
  private StoredLeases() {}

  public static byte[] example() {
    return LeaseHolder.here().bytes();
  }

  /** Reads one and asks for all that a driver wants to know of it. */
  public static String read(byte[] text) {
    return LeaseHolder.of(text)
        .map(holder -> holder + (holder.process().isGone() ? " is gone" : " may work"))
        .orElse("nobody");
  }
}
