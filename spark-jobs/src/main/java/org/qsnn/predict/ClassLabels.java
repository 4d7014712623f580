package org.qsnn.predict;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Labels by the names of a model's classes. */
final class ClassLabels {
  static final int UNKNOWN = -1;

  private final Map<String, Integer> labels = new HashMap<>();

  ClassLabels(List<String> classNames) {
    for (int i = 0; i < classNames.size(); i++) {
      labels.put(classNames.get(i), i);
    }
  }

  /** {@link #UNKNOWN} if the model has no such class. */
  int of(String className) {
    return labels.getOrDefault(className, UNKNOWN);
  }
}
