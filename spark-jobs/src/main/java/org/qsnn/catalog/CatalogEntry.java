package org.qsnn.catalog;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import org.qsnn.EnumKey;
import org.qsnn.config.RunConfig;
import org.qsnn.json.Json;

/**
 * A run or a sweep as it stands.
 *
 * @param path of its folder, absolute
 * @param config of the run, or of the sweep's base
 * @param progress how far it is
 * @param validationAccuracy 0…1, of its best epoch or trial; null if there is none yet
 * @param testAccuracy 0…1; null if it was not tested
 * @param modelBytes of the packed model, without the file's header; null if it is not known
 * @param changed when something was last written there, by the file system's clock
 */
record CatalogEntry(
    String path,
    State state,
    RunConfig config,
    Progress progress,
    Double validationAccuracy,
    Double testAccuracy,
    Long modelBytes,
    Instant changed) {
  /** Whether somebody works on it, and how it ended. */
  enum State {
    /** Its driver lives. */
    RUNNING,
    /** It is not complete, and nobody works on it: its command resumes it. */
    STOPPED,
    FINISHED,
    DIVERGED,
    /** A trial of a sweep, for want of memory for example. */
    FAILED
  }

  /**
   * Epochs of a run, trials of a sweep.
   *
   * @param done trials of which nothing more is to come, or epochs
   */
  record Progress(boolean isOfTrials, int done, int all) {
    @Override
    public String toString() {
      return done + "/" + all + (isOfTrials ? " trials" : "");
    }
  }

  CatalogEntry with(State other) {
    return new CatalogEntry(
        path, other, config, progress, validationAccuracy, testAccuracy, modelBytes, changed);
  }

  String data() {
    return config.dataset().kind().key();
  }

  /** Such as {@code resnet19 × 1/8}. */
  String network() {
    String name = config.network().architecture().key();
    double factor = config.network().widthFactor();
    if (factor == 1) {
      return name;
    }
    double parts = 1 / factor;
    return name + " × " + (parts == Math.rint(parts) ? "1/" + (long) parts : factor);
  }

  /** Of weights and membranes, as the paper writes them: {@code 1w2u}. */
  String bits() {
    return config.network().bits();
  }

  /** README names each key. */
  ObjectNode json() {
    ObjectNode json = Json.object();
    json.put("path", path);
    json.put("what", progress.isOfTrials() ? "sweep" : "run");
    json.put("state", EnumKey.of(state));
    json.put("dataset", data());
    json.put("network", config.network().architecture().key());
    json.put("width_factor", config.network().widthFactor());
    json.put("timesteps", config.network().timesteps());
    json.put("weight_bits", config.network().weightBits());
    Json.putNumbers(json, "membrane_bits", config.network().membraneBits().values());
    json.put("done", progress.done());
    json.put("all", progress.all());
    json.put("validation_accuracy", validationAccuracy);
    json.put("test_accuracy", testAccuracy);
    json.put("model_bytes", modelBytes);
    json.put("changed", changed.toString());
    return json;
  }
}
