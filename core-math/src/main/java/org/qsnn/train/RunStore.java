package org.qsnn.train;

import java.util.Optional;
import org.qsnn.checkpoint.TrainingState;
import org.qsnn.metric.EpochMetrics;
import org.qsnn.model.PackedModel;

/** Where a run's files go. What is written twice under one name has the same contents. */
public interface RunStore {
  /** The newest training state that is intact; empty if the run is new. */
  Optional<TrainingState> newestState();

  void writeState(TrainingState state);

  /** Keeps the model of an epoch that is the best so far. */
  void writeModel(int epoch, PackedModel model);

  void writeMetrics(EpochMetrics row);
}
