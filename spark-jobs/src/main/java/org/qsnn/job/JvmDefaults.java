package org.qsnn.job;

/** What a command asks of the JVM that it was started in, unless the user asks for another. */
final class JvmDefaults {
  /** The kernels' vector loops stay inside their arrays; Java's check at each access costs 20 %. */
  private static final String VECTOR_CHECK = "jdk.incubator.vector.VECTOR_ACCESS_OOB_CHECK";

  private static final String UNCHECKED = "0";

  /** The same for a JVM that is still to be started. */
  static final String VECTOR_OPTION = "-D" + VECTOR_CHECK + "=" + UNCHECKED;

  private JvmDefaults() {}

  /** Call before anything else: Java reads the property when it makes its first vector. */
  static void apply() {
    if (System.getProperty(VECTOR_CHECK) == null) {
      System.setProperty(VECTOR_CHECK, UNCHECKED);
    }
  }
}
