package org.qsnn.run;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import org.qsnn.json.Json;
import org.qsnn.tensor.VectorSupport;

/**
 * What a run was computed with, as the driver sees it: enough to say why two runs of one
 * configuration differ. The contents of {@code fingerprint.json}.
 */
public final class Fingerprint {
  private final Inputs inputs;
  private final CodeVersion code;
  private final Processor processor;

  private Fingerprint(Inputs inputs, CodeVersion code, Processor processor) {
    this.inputs = inputs;
    this.code = code;
    this.processor = processor;
  }

  /**
   * What only the run knows.
   *
   * @param configurationSha256 of the keys that have a part in the result
   * @param dataSha256 of all samples, computed from them
   * @param startSha256 of the weights that it started with; empty if they were drawn
   * @param teacherSha256 of the file of the model that taught it; empty if none did
   * @param seed {@code run.seed}, from which all randomness follows
   * @param nativeClassifier the native library that computes, such as {@code
   *     linux-x86_64-onednn-avx512}
   */
  public record Inputs(
      String configurationSha256,
      String dataSha256,
      Optional<String> startSha256,
      Optional<String> teacherSha256,
      long seed,
      String nativeClassifier) {}

  /** The fingerprint of this JVM on this machine. */
  public static Fingerprint of(Inputs inputs) {
    return new Fingerprint(inputs, CodeVersion.running(), Processor.ofThisMachine());
  }

  ObjectNode json() {
    ObjectNode json = Json.object();
    json.put("qsnn_version", code.version());
    json.put("qsnn_commit", code.commit());
    json.put("code_sha256", code.sha256());
    json.put("config_sha256", inputs.configurationSha256());
    json.put("data_sha256", inputs.dataSha256());
    inputs.startSha256().ifPresent(sha256 -> json.put("start_sha256", sha256));
    inputs.teacherSha256().ifPresent(sha256 -> json.put("teacher_sha256", sha256));
    json.put("seed", inputs.seed());
    json.put("java_version", System.getProperty("java.version"));
    json.put("java_vendor", System.getProperty("java.vendor"));
    json.put("java_vm", System.getProperty("java.vm.name"));
    json.put("spark_version", VersionFile.SPARK.version());
    json.put("scala_version", VersionFile.SCALA.version());
    json.put("hadoop_version", VersionFile.HADOOP.version());
    json.put("native_classifier", inputs.nativeClassifier());
    json.put("vectors", VectorSupport.description());
    json.put("cpu_model", processor.model());
    json.put("cpu_cores", processor.cores());
    ArrayNode features = json.putArray("cpu_features");
    processor.features().forEach(features::add);
    json.put("os", System.getProperty("os.name") + " " + System.getProperty("os.version"));
    return json;
  }
}
