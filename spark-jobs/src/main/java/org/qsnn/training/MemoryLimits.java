package org.qsnn.training;

import java.util.Locale;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkContext;
import org.qsnn.ConfigurationException;
import org.qsnn.config.RunConfig;
import org.qsnn.model.NetworkSpec;
import org.qsnn.sample.SampleDecoder;
import org.qsnn.train.MinimumMemory;

/**
 * The memory that is available, before any is used: a network that certainly does not fit is
 * refused with what to change.
 *
 * @param driverBytes heap of the driver
 * @param nativeBytes of an executor, off its heap
 * @param option of the command line that gives an executor more
 */
public record MemoryLimits(long driverBytes, long nativeBytes, String option) {
  /** Bytes of a tensor off the heap, and elements of an array. */
  private static final long MAX_TENSOR = Integer.MAX_VALUE / Float.BYTES;

  private static final long MAX_PARAMETERS = Integer.MAX_VALUE - 8;

  /** JavaCPP's property; without it as much as the heap may be taken off the heap. */
  private static final String NATIVE_LIMIT = "javacpp.max";

  private static final String SMALLER =
      "lower train.batch-size, network.width-factor, network.timesteps or dataset.frames.size, or"
          + " raise train.shards";

  public static MemoryLimits of(SparkContext spark) {
    long heap = Runtime.getRuntime().maxMemory();
    SparkConf conf = spark.getConf();
    boolean isSet =
        conf.get("spark.driver.extraJavaOptions", "").contains(NATIVE_LIMIT)
            || conf.get("spark.executor.extraJavaOptions", "").contains(NATIVE_LIMIT);
    long executor = spark.isLocal() ? heap : conf.getSizeAsBytes("spark.executor.memory", "1g");
    return new MemoryLimits(
        heap,
        isSet ? Long.MAX_VALUE : executor,
        spark.isLocal() ? "--driver-memory" : "--executor-memory");
  }

  /**
   * Looks at a training by its configuration alone; how many classes there are hardly matters.
   *
   * @throws ConfigurationException if it certainly does not fit
   */
  public void requireTraining(RunConfig config) {
    SampleDecoder decoder = Decoders.evaluation(config, config.dataset().input());
    int batch = config.train().shardBatchSize();
    require(
        MinimumMemory.ofTraining(
            smallestNetwork(config, decoder), batch, decoder.frames(), config.train().descent()),
        SMALLER);
  }

  private static NetworkSpec smallestNetwork(RunConfig config, SampleDecoder decoder) {
    try {
      return config.networkSpec(decoder.channels(), decoder.size(), 2);
    } catch (ConfigurationException e) {
      boolean isOfFrames = config.dataset().kind().images().isEmpty();
      String key = isOfFrames ? "dataset.frames.size" : "dataset.kind";
      throw new ConfigurationException(key + ": " + e.getMessage(), e);
    }
  }

  /**
   * @param smaller what makes the network or its input smaller
   * @throws ConfigurationException if it cannot run: names the memory, what it takes and what to do
   */
  public void require(MinimumMemory needed, String smaller) {
    require("parameters", needed.parameters(), MAX_PARAMETERS, smaller);
    require("numbers in a tensor", needed.largestTensor(), MAX_TENSOR, smaller);
    require(
        "MB of the driver's heap",
        needed.driverBytes() >> 20,
        driverBytes >> 20,
        "give more with --driver-memory, or " + smaller);
    require(
        "MB off the heap of an executor, which has as much as its heap,",
        needed.nativeBytes() >> 20,
        nativeBytes >> 20,
        "give more with " + option + ", or " + smaller);
  }

  private static void require(String what, long needed, long most, String remedy) {
    if (needed > most) {
      throw new ConfigurationException(
          String.format(
              Locale.ROOT,
              "the network is too large: it needs at least %d %s and may have %d; %s",
              needed,
              what,
              most,
              remedy));
    }
  }
}
