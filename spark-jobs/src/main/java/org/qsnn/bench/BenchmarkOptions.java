package org.qsnn.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import org.qsnn.ConfigurationException;
import org.qsnn.model.Architecture;
import org.qsnn.model.NetworkSpec;
import org.qsnn.model.WeightScheme;

/**
 * What is measured.
 *
 * @param batch the global batch, split over {@code cores} tasks
 */
public record BenchmarkOptions(
    Architecture architecture, double widthFactor, int timesteps, int batch, int cores) {
  private static final int CLASSES = 10;
  private static final int MEMBRANE_BITS = 8;

  public BenchmarkOptions {
    requirePositive("--batch", batch);
    requirePositive("--cores", cores);
    if (batch % cores != 0) {
      throw new ConfigurationException(
          String.format(
              Locale.ROOT,
              "--batch: must be a multiple of --cores, which is %d; found %d",
              cores,
              batch));
    }
  }

  /** For the input that the architecture was made for. */
  NetworkSpec network() {
    return architecture.spec(
        architecture.width(widthFactor),
        timesteps,
        architecture.usualInput().channels(),
        architecture.usualInput().size(),
        CLASSES,
        WeightScheme.REGULATED,
        MEMBRANE_BITS);
  }

  /** Frames of a sample: an image is the same at every timestep. */
  int frames() {
    return architecture.usualInput().isSteady() ? 1 : timesteps;
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
      throw new ConfigurationException(option + ": must be at least 1; found " + found);
    }
  }
}
