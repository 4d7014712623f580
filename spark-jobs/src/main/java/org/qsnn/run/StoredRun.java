package org.qsnn.run;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.qsnn.DataException;
import org.qsnn.checkpoint.Checkpoint;
import org.qsnn.checkpoint.LearnedWeights;
import org.qsnn.checkpoint.TrainingState;
import org.qsnn.metric.EpochMetrics;
import org.qsnn.model.PackedModel;
import org.qsnn.parameter.NetworkLayout;
import org.qsnn.storage.ChecksummedFile;
import org.qsnn.storage.FileEntry;
import org.qsnn.storage.FileStore;
import org.qsnn.storage.Lease;
import org.qsnn.storage.NewestIntact;
import org.qsnn.storage.StorageException;
import org.qsnn.train.RunStore;
import org.qsnn.train.StateCheck;

/**
 * What a training keeps in its run's folder: checkpoints, models and metrics. A resumed training
 * writes some of it again, with the same contents but for times.
 */
public final class StoredRun implements RunStore {
  private static final Logger LOG = LogManager.getLogger();

  /** As {@link #stateName} makes them. */
  private static final Pattern ANY_NAME = Pattern.compile(".*");

  private static final Pattern STATE_NAME =
      Pattern.compile("epoch-\\d{6,}-step-\\d{8,}" + Pattern.quote(RunDirectory.TENSORS));

  /** As {@link #modelName} makes them. */
  private static final Pattern MODEL_NAME =
      Pattern.compile("epoch-\\d{6,}" + Pattern.quote(RunDirectory.TENSORS));

  /** More than any configuration has; the largest whose name sorts last. */
  private static final int ALL_EPOCHS = 999_999;

  private final RunFolder folder;
  private final StateCheck check;
  private final Map<String, String> identity;
  private final int keep;
  private final int most;
  private final Optional<LearnedWeights> start;

  /**
   * @param check what a state of this run must satisfy, apart from being intact
   * @param identity metadata that a state of this run has; one with other metadata is another's
   * @param keep newest checkpoints that are kept; that of the best epoch is kept as well
   */
  public StoredRun(RunFolder folder, StateCheck check, Map<String, String> identity, int keep) {
    this(folder, check, identity, keep, ALL_EPOCHS, Optional.empty());
  }

  private StoredRun(
      RunFolder folder,
      StateCheck check,
      Map<String, String> identity,
      int keep,
      int most,
      Optional<LearnedWeights> start) {
    this.folder = folder;
    this.check = check;
    this.identity = Map.copyOf(identity);
    this.keep = keep;
    this.most = most;
    this.start = start;
  }

  /**
   * The same that passes over states of which more epochs are done than these, and starts over
   * where no state is intact.
   */
  public StoredRun upTo(int epochs) {
    return new StoredRun(folder, check, identity, keep, epochs, start);
  }

  /** The same that a new training starts from what another learned. */
  public StoredRun startingWith(LearnedWeights weights) {
    return new StoredRun(folder, check, identity, keep, most, Optional.of(weights));
  }

  @Override
  public Optional<LearnedWeights> start() {
    return start;
  }

  /**
   * What a run had learned when its best epoch, whose model it keeps, ended.
   *
   * @param layout of the network that is to start with it
   * @throws DataException if there is none, or it is another network's
   */
  public static LearnedWeights learned(FileStore files, String run, NetworkLayout layout) {
    int best = bestEpoch(files, run);
    String path = run + "/" + RunDirectory.CHECKPOINTS + "/" + stateName(best + 1, 0);
    if (!files.exists(path)) {
      throw new DataException(path + ": expected the checkpoint of the best epoch, found none");
    }
    FileEntry entry = files.entry(path);
    return files.read(
        entry.path(),
        in ->
            ChecksummedFile.read(
                files,
                entry,
                in,
                file ->
                    Checkpoint.readWeights(
                        file,
                        entry.bytes(),
                        entry.path(),
                        layout.parameters(),
                        layout.statistics())));
  }

