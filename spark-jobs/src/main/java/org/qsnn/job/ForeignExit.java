package org.qsnn.job;

import java.util.function.IntSupplier;
import org.apache.spark.util.ShutdownHookManager;
import scala.runtime.AbstractFunction0;
import scala.runtime.BoxedUnit;

/**
 * Spark itself ends the process where it finds no port for its web page, with a code of its own and
 * a stack trace. This has the last word then.
 */
final class ForeignExit {
  /** After Spark's own hooks, which stop it and delete its temporary folders. */
  private static final int LAST = 1;

  private ForeignExit() {}

  /**
   * @param exitCode asked when the process ends: with which code, 0 for as it is
   */
  static void answeredBy(IntSupplier exitCode) {
    ShutdownHookManager.addShutdownHook(
        LAST,
        new AbstractFunction0<>() {
          @Override
          public BoxedUnit apply() {
            int code = exitCode.getAsInt();
            if (code != 0) {
              Runtime.getRuntime().halt(code);
            }
            return BoxedUnit.UNIT;
          }
        });
  }
}
