package org.qsnn.job;

import java.util.List;
import java.util.Locale;
import org.apache.spark.sql.SparkSession;
import org.qsnn.ConfigurationException;
import org.qsnn.config.DatasetSection;
import org.qsnn.config.RunConfig;
import org.qsnn.model.ImageInput;
import org.qsnn.model.ModelDescription;
import org.qsnn.model.ModelInput;
import org.qsnn.model.NetworkSpec;
import org.qsnn.model.PackedModel;
import org.qsnn.prepared.ShardedSamples;
import org.qsnn.sample.SampleDecoder;
import org.qsnn.train.MinimumMemory;
import org.qsnn.training.Decoders;
import org.qsnn.training.MemoryLimits;
import org.qsnn.training.RunData;

/**
 * The test set of a packed model: of the data set that it was trained with, unless another is set.
 *
 * @param decoder how a sample is shown to the network
 * @param classNames of the data set
 */
record TestSet(ShardedSamples samples, SampleDecoder decoder, List<String> classNames)
    implements AutoCloseable {

  /**
   * @param path of the model, for messages
   * @param overrides of the configuration that the model came from
   * @throws ConfigurationException if the data does not fit the model, or the model the memory
   */
  static TestSet open(Session session, PackedModel model, String path, List<String> overrides) {
    RunConfig config = RunConfig.ofModel("model " + path, model.description(), overrides);
    SampleDecoder decoder = decoder(model, input(model, config.dataset()), config.dataset());
    SparkSession spark = session.spark();
    MemoryLimits.of(spark.sparkContext())
        .require(
            MinimumMemory.ofInference(model.spec(), decoder.frames()), "use a smaller network");
    RunData data = RunData.open(session.files(), config);
    List<String> classNames = classNames(model.description(), data);
    requireFit(model.spec(), decoder, data);
    return new TestSet(data.test(spark), decoder, classNames);
  }

  /** As the model says it; files of version 1 leave it to the configuration. */
  private static ModelInput input(PackedModel model, DatasetSection dataset) {
    ModelInput configured = dataset.input();
    ModelInput input = model.description().input().orElse(configured);
    if (input.getClass() != configured.getClass()) {
      throw new ConfigurationException(
          String.format(
              Locale.ROOT,
              "dataset.kind: must be one of %s, the kinds that fit the model's input; found %s",
              input instanceof ImageInput ? "images" : "events",
              dataset.kind().key()));
    }
    return input;
  }

  /** Files of version 1 leave the size of frames to the configuration too. */
  private static SampleDecoder decoder(
      PackedModel model, ModelInput input, DatasetSection dataset) {
    boolean isDescribed = model.description().input().isPresent();
    int size = isDescribed ? model.spec().inputSize() : dataset.inputSize();
    return Decoders.evaluation(input, model.spec().timesteps(), size);
  }

  /** The model's own; a data set whose classes have other names has other labels. */
  private static List<String> classNames(ModelDescription model, RunData data) {
    List<String> found = data.dataset().manifest().classNames();
    List<String> known = model.classNames();
    if (!known.isEmpty() && known.size() == found.size() && !known.equals(found)) {
      throw new ConfigurationException(
          String.format(
              Locale.ROOT,
              "dataset: must have the model's classes %s; found %s in %s",
              String.join(", ", known),
              String.join(", ", found),
              data.dataset().path()));
    }
    return found;
  }

  private static void requireFit(NetworkSpec spec, SampleDecoder decoder, RunData data) {
    if (spec.inputChannels() != decoder.channels()
        || spec.inputSize() != decoder.size()
        || spec.classes() != data.classes()) {
      throw new ConfigurationException(
          String.format(
              Locale.ROOT,
              "dataset: must have the model's %d×%d×%d inputs and %d classes; found %d×%d×%d and %d in %s",
              spec.inputChannels(),
              spec.inputSize(),
              spec.inputSize(),
              spec.classes(),
              decoder.channels(),
              decoder.size(),
              decoder.size(),
              data.classes(),
              data.dataset().path()));
    }
  }

  @Override
  public void close() {
    samples.close();
  }
}
