package org.qsnn.run;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import org.qsnn.json.Json;
import org.qsnn.metric.Confusion;

/**
 * How a training ended: the contents of {@code summary.json}.
 *
 * @param command that wrote it, {@code train}
 * @param network name of the architecture
 * @param dataset its kind
 * @param epochs that were trained
 * @param samplesPerSecond trained samples over the seconds of all epochs, validation left out
 * @param validationAccuracy 0…1, of the best epoch; null when there is no validation
 * @param testAccuracy 0…1, of the packed model of the best epoch
 * @param testMirror whether validation and test also showed samples mirrored
 * @param parametersSha256 of the state after the last step
 * @param modelFile the packed model
 * @param modelBytes its tensors' size, without the file's header
 * @param floatBytes size of the same parameters as float32
 * @param seconds from start to end
 * @param bestEpoch counted from 0
 * @param testConfusion of the test set
 */
public record Summary(
    String command,
    String network,
    String dataset,
    int epochs,
    double samplesPerSecond,
    Double validationAccuracy,
    double testAccuracy,
    boolean testMirror,
    String parametersSha256,
    String modelFile,
    long modelBytes,
    long floatBytes,
    double seconds,
    int bestEpoch,
    Confusion testConfusion) {

  /** An accuracy as people read it, and what else it is of. */
  String shown(double accuracy) {
    return String.format(Locale.ROOT, "%.4f", accuracy)
        + (testMirror ? ", samples also shown mirrored" : "");
  }

  ObjectNode json() {
    ObjectNode json = Json.object();
    json.put("command", command);
    json.put("network", network);
    json.put("dataset", dataset);
    json.put("epochs", epochs);
    json.put("samples_per_s", samplesPerSecond);
    json.put("validation_accuracy", validationAccuracy);
    json.put("test_accuracy", testAccuracy);
    if (testMirror) {
      json.put("test_mirror", true);
    }
    json.put("parameters_sha256", parametersSha256);
    json.put("model_file", modelFile);
    json.put("model_bytes", modelBytes);
    json.put("float_bytes", floatBytes);
    json.put("seconds", seconds);
    json.put("best_epoch", bestEpoch);
    json.set("test_confusion", Json.array(testConfusion.rows()));
    return json;
  }
}
