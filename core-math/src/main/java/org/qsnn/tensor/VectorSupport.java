package org.qsnn.tensor;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.lang.management.ManagementFactory;
import java.util.Optional;
import java.util.Set;

/**
 * Whether the kernels' loops go through Java's Vector API, looked up once a process. Plain loops
 * give the same bits, many times slower, so whoever starts a training should know why.
 */
public final class VectorSupport {
  static final String MODULE = "jdk.incubator.vector";

  /**
   * What Spark 4.0 supports, and Spark 4.2 besides; in other versions of Java the API, still
   * incubating, may differ.
   */
  private static final Set<Integer> KNOWN_JAVA = Set.of(17, 18, 19, 20, 21, 25);

  private static final Optional<String> OBSTACLE =
      obstacle(
          ModuleLayer.boot().findModule(MODULE).isPresent(),
          Runtime.version().feature(),
          isOptimizing());

  private VectorSupport() {}

  /** Whether kernels use vectors. */
  public static boolean isUsed() {
    return OBSTACLE.isEmpty();
  }

  /** For people: {@code vectors of 512 bits}, or why there are only plain loops. */
  public static String description() {
    return OBSTACLE
        .map(obstacle -> "plain loops, many times slower: " + obstacle)
        .orElseGet(() -> "vectors of " + KernelVectors.LANES * Float.SIZE + " bits");
  }

  /**
   * What keeps kernels from using vectors.
   *
   * @param isOptimizing whether the compiler is there that makes instructions of vector operations;
   *     without it each becomes a call and an object
   */
  static Optional<String> obstacle(boolean hasModule, int java, boolean isOptimizing) {
    if (!hasModule) {
      return Optional.of("the module " + MODULE + " is missing (--add-modules=" + MODULE + ")");
    }
    if (!KNOWN_JAVA.contains(java)) {
      return Optional.of("must be Java 17 to 21 or 25; found " + java);
    }
    return isOptimizing
        ? Optional.empty()
        : Optional.of("this JVM runs without its optimizing compiler (-Xint, TieredStopAtLevel)");
  }

  private static boolean isOptimizing() {
    boolean isInterpreting = System.getProperty("java.vm.info", "").contains("interpreted mode");
    return !isInterpreting && Integer.parseInt(option("TieredStopAtLevel").orElse("4")) >= 4;
  }

  /** The value of a JVM's option; empty where a JVM has no such option. */
  static Optional<String> option(String name) {
    HotSpotDiagnosticMXBean options =
        ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
    try {
      return Optional.of(options.getVMOption(name).getValue());
    } catch (IllegalArgumentException unknown) {
      return Optional.empty();
    }
  }
}
