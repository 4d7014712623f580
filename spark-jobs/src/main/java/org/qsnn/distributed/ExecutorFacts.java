package org.qsnn.distributed;

import java.io.Serializable;

/** What one executor says of itself. */
public final class ExecutorFacts implements Serializable {
  private static final long serialVersionUID = 1L;

  private final String id;
  private final String host;
  private final ExecutorSoftware software;
  private final ExecutorScratch scratch;
  private final int processors;
  private final long heapBytes;
  private final long nativeBytes;
  private final long clockMillis;

  ExecutorFacts(
      String id,
      String host,
      ExecutorSoftware software,
      ExecutorScratch scratch,
      int processors,
      long heapBytes,
      long nativeBytes,
      long clockMillis) {
    this.id = id;
    this.host = host;
    this.software = software;
    this.scratch = scratch;
    this.processors = processors;
    this.heapBytes = heapBytes;
    this.nativeBytes = nativeBytes;
    this.clockMillis = clockMillis;
  }

  /** As Spark calls it. */
  public String id() {
    return id;
  }

  /** As Spark calls it, which may not be a name that can be resolved. */
  public String host() {
    return host;
  }

  public ExecutorSoftware software() {
    return software;
  }

  public ExecutorScratch scratch() {
    return scratch;
  }

  /** Of the machine, or what its container allows. */
  public int processors() {
    return processors;
  }

  public long heapBytes() {
    return heapBytes;
  }

  /** What may be allocated off the heap. */
  public long nativeBytes() {
    return nativeBytes;
  }

  /** Its clock, when it answered. */
  public long clockMillis() {
    return clockMillis;
  }
}
