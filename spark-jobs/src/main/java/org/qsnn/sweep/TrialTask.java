package org.qsnn.sweep;

import java.time.Instant;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.apache.spark.broadcast.Broadcast;
import org.qsnn.config.ConfigText;
import org.qsnn.config.RunConfig;
import org.qsnn.distributed.LoneTask;
import org.qsnn.storage.FileStore;
import org.qsnn.training.Backend;
import org.qsnn.training.Stop;

/**
 * A part of a trial as one Spark task: the same loop as on a cluster, with all shards computed one
 * after the other. It may be repeated: it begins where the trial's folder says.
 */
final class TrialTask implements LoneTask<TrialEnd> {
  private static final long serialVersionUID = 1L;

  private final Broadcast<SharedData> data;
  private final String name;
  private final String configuration;
  private final int until;
  private final int intact;

  TrialTask(Broadcast<SharedData> data, TrialStep step) {
    this.data = data;
    this.name = step.trial().name();
    this.configuration = step.trial().config().render();
    this.until = step.until();
    this.intact = step.intact();
  }

  @Override
  public TrialEnd run(BooleanSupplier isCancelled) {
    RunConfig config =
        RunConfig.load(new ConfigText(name, configuration), List.of(), Instant.EPOCH);
    FileStore files = data.value().files().patient(config.storage().patience(), isCancelled);
    try (Backend backend = data.value().backend()) {
      return new TrialTraining(files, config)
          .until(until, intact, backend, new Cancelled(isCancelled));
    }
  }

  /** A task that is cancelled ends with a checkpoint. */
  private record Cancelled(BooleanSupplier isCancelled) implements Stop {
    @Override
    public boolean isReceived() {
      return isCancelled.getAsBoolean();
    }

    @Override
    public String name() {
      return "the driver";
    }

    @Override
    public Gentle gently() {
      return () -> {};
    }
  }
}
