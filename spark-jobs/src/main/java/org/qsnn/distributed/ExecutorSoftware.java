package org.qsnn.distributed;

import java.io.Serializable;
import java.util.Locale;
import org.qsnn.tensor.JvmOptions;
import org.qsnn.tensor.NativeRuntime;
import org.qsnn.tensor.VectorSupport;
import scala.util.Properties;

/** What one executor computes with. */
public final class ExecutorSoftware implements Serializable {
  private static final long serialVersionUID = 1L;

  private final String java = System.getProperty("java.version");
  private final String spark = org.apache.spark.package$.MODULE$.SPARK_VERSION();
  private final String scala = Properties.versionNumberString();
  private final String nativeClassifier;
  private final int nativeThreads;
  private final String nativeProblem;
  private final String vectors;
  private final boolean isUsingVectors;

  private ExecutorSoftware(String nativeClassifier, int nativeThreads, String nativeProblem) {
    this.nativeClassifier = nativeClassifier;
    this.nativeThreads = nativeThreads;
    this.nativeProblem = nativeProblem;
    this.isUsingVectors = VectorSupport.isUsed();
    this.vectors =
        VectorSupport.description()
            + (isUsingVectors && !JvmOptions.areUnchecked()
                ? ", with bounds checks that cost a fifth of the speed ("
                    + JvmOptions.WITHOUT_BOUNDS_CHECK
                    + ")"
                : "");
  }

  /** Loads the native library. */
  static ExecutorSoftware here() {
    try {
      return new ExecutorSoftware(NativeRuntime.start(), NativeRuntime.threads(), "");
    } catch (RuntimeException | LinkageError e) {
      return new ExecutorSoftware("none", 1, problem(e));
    }
  }

  private static String problem(Throwable e) {
    Throwable root = e;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return String.format(
        Locale.ROOT,
        "the native library cannot be loaded: %s; it is unpacked to %s, where programs must be allowed (no noexec); -Dorg.bytedeco.javacpp.cachedir=… names another folder",
        root,
        ExecutorScratch.nativeFolder());
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

  /** Why the native library cannot be loaded; empty if it can. */
  public String nativeProblem() {
    return nativeProblem;
  }

  /** How wide they are, or why there are none. */
  public String vectors() {
    return vectors;
  }

  public boolean isUsingVectors() {
    return isUsingVectors;
  }
}
