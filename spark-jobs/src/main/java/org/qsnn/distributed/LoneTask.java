package org.qsnn.distributed;

import java.io.Serializable;
import java.util.function.BooleanSupplier;

/**
 * A computation that is one Spark task. It must be such that it may be repeated.
 *
 * @param <R> its result: a final class of primitives
 */
public interface LoneTask<R extends Serializable> extends Serializable {
  /**
   * @param isCancelled asked from time to time; true where nobody waits for the result any more
   */
  R run(BooleanSupplier isCancelled);
}
