package org.qsnn.distributed;

import java.io.Serializable;

/** What one executor says of itself. */
public final class ExecutorFacts implements Serializable {
  private static final long serialVersionUID = 1L;

  private final String id;
  private final String host;
  private final String java;
  private final String spark;
  private final String scala;
  private final String nativeClassifier;
  private final int nativeThreads;
  private final int processors;
  private final long heapBytes;
  private final long nativeBytes;
  private final long clockMillis;

  ExecutorFacts(
      String id,
      String host,
      Software software,
      int nativeThreads,
      int processors,
      long heapBytes,
      long nativeBytes,
      long clockMillis) {
    this.id = id;
    this.host = host;
    this.java = software.java();
    this.spark = software.spark();
    this.scala = software.scala();
    this.nativeClassifier = software.nativeClassifier();
    this.nativeThreads = nativeThreads;
    this.processors = processors;
    this.heapBytes = heapBytes;
    this.nativeBytes = nativeBytes;
    this.clockMillis = clockMillis;
  }

  /** Versions, and the native build that computes. */
  record Software(String java, String spark, String scala, String nativeClassifier) {}

  /** As Spark calls it. */
  public String id() {
    return id;
  }

  public String host() {
    return host;
  }

  public String java() {
    return java;
  }

  public String spark() {
    return spark;
  }

  public String scala() {
    return scala;
  }

  /** For example {@code linux-x86_64-onednn-avx2}. */
  public String nativeClassifier() {
    return nativeClassifier;
  }

  /** Threads inside one operator of one task. */
  public int nativeThreads() {
    return nativeThreads;
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
