package org.qsnn.report;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.qsnn.checkpoint.Checkpoint;
import org.qsnn.checkpoint.TrainingState;
import org.qsnn.metric.EpochMetrics;
import org.qsnn.model.PackedModel;
import org.qsnn.parameter.NetworkLayout;
import org.qsnn.storage.FileEntry;
import org.qsnn.storage.NewestIntact;
import org.qsnn.train.RunStore;

/**
 * What a training keeps in its run's folder: checkpoints, models and metrics. A resumed training
 * writes some of it again, with the same contents but for times.
 */
public final class StoredRun implements RunStore {
  private static final Logger LOG = LogManager.getLogger();
  private static final String SUFFIX = ".safetensors";

  private final RunFolder folder;
  private final NetworkLayout layout;
  private final int keep;

  /**
   * @param keep newest checkpoints that are kept
   */
  public StoredRun(RunFolder folder, NetworkLayout layout, int keep) {
    this.folder = folder;
    this.layout = layout;
    this.keep = keep;
  }

  @Override
  public Optional<TrainingState> newestState() {
    Optional<NewestIntact<TrainingState>> newest =
        NewestIntact.find(
            folder.files(),
            folder.path(RunDirectory.CHECKPOINTS),
            name -> name.endsWith(SUFFIX),
            (in, entry) ->
                Checkpoint.read(
                    in, entry.bytes(), entry.path(), layout.parameters(), layout.statistics()));
    newest.ifPresent(StoredRun::tell);
    return newest.map(NewestIntact::value);
  }

  private static void tell(NewestIntact<TrainingState> newest) {
    for (NewestIntact.Skipped skipped : newest.skipped()) {
      LOG.warn("Skipped a damaged checkpoint: {}", skipped.reason());
    }
    LOG.info("Resuming from {}", newest.path());
  }

  /** Each state of a training has a name of its own, and the names sort as the states follow. */
  @Override
  public void writeState(TrainingState state) {
    String name =
        String.format(Locale.ROOT, "epoch-%06d-step-%08d%s", state.epoch(), state.step(), SUFFIX);
    folder.write(RunDirectory.CHECKPOINTS + "/" + name, out -> Checkpoint.write(state, out));
    retire(RunDirectory.CHECKPOINTS, keep, "");
    if (state.bestEpoch() != TrainingState.NONE) {
      retire(RunDirectory.MODEL, 0, modelName(state.bestEpoch()));
    }
  }

  @Override
  public void writeModel(int epoch, PackedModel model) {
    folder.write(modelFile(epoch), model::write);
  }

  @Override
  public void writeMetrics(EpochMetrics row) {
    new RunReport(folder).epoch(row);
  }

  /** Where the model of an epoch lies. */
  public String modelPath(int epoch) {
    return folder.path(modelFile(epoch));
  }

  /** The packed model of an epoch. */
  public PackedModel model(int epoch) {
    return PackedModels.read(folder.files(), modelPath(epoch));
  }

  /** Deletes all files of a folder but the newest and one that is named. */
  private void retire(String subfolder, int newest, String kept) {
    List<FileEntry> all =
        folder.files().list(folder.path(subfolder)).stream()
            .filter(entry -> entry.name().endsWith(SUFFIX))
            .toList();
    for (FileEntry entry : all.subList(0, Math.max(0, all.size() - newest))) {
      if (!entry.name().equals(kept)) {
        folder.files().delete(entry.path());
      }
    }
  }

  private static String modelFile(int epoch) {
    return RunDirectory.MODEL + "/" + modelName(epoch);
  }

  private static String modelName(int epoch) {
    return String.format(Locale.ROOT, "epoch-%04d%s", epoch, SUFFIX);
  }
}
