package org.qsnn.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import org.qsnn.ConfigurationException;
import org.qsnn.model.Architecture;
import org.qsnn.model.BackwardPass;
import org.qsnn.model.NetworkSpec;
import org.qsnn.model.Surrogate;
import org.qsnn.model.WeightScheme;

/**
 * What is measured.
 *
 * @param batch the global batch, split over {@code cores} tasks
 * @param gradientBits of {@link BackwardPass}
 */
public record BenchmarkOptions(
    Architecture architecture,
    double widthFactor,
    int timesteps,
    int batch,
    int cores,
    int gradientBits) {
  private static final int CLASSES = 10;
  private static final int MEMBRANE_BITS = 8;

  public BenchmarkOptions {
    requirePositive("--batch", batch);
    if (gradientBits != BackwardPass.FLOATS && gradientBits != BackwardPass.INTEGERS) {
      throw new ConfigurationException("--gradient-bits: must be 32 or 16; found " + gradientBits);
    }
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

  BackwardPass backward() {
    return new BackwardPass(Surrogate.PUBLISHED, gradientBits);
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
    json.put("gradient_bits", gradientBits);
  }

  private static void requirePositive(String option, int found) {
    if (found < 1) {
      throw new ConfigurationException(option + ": must be at least 1; found " + found);
    }
  }
}
