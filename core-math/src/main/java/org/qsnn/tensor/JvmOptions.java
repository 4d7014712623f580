package org.qsnn.tensor;

/** What is asked of a JVM that runs kernels, unless its user asks for something else. */
public final class JvmOptions {
  /** The kernels' vector loops stay inside their arrays; Java's check at each access costs 20 %. */
  private static final String BOUNDS_CHECK = "jdk.incubator.vector.VECTOR_ACCESS_OOB_CHECK";

  private static final String UNCHECKED = "0";

  /** The option that turns it off, for a JVM that is still to be started. */
  public static final String WITHOUT_BOUNDS_CHECK = "-D" + BOUNDS_CHECK + "=" + UNCHECKED;

  /**
   * G1 would mark the whole heap again and again, as gradients fill it fast; they are arrays of
   * numbers, which it frees without that (decision 0010).
   */
  private static final String LATE_MARKING =
      "-XX:-G1UseAdaptiveIHOP -XX:InitiatingHeapOccupancyPercent=85";

  /**
   * How often compiled code that relied on the class of an object may have been wrong, in all
   * methods that a method takes in together, before the compiler no longer relies on it. Loops take
   * the same few methods of the Vector API in some fifty times, so that three times in one of these
   * are more than Java's 100, and vectors then become objects (decision 0014).
   */
  private static final String MANY_TRAPS = "-XX:PerMethodTrapLimit=10000";

  /** For a driver that is still to be started. */
  public static final String OF_DRIVERS =
      LATE_MARKING + " " + MANY_TRAPS + " " + WITHOUT_BOUNDS_CHECK;

  /**
   * For an executor, the same, and a heap that keeps its pages: gradients of each step are as large
   * as what G1 gives back after a cycle, and the system would clear every page of them anew.
   */
  public static final String OF_EXECUTORS = "-XX:MaxHeapFreeRatio=100 " + OF_DRIVERS;

  private JvmOptions() {}

  /**
   * Call before anything else: Java reads the property when it makes its first vector, and what the
   * server compiler has compiled stays so ({@link ServerCompiler}).
   */
  public static void apply() {
    if (System.getProperty(BOUNDS_CHECK) == null) {
      System.setProperty(BOUNDS_CHECK, UNCHECKED);
    }
    if (VectorSupport.isUsed()) {
      ServerCompiler.compileOnlyLoops();
    }
  }

  /** Whether vectors are read and written without a check. */
  public static boolean areUnchecked() {
    return System.getProperty(BOUNDS_CHECK, "").equals(UNCHECKED);
  }
}