  private static int bestEpoch(FileStore files, String run) {
    return files(files, run + "/" + RunDirectory.MODEL, MODEL_NAME)
        .map(FileEntry::name)
        .max(Comparator.naturalOrder())
        .map(name -> name.replaceAll("\\D", ""))
        .map(Integer::valueOf)
        .orElseThrow(
            () -> new DataException(run + ": expected a run with a packed model, found none"));
  }

  @Override
  public Optional<TrainingState> newestState() {
    if (isFirstStateIncomplete()) {
      LOG.warn(
          "{}: its first checkpoint was not completed, starting from the beginning", folder.path());
      return Optional.empty();
    }
    Optional<NewestIntact<TrainingState>> newest = newest();
    newest.ifPresentOrElse(
        StoredRun::tell,
        () -> LOG.info("{}: no checkpoint, starting from {}", folder.path(), beginning()));
    // The driver before may have ended before it came to that.
    newest.map(NewestIntact::value).ifPresent(this::retireBefore);
    return newest.map(NewestIntact::value);
  }

  private Optional<NewestIntact<TrainingState>> newest() {
    try {
      return NewestIntact.find(
          folder.files(),
          folder.path(RunDirectory.CHECKPOINTS),
          this::isCandidate,
          (in, entry) ->
              ChecksummedFile.read(folder.files(), entry, in, file -> state(file, entry)));
    } catch (StorageException e) {
      throw e; // it may be intact
    } catch (DataException e) {
      if (most == ALL_EPOCHS) {
        throw e;
      }
      LOG.warn("{}; starting from the beginning", e.getMessage());
      return Optional.empty();
    }
  }

  private String beginning() {
    return start
        .map(weights -> "the weights " + weights.sha256().substring(0, 12) + "…")
        .orElse("the beginning");
  }

  private boolean isCandidate(String name) {
    return STATE_NAME.matcher(name).matches() && name.compareTo(stateName(most, 0)) <= 0;
  }

  /** A driver that ended while it wrote it has left nothing else, but its first epoch's metrics. */
  private boolean isFirstStateIncomplete() {
    List<FileEntry> states = files(RunDirectory.CHECKPOINTS, STATE_NAME).toList();
    return states.size() == 1
        && !ChecksummedFile.isComplete(folder.files(), states.get(0))
        && files(RunDirectory.METRICS, ANY_NAME).count() <= 1;
  }

  private TrainingState state(InputStream in, FileEntry entry) throws IOException {
    NetworkLayout layout = check.layout();
    TrainingState state =
        Checkpoint.read(
            in,
            entry.bytes(),
            entry.path(),
            layout.parameters(),
            layout.statistics(),
            check.options().descent().stateNames());
    SortedSet<String> keys = new TreeSet<>(identity.keySet());
    keys.addAll(state.metadata().keySet());
    for (String key : keys) {
      String expected = identity.get(key);
      String found = state.metadata().get(key);
      if (!Objects.equals(expected, found)) {
        throw new DataException(
            String.format(
                Locale.ROOT,
                "%s: of another training: expected %s %s, found %s",
                entry.path(),
                key,
                expected,
                found));
      }
    }
    check.require(state, entry.path());
    return state;
  }

  private static void tell(NewestIntact<TrainingState> newest) {
    for (NewestIntact.Skipped skipped : newest.skipped()) {
      LOG.warn("Skipped a checkpoint: {}", skipped.reason());
    }
    LOG.info(
        "Resuming in epoch {}, after {} of its steps, from {}",
        newest.value().epoch() + 1,
        newest.value().step(),
        newest.path());
  }

  /** Each state of a training has a name of its own, and the names sort as the states follow. */
  @Override
  public void writeState(TrainingState state) {
    String name = stateName(state.epoch(), state.step());
    ChecksummedFile.write(
        folder.lease(),
        folder.path(RunDirectory.CHECKPOINTS + "/" + name),
        out -> Checkpoint.write(state, out));
    retireBefore(state);
  }

  /** Deletes what a stored state makes superfluous. */
  private void retireBefore(TrainingState state) {
    retireStates(stateName(state.epoch(), state.step()), stateName(state.bestEpoch() + 1, 0));
    if (state.bestEpoch() != TrainingState.NONE) {
      String best = modelName(state.bestEpoch());
      delete(files(RunDirectory.MODEL, MODEL_NAME).filter(model -> !model.name().equals(best)));
    }
  }

