package org.qsnn.train;

import java.util.List;
import org.qsnn.metric.Evaluation;
import org.qsnn.model.PackedModel;
import org.qsnn.sample.Samples;

/** Evaluates without a cluster: one shard after the other in the calling thread. */
public final class LocalEvaluator implements Evaluator {
  private final EvaluationTask task;
  private final List<Samples> shards;

  public LocalEvaluator(EvaluationTask task, List<Samples> shards) {
    this.task = task;
    this.shards = List.copyOf(shards);
  }

  @Override
  public Evaluation evaluate(PackedModel model) {
    Evaluation sum = Evaluation.none(model.spec());
    for (Samples shard : shards) {
      sum = sum.merge(task.evaluate(model, shard));
    }
    return sum;
  }
}
