package org.qsnn.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import org.qsnn.ConfigurationException;
import org.qsnn.model.Architectures;
import org.qsnn.model.NetworkSpec;
import org.qsnn.model.WeightScheme;

/**
 * What is measured.
 *
 * @param batch the global batch, split over {@code cores} tasks
 */
public record BenchmarkOptions(
    Architectures architecture, double widthFactor, int timesteps, int batch, int cores) {
  private static final int CLASSES = 10;
  private static final int MEMBRANE_BITS = 8;

  public BenchmarkOptions {
    requirePositive("--batch", batch);
    requirePositive("--cores", cores);
    if (batch % cores != 0) {
      throw new ConfigurationException(
          String.format(
              Locale.ROOT,
              "--batch: found %d, allowed is a multiple of --cores, which is %d",
              batch,
              cores));
    }
  }

  /** Images 3×32×32 for ResNet-19, event frames 2×48×48 for VGGSNN. */
  NetworkSpec network() {
    boolean isImages = architecture == Architectures.RESNET19;
    return architecture.spec(
        architecture.width(widthFactor),
        timesteps,
        isImages ? 3 : 2,
        isImages ? 32 : 48,
        CLASSES,
        WeightScheme.REGULATED,
        MEMBRANE_BITS);
  }

  /** Frames of a sample: an image is the same at every timestep. */
  int frames() {
    return architecture == Architectures.RESNET19 ? 1 : timesteps;
  }

  int shardBatch() {
    return batch / cores;
  }

  void putInto(ObjectNode json) {
    json.put("network", architecture.key());
    json.put("width_factor", widthFactor);
    json.put("timesteps", timesteps);
    json.put("batch", batch);
    json.put("cores", cores);
  }

  private static void requirePositive(String option, int found) {
    if (found < 1) {
      throw new ConfigurationException(option + ": found " + found + ", allowed is at least 1");
    }
  }
}
