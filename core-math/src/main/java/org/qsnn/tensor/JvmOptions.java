package org.qsnn.tensor;

/** What a JVM that runs kernels is started with, unless its user asks for something else. */
public final class JvmOptions {
  /** The kernels' vector loops stay inside their arrays; Java's check at each access costs 20 %. */
  private static final String BOUNDS_CHECK = "jdk.incubator.vector.VECTOR_ACCESS_OOB_CHECK";

  private static final String UNCHECKED = "0";

  /** The option that turns it off. */
  public static final String WITHOUT_BOUNDS_CHECK = "-D" + BOUNDS_CHECK + "=" + UNCHECKED;

  /**
   * All of them, with spaces between. Methods of this program are compiled after a tenth of the
   * usual calls, and none for the rest of a call that it is in before it is compiled whole: a first
   * epoch is a fifth faster (decision 0036). The launcher says the same to the driver's JVM.
   */
  public static final String ALL =
      WITHOUT_BOUNDS_CHECK
          + " -XX:CompileCommand=quiet"
          + " -XX:CompileCommand=CompileThresholdScaling,org.qsnn.*::*,0.1"
          + " -XX:Tier4BackEdgeThreshold=4000000";

  private JvmOptions() {}

  /**
   * Gives this JVM what can still be given to it. Call before anything else: Java reads the property
   * when it makes its first vector.
   */
  public static void apply() {
    if (System.getProperty(BOUNDS_CHECK) == null) {
      System.setProperty(BOUNDS_CHECK, UNCHECKED);
    }
  }

  /** Whether vectors are read and written without a check. */
  public static boolean areUnchecked() {
    return System.getProperty(BOUNDS_CHECK, "").equals(UNCHECKED);
  }
}
