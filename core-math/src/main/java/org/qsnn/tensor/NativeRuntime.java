package org.qsnn.tensor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.bytedeco.openblas.global.openblas_nolapack;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.nativeblas.NativeOpsHolder;
import org.qsnn.ConfigurationException;

/**
 * Which native build of ND4J computes, and with how many threads. Both oneDNN builds lie on the
 * class path; the CPU's best one is chosen before ND4J is first touched. Everything off the heap is
 * allocated through {@link FloatTensor}, which starts the runtime, so no caller can be too early.
 */
public final class NativeRuntime {
  private static final String EXTENSION = "org.bytedeco.javacpp.platform.extension";
  private static final Path CPU = Path.of("/proc/cpuinfo");

  private NativeRuntime() {}

  /**
   * The process's one native library; loading it is the only thing that happens once a process. If
   * it fails, Java would tell the reason to the first thread alone.
   */
  private static final class Loaded {
    static final Loaded LIBRARY = new Loaded();

    private String classifier;
    private Throwable problem;

    private Loaded() {
      try {
        classifier = load();
      } catch (Throwable e) { // errors of a library that cannot be linked
        problem = e;
      }
    }

    String classifier() {
      if (problem instanceof Error error) {
        throw error;
      }
      if (problem instanceof RuntimeException exception) {
        throw exception;
      }
      return classifier;
    }

    private static String load() {
      String chosen = System.getProperty(EXTENSION);
      if (chosen == null) {
        chosen = extension(cpuFlags());
        System.setProperty(EXTENSION, chosen);
      }
      Nd4j.getExecutioner();
      return "linux-x86_64" + chosen;
    }
  }

  /**
   * Loads the native library if need be.
   *
   * @return its classifier, for example {@code linux-x86_64-onednn-avx2}
   */
  static String classifier() {
    return Loaded.LIBRARY.classifier();
  }

  /**
   * Loads the native library if need be and makes the calling thread compute alone: no threads
   * inside operators, since parallelism comes from tasks. Call at the start of every task.
   *
   * @return the classifier of the native build, for example {@code linux-x86_64-onednn-avx2}
   */
  public static String start() {
    String classifier = classifier();
    NativeOpsHolder.getInstance().getDeviceNativeOps().setOmpNumThreads(1);
    openblas_nolapack.blas_set_num_threads(1);
    return classifier;
  }

  /** Threads that ND4J's operators use when the calling thread calls them. */
  public static int threads() {
    start();
    return NativeOpsHolder.getInstance().getDeviceNativeOps().ompGetMaxThreads();
  }

  /** The CPU's feature flags as Linux names them; empty where they cannot be read. */
  public static List<String> cpuFlags() {
    return cpuInfo("flags").map(flags -> List.of(flags.split(" +"))).orElse(List.of());
  }

  static String extension(List<String> flags) {
    if (flags.contains("avx512f") && flags.contains("avx512bw") && flags.contains("avx512vl")) {
      return "-onednn-avx512";
    }
    if (flags.contains("avx2") && flags.contains("fma")) {
      return "-onednn-avx2";
    }
    throw new ConfigurationException(
        "this CPU has neither AVX2 nor AVX-512 (or "
            + CPU
            + " cannot be read); ND4J's oneDNN builds need one of them. To choose a build by hand"
            + " set -D"
            + EXTENSION
            + "=-onednn-avx2");
  }

  private static java.util.Optional<String> cpuInfo(String key) {
    try {
      return Files.readAllLines(CPU).stream()
          .filter(line -> line.startsWith(key))
          .map(line -> line.substring(line.indexOf(':') + 1).trim())
          .findFirst();
    } catch (IOException unreadable) {
      return java.util.Optional.empty();
    }
  }
}
