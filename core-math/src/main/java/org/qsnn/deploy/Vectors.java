package org.qsnn.deploy;

/** Whether the runner's loops go through Java's Vector API. Plain loops give the same numbers. */
final class Vectors {
  /** From Java 19 on, where a program was started with the API's module. */
  static final boolean ARE_USED =
      ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent()
          && VectorSpikeCounts.isThere();

  private Vectors() {}
}
