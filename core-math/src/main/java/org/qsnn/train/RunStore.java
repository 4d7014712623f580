package org.qsnn.train;

import java.util.Optional;
import org.qsnn.checkpoint.LearnedWeights;
import org.qsnn.checkpoint.TrainingState;
import org.qsnn.metric.EpochMetrics;
import org.qsnn.model.PackedModel;

/** Where a run's files go. What is written twice under one name has the same contents. */
public interface RunStore {
  /** The newest training state that is intact; empty if the run is new. */
  Optional<TrainingState> newestState();

  /** What a new run starts with; empty if its weights are drawn. */
  default Optional<LearnedWeights> start() {
    return Optional.empty();
  }

  void writeState(TrainingState state);

  /** Keeps the model of an epoch that is the best so far. */
  void writeModel(int epoch, PackedModel model);

  void writeMetrics(EpochMetrics row);
}
