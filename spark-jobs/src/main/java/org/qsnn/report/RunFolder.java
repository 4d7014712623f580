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
import org.qsnn.storage.FileStore;
import org.qsnn.storage.NewestIntact;
import org.qsnn.train.RunStore;

/** A run's folder on any Hadoop file system: checkpoints, models and metrics as files. */
public final class RunFolder implements RunStore, RunFiles {
  private static final Logger LOG = LogManager.getLogger();
  private static final String SUFFIX = ".safetensors";

  private final FileStore files;
  private final String folder;
  private final NetworkLayout layout;
  private final int keep;

  /**
   * @param keep newest checkpoints that are kept
   */
  public RunFolder(FileStore files, String folder, NetworkLayout layout, int keep) {
    this.files = files;
    this.folder = folder;
    this.layout = layout;
    this.keep = keep;
  }

  @Override
  public Optional<TrainingState> newestState() {
    Optional<NewestIntact<TrainingState>> newest =
        NewestIntact.find(
            files,
            path(RunDirectory.CHECKPOINTS),
            name -> name.endsWith(SUFFIX),
            (in, entry) ->
                Checkpoint.read(
                    in, entry.bytes(), entry.path(), layout.parameters(), layout.statistics()));
    newest.ifPresent(this::tell);
    return newest.map(NewestIntact::value);
  }

  private void tell(NewestIntact<TrainingState> newest) {
    for (NewestIntact.Skipped skipped : newest.skipped()) {
      LOG.warn("Skipped a damaged checkpoint: {}", skipped.reason());
    }
    LOG.info("Resuming from {}", newest.path());
  }

  @Override
  public void writeState(TrainingState state) {
    String name = String.format(Locale.ROOT, "step-%08d%s", state.steps(), SUFFIX);
    replace(path(RunDirectory.CHECKPOINTS + "/" + name), out -> Checkpoint.write(state, out));
    retire(RunDirectory.CHECKPOINTS, keep, "");
    if (state.bestEpoch() != TrainingState.NONE) {
      retire(RunDirectory.MODEL, 0, modelName(state.bestEpoch()));
    }
  }

  @Override
  public void writeModel(int epoch, PackedModel model) {
    replace(modelPath(epoch), model::write);
  }

  @Override
  public void writeMetrics(EpochMetrics row) {
    new RunReport(this).epoch(row);
  }

  @Override
  public void write(String name, byte[] bytes) {
    replace(path(name), out -> out.write(bytes));
  }

  /** Where the model of an epoch lies. */
  public String modelPath(int epoch) {
    return path(RunDirectory.MODEL + "/" + modelName(epoch));
  }

  /** The packed model of an epoch. */
  public PackedModel model(int epoch) {
    return PackedModels.read(files, modelPath(epoch));
  }

  /** A resumed run writes what it wrote before again, with the same contents but for times. */
  private void replace(String path, FileStore.Content content) {
    if (files.exists(path)) {
      files.delete(path);
    }
    files.commit(path, content);
  }

  /** Deletes all files of a folder but the newest and one that is named. */
  private void retire(String subfolder, int newest, String kept) {
    List<FileEntry> all =
        files.list(path(subfolder)).stream().filter(e -> e.name().endsWith(SUFFIX)).toList();
    for (FileEntry entry : all.subList(0, Math.max(0, all.size() - newest))) {
      if (!entry.name().equals(kept)) {
        files.delete(entry.path());
      }
    }
  }

  private static String modelName(int epoch) {
    return String.format(Locale.ROOT, "epoch-%04d%s", epoch, SUFFIX);
  }

  private String path(String name) {
    return folder + "/" + name;
  }
}