  /**
   * Keeps the newest states up to the one just written, and the best. What has a later name was
   * damaged when the run was resumed, and is replaced when the run comes there again.
   */
  private void retireStates(String written, String best) {
    List<FileEntry> states =
        files(RunDirectory.CHECKPOINTS, STATE_NAME)
            .filter(state -> state.name().compareTo(written) <= 0)
            .toList();
    delete(
        states.subList(0, Math.max(0, states.size() - keep)).stream()
            .filter(state -> !state.name().equals(best)));
  }

  private Stream<FileEntry> files(String subfolder, Pattern name) {
    return files(folder.files(), folder.path(subfolder), name);
  }

  /** What else somebody has put there is nothing of this run's. */
  private static Stream<FileEntry> files(FileStore files, String path, Pattern name) {
    List<FileEntry> all = files.exists(path) ? files.list(path) : List.of();
    return all.stream().filter(entry -> !entry.isFolder() && name.matcher(entry.name()).matches());
  }

  private void delete(Stream<FileEntry> superfluous) {
    delete(folder.lease(), superfluous);
  }

  private static void delete(Lease lease, Stream<FileEntry> superfluous) {
    lease.delete(superfluous.flatMap(file -> ChecksummedFile.paths(file).stream()).toList());
  }

  /** Whether the run in a folder can be resumed from a checkpoint. */
  public static boolean hasStates(FileStore files, String run) {
    return states(files, run).findAny().isPresent();
  }

  /**
   * Deletes all checkpoints of a run that will not be resumed.
   *
   * @param lease of the run's folder
   */
  public static void deleteStates(FileStore files, String run, Lease lease) {
    delete(lease, states(files, run));
  }

  private static Stream<FileEntry> states(FileStore files, String run) {
    return files(files, run + "/" + RunDirectory.CHECKPOINTS, STATE_NAME);
  }

  @Override
  public void writeModel(int epoch, PackedModel model) {
    ChecksummedFile.write(folder.lease(), modelPath(epoch), model::write);
  }

  @Override
  public void writeMetrics(EpochMetrics row) {
    new RunReport(folder).epoch(row);
  }

  /**
   * Writes what this driver computes with. Of a run that is resumed it is kept what it was computed
   * with before, and written only what changes.
   */
  public void writeFingerprint(Fingerprint fingerprint) {
    List<String> written =
        RunDirectory.fingerprints(
            folder.files().list(folder.path()).stream().map(FileEntry::name).toList());
    ObjectNode now = fingerprint.json();
    List<String> changes =
        written.isEmpty() ? List.of() : FingerprintComparison.between(now, last(written), "before");
    changes.forEach(change -> LOG.warn("The bits may change where the run is resumed: {}", change));
    if (written.isEmpty() || !changes.isEmpty()) {
      new RunReport(folder).fingerprint(written.size(), now);
    }
  }

  private ObjectNode last(List<String> names) {
    return RunJson.read(folder.files(), folder.path(names.get(names.size() - 1)));
  }

  /** Where the model of an epoch lies. */
  public String modelPath(int epoch) {
    return folder.path(RunDirectory.MODEL + "/" + modelName(epoch));
  }

  /** SHA-256 and name of an epoch's model, as {@code sha256sum} prints them. */
  public String modelChecksum(int epoch) {
    return ChecksummedFile.checksum(folder.files(), modelPath(epoch));
  }

  /** The packed model of an epoch. */
  public PackedModel model(int epoch) {
    FileEntry entry = folder.files().entry(modelPath(epoch));
    return folder
        .files()
        .read(
            entry.path(),
            in ->
                ChecksummedFile.read(
                    folder.files(),
                    entry,
                    in,
                    file -> PackedModel.read(file, entry.bytes(), entry.path())));
  }

  private static String stateName(int epoch, int step) {
    return String.format(Locale.ROOT, "epoch-%06d-step-%08d%s", epoch, step, RunDirectory.TENSORS);
  }

  private static String modelName(int epoch) {
    return String.format(Locale.ROOT, "epoch-%06d%s", epoch, RunDirectory.TENSORS);
  }
}
