package org.qsnn.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.util.Map;
import java.util.TreeMap;
import org.qsnn.EnumKey;
import org.qsnn.dataset.Dataset;
import org.qsnn.dataset.Datasets;

/**
 * {@code recipe}: what Wei et al. 2024 ran, where their code and their text differ. A recipe
 * changes defaults; a key that is set wins over it.
 */
public enum Recipe {
  /** Their code, which the defaults are of. */
  PUBLISHED_CODE,
  /** Their text (decision 0028). */
  AS_WRITTEN;

  static final String KEY = "recipe";

  private static final int OF_IMAGES = 256;
  private static final int OF_EVENTS = 64;

  static Recipe from(Settings settings) {
    return settings.constant(KEY, values());
  }

  /**
   * The defaults that a configuration's recipe puts over all others; none if it names no recipe
   * that there is, which is found out when it is read.
   *
   * @param merged the configuration without them
   */
  static Config defaults(Config merged) {
    if (!text(merged, KEY).equals(EnumKey.of(AS_WRITTEN))) {
      return ConfigFactory.empty();
    }
    Map<String, Object> values = new TreeMap<>();
    values.put("network.membrane-quantization", "before-firing");
    values.put("network.firing", "at-or-above");
    values.put("network.head", "averaged");
    values.put("ws-dr.standardization", "layer");
    values.put("ws-dr.weight-scale", "mean");
    values.put("ws-dr.spike-regulation", 0.001);
    values.put("ws-dr.over-layers", "sum");
    String kind = text(merged, "dataset.kind");
    values.put("train.batch-size", isOfImages(kind) ? OF_IMAGES : OF_EVENTS);
    if (kind.equals(Datasets.DVS_GESTURE.key())) {
      values.put("network.timesteps", 16);
    }
    return ConfigFactory.parseMap(values, KEY + " = " + EnumKey.of(AS_WRITTEN));
  }

  private static boolean isOfImages(String kind) {
    return Datasets.all().stream()
        .filter(dataset -> dataset.key().equals(kind))
        .anyMatch(Recipe::isOfImages);
  }

  private static boolean isOfImages(Dataset dataset) {
    return dataset.images().isPresent() || dataset.isResized();
  }

  /** A scalar's text; empty if it is something else. */
  private static String text(Config merged, String path) {
    return merged.hasPath(path) && merged.getValue(path).unwrapped() instanceof String text
        ? text
        : "";
  }
}
