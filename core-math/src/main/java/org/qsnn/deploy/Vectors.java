package org.qsnn.deploy;

/** Whether the runner's loops go through Java's Vector API. Plain loops give the same numbers. */
final class Vectors {
  /** From Java 19 on, where a program was started with the API's module. */
  static final boolean ARE_USED = areThere();

  private Vectors() {}

  private static boolean areThere() {
    try {
      Class.forName("jdk.incubator.vector.VectorOperators");
      return VectorSpikeCounts.isThere();
    } catch (ClassNotFoundException e) {
      return false;
    }
  }
}
