package org.qsnn.run;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What in two fingerprints can make two runs differ. */
public final class FingerprintComparison {
  /** Said where nothing can. */
  public static final String NONE =
      "nothing in their fingerprints: other executors, failing hardware or a bug in qsnn";

  /** Keys that can have a part in the bits. The configuration is compared key by key. */
  private static final Map<String, String> KEYS = new LinkedHashMap<>();

  static {
    KEYS.put("data_sha256", "other data");
    KEYS.put("start_sha256", "other weights to start with");
    KEYS.put("teacher_sha256", "another teacher");
    KEYS.put("code_sha256", "other code");
    KEYS.put("native_classifier", "another native build");
    KEYS.put("vectors", "other vectors");
    KEYS.put("cpu_features", "other CPU features");
    KEYS.put("cpu_model", "another CPU");
    KEYS.put("java_version", "another Java");
    KEYS.put("java_vm", "another Java VM");
  }

  private FingerprintComparison() {}

  /**
   * A line for each key that differs; runs of earlier versions may lack one.
   *
   * @param where the other is: there, before
   */
  public static List<String> between(JsonNode one, JsonNode other, String where) {
    List<String> causes = new ArrayList<>();
    KEYS.forEach(
        (key, what) -> {
          boolean isKnown = one.has(key) && other.has(key);
          if (isKnown && !one.path(key).equals(other.path(key))) {
            causes.add(
                String.format(
                    Locale.ROOT,
                    "%s: %s: %s, %s %s",
                    what,
                    key,
                    one.get(key),
                    where,
                    other.get(key)));
          }
        });
    return causes;
  }
}
