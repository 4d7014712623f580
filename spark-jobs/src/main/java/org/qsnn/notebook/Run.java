package org.qsnn.notebook;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.qsnn.DataException;
import org.qsnn.classify.Classifier;
import org.qsnn.config.RunConfig;
import org.qsnn.dataset.Split;
import org.qsnn.model.Footprint;
import org.qsnn.model.PackedModel;
import org.qsnn.model.QuantizedTensor;
import org.qsnn.predict.SqlClassifier;
import org.qsnn.prepared.ShardedSamples;
import org.qsnn.run.PackedModels;
import org.qsnn.sample.SampleDecoder;
import org.qsnn.sample.Samples;
import org.qsnn.storage.FileStore;
import org.qsnn.training.Decoders;
import org.qsnn.training.RunData;

/** A run's packed model and its samples, as data frames and pictures. */
public final class Run {
  private static final int FLOAT_BITS = 32;

  private final FileStore files;
  private final String path;
  private final RunConfig config;

  Run(FileStore files, String path, RunConfig config) {
    this.files = files;
    this.path = path;
    this.config = config;
  }

  /** Absolute path of its folder. */
  public String path() {
    return path;
  }

  /** Name of its folder. */
  public String name() {
    return files.paths().name(path);
  }

  /** As configurations name it, such as {@code resnet19}. */
  public String architecture() {
    return config.network().architecture().key();
  }

  /** Such as {@code 1w2u}: bits of weights and membranes. */
  public String bits() {
    return config.network().bits();
  }

  /** Empty where nobody named them. */
  public List<String> classNames() {
    return model().description().classNames();
  }

  /**
   * Makes its packed model a function of Spark SQL, which pictures of any size may be given to: see
   * {@link SqlClassifier}.
   *
   * @param function its name
   */
  public void register(String function) {
    Classifier classifier = Classifier.of(model()).resizing();
    SqlClassifier.register(SparkSession.active(), function, classifier);
  }

  private PackedModel model() {
    return PackedModels.read(files, path);
  }

  /**
   * The packed model's weight layers in order of execution: {@code layer}, {@code shape}, {@code
   * bits} of a weight, {@code parameters} and {@code packed_bytes} with batch normalization and
   * bias; {@code negative} and {@code positive} weights, null where they are not binary.
   *
   * @throws DataException if the run has no model yet
   */
  public Dataset<Row> layers() {
    PackedModel model = model();
    Footprint footprint = Footprint.of(model.spec());
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < footprint.parts().size(); i++) {
      Footprint.Part part = footprint.parts().get(i);
      QuantizedTensor weight = model.weights().get(i);
      Long positive = weight.isBinary() ? positive(weight) : null;
      rows.add(
          RowFactory.create(
              part.name(),
              IntStream.of(weight.shape())
                  .mapToObj(Integer::toString)
                  .collect(Collectors.joining(" × ")),
              weight.form().bits(),
              part.parameters(),
              part.packedBytes(),
              positive == null ? null : weight.elements() - positive,
              positive));
    }
    return Tables.of(
        "layer STRING, shape STRING, bits INT, parameters BIGINT, packed_bytes BIGINT,"
            + " negative BIGINT, positive BIGINT",
        rows);
  }

  /** Unused bits of the last byte are 0. */
  private static long positive(QuantizedTensor weight) {
    long ones = 0;
    for (byte code : weight.codes()) {
      ones += Integer.bitCount(code & 0xFF);
    }
    return ones;
  }

  /**
   * How many output channels of each binary layer are scaled by which power of two: {@code layer},
   * {@code exponent}, {@code channels}. No rows where scales are no powers of two.
   */
  public Dataset<Row> scales() {
    List<Row> rows = new ArrayList<>();
    for (QuantizedTensor weight : model().weights()) {
      Map<Integer, Long> channels = new TreeMap<>();
      for (byte exponent : weight.exponents()) {
        channels.merge((int) exponent, 1L, Long::sum);
      }
      channels.forEach(
          (exponent, count) -> rows.add(RowFactory.create(weight.name(), exponent, count)));
    }
    return Tables.of("layer STRING, exponent INT, channels BIGINT", rows);
  }

  /**
   * What the network takes in bytes, for float32 throughout and for its packed weights with
   * membranes of 8, 4 and 2 bits, and with its own where they differ by layer: {@code bits} such as
   * {@code 1w2u}, {@code weights}, {@code membranes} of all layers for one sample, and as the
   * paper's Table 2 counts, weights and the membranes of the largest layer, for batches: {@code
   * batch_1}, {@code batch_64}, {@code batch_256}.
   */
  public Dataset<Row> memory() {
    Footprint footprint = Footprint.of(model().spec());
    List<Row> rows = new ArrayList<>();
    Footprint floats = footprint.withMembraneBits(FLOAT_BITS);
    rows.add(memory(FLOAT_BITS + "w" + FLOAT_BITS + "u", floats, footprint.floatBytes()));
    int weightBits = config.network().weightBits();
    if (weightBits < FLOAT_BITS) {
      for (int bits : new int[] {8, 4, 2}) {
        String name = weightBits + "w" + bits + "u";
        rows.add(memory(name, footprint.withMembraneBits(bits), footprint.packedBytes()));
      }
    }
    if (!config.network().membraneBits().isUniform()) {
      rows.add(memory(config.network().bits(), footprint, footprint.packedBytes()));
    }
    return Tables.of(
        "bits STRING, weights BIGINT, membranes BIGINT,"
            + " batch_1 BIGINT, batch_64 BIGINT, batch_256 BIGINT",
        rows);
  }

  private static Row memory(String bits, Footprint footprint, long weights) {
    return RowFactory.create(
        bits,
        weights,
        footprint.membraneBytes(),
        footprint.tableBytes(weights, 1),
        footprint.tableBytes(weights, 64),
        footprint.tableBytes(weights, 256));
  }

  /**
   * A test sample as the network is shown it, for {@link Charts#frames}. Reads the data set that
   * the run was trained on, preparing it first if it is no longer prepared.
   *
   * @param index from 0, among the run's test samples
   * @throws DataException if there is no such sample, or the samples are no events
   */
  public Frames frames(int index) {
    RunData data = RunData.open(files, config);
    long[] ids = data.split().test();
    if (index < 0 || index >= ids.length) {
      throw new DataException(
          String.format(
              Locale.ROOT,
              "%s: test samples must be counted from 0 to %d; found %d",
              path,
              ids.length - 1,
              index));
    }
    SampleDecoder decoder =
        Decoders.evaluation(
            config.dataset().input(), config.network().timesteps(), config.dataset().inputSize());
    if (decoder.channels() != Frames.CHANNELS) {
      throw new DataException(
          path + ": must be a run on recordings of an event camera; found images");
    }
    Samples sample = sample(data, ids[index]);
    float[] values = new float[decoder.length()];
    decoder.decode(sample.payload(0), sample.id(0), 0, 0, values, 0);
    String label = data.dataset().manifest().classNames().get(sample.label(0));
    return new Frames(label, decoder.frames(), decoder.size(), values);
  }

  private static Samples sample(RunData data, long id) {
    try (ShardedSamples samples =
        ShardedSamples.of(SparkSession.active(), data.dataset(), Split.TEST, new long[] {id}, 1)) {
      return Arrays.stream(samples.collect()).findFirst().orElseThrow();
    }
  }
}
