package org.qsnn.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What in two fingerprints can make two runs differ. */
final class FingerprintComparison {
  /** Said where nothing can. */
  static final String NONE =
      "nothing in their fingerprints: other executors, failing hardware or a bug in qsnn";

  /** Keys that can have a part in the bits. The configuration is compared key by key. */
  private static final Map<String, String> KEYS = new LinkedHashMap<>();

  static {
    KEYS.put("data_sha256", "other data");
    KEYS.put("code_sha256", "other code");
    KEYS.put("native_classifier", "another native build");
    KEYS.put("cpu_features", "other CPU features");
    KEYS.put("cpu_model", "another CPU");
    KEYS.put("java_version", "another Java");
    KEYS.put("java_vm", "another Java VM");
  }

  private FingerprintComparison() {}

  /**
   * A line for each key that differs.
   *
   * @param where the other is: there, before
   */
  static List<String> between(JsonNode one, JsonNode other, String where) {
    List<String> causes = new ArrayList<>();
    KEYS.forEach(
        (key, what) -> {
          if (!one.path(key).equals(other.path(key))) {
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

  /**
   * A line for each key that differs between the first fingerprints of two runs, or between those
   * of one run that was resumed.
   */
  static List<String> between(ComparedRun one, ComparedRun other) {
    List<ObjectNode> these = one.fingerprints();
    List<ObjectNode> those = other.fingerprints();
    List<String> causes = new ArrayList<>();
    if (!these.isEmpty() && !those.isEmpty()) {
      causes.addAll(between(these.get(0), those.get(0), "there"));
    }
    causes.addAll(afterResume(one));
    causes.addAll(afterResume(other));
    return causes;
  }

  private static List<String> afterResume(ComparedRun run) {
    List<ObjectNode> fingerprints = run.fingerprints();
    List<String> causes = new ArrayList<>();
    for (int i = 1; i < fingerprints.size(); i++) {
      between(fingerprints.get(i), fingerprints.get(i - 1), "before")
          .forEach(change -> causes.add(run.path() + " was resumed with " + change));
    }
    return causes;
  }
}
