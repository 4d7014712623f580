package org.qsnn.sweep;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.qsnn.DataException;
import org.qsnn.EnumKey;
import org.qsnn.json.Json;
import org.qsnn.run.RunDirectory;
import org.qsnn.run.RunJson;
import org.qsnn.storage.FileStore;
import org.qsnn.storage.Lease;
import org.qsnn.storage.StorageException;

/** What a trial's folder, which is an ordinary run's, says of how far the trial is. */
final class TrialFolder {
  /** Why a trial will not be trained any further; of those only that are not. */
  static final String ENDED = "ended.json";

  private static final Logger LOG = LogManager.getLogger();

  private final FileStore files;
  private final String path;

  TrialFolder(FileStore files, String path) {
    this.files = files;
    this.path = path;
  }

  /**
   * The metrics of its epochs from the first to the last that is there and not damaged.
   *
   * @param most that are looked at
   */
  List<EpochResult> epochs(int most) {
    List<EpochResult> epochs = new ArrayList<>();
    while (epochs.size() < most) {
      Optional<EpochResult> next = epoch(epochs.size());
      if (next.isEmpty()) {
        break;
      }
      epochs.add(next.get());
    }
    return epochs;
  }

  private Optional<EpochResult> epoch(int epoch) {
    String file = path + "/" + RunDirectory.metrics(epoch);
    if (!files.exists(file)) {
      return Optional.empty();
    }
    try {
      return Optional.of(EpochResult.of(RunJson.read(files, file), epoch, file));
    } catch (StorageException e) {
      throw e; // it may be intact
    } catch (DataException e) {
      LOG.warn("{}; the trial is trained again from there", e.getMessage());
      return Optional.empty();
    }
  }

  /** How it ended if it diverged or failed. */
  Optional<TrialResult> ended(List<EpochResult> epochs) {
    String file = path + "/" + ENDED;
    if (!files.exists(file)) {
      return Optional.empty();
    }
    ObjectNode json = RunJson.read(files, file);
    for (TrialResult.State state : List.of(TrialResult.State.DIVERGED, TrialResult.State.FAILED)) {
      if (json.path("state").asText().equals(EnumKey.of(state))) {
        return Optional.of(TrialResult.ended(state, epochs, json.path("reason").asText()));
      }
    }
    throw new DataException(
        file + ": must say diverged or failed; found " + json.path("state") + "; delete it");
  }

  /**
   * Says for good that it ended.
   *
   * @param lease of the sweep's folder, which this one is in
   */
  void end(Lease lease, TrialResult.State state, String reason) {
    ObjectNode json = Json.object();
    json.put("state", EnumKey.of(state));
    json.put("reason", reason);
    lease.replace(path + "/" + ENDED, out -> out.write(Json.line(json)));
  }
}
