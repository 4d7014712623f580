package org.qsnn.train;

import org.qsnn.metric.Evaluation;
import org.qsnn.model.PackedModel;

/** Who evaluates a packed model on the validation split. */
@FunctionalInterface
public interface Evaluator {
  /**
   * @throws java.util.concurrent.CancellationException if it was ended from outside
   */
  Evaluation evaluate(PackedModel model);
}
