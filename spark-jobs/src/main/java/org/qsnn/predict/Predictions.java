package org.qsnn.predict;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.LongStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.storage.StorageLevel;
import org.apache.spark.util.SerializableConfiguration;
import org.qsnn.DataException;
import org.qsnn.classify.Classifier;
import org.qsnn.dataset.Split;
import org.qsnn.model.NetworkSpec;
import org.qsnn.predict.AnswerTasks.Shared;
import org.qsnn.prepared.Manifest;
import org.qsnn.prepared.PreparedDataset;
import org.qsnn.prepared.ShardedSamples;
import org.qsnn.storage.FileStore;

/**
 * A packed model's answers for all samples at a place, as one Spark job. They do not depend on how
 * many executors compute them, nor on which samples share a batch.
 */
public final class Predictions implements AutoCloseable {
  /** Samples of a task, unless there are too few for all cores. */
  private static final int PER_TASK = 256;

  private final SparkSession spark;
  private final Broadcast<Shared> shared;
  private final List<ShardedSamples> shards = new ArrayList<>();
  private Dataset<Row> rows;
  private int passedOver;

  private Predictions(SparkSession spark, Broadcast<Shared> shared) {
    this.spark = spark;
    this.shared = shared;
  }

  /**
   * Plans the answers for a prepared data set, or for a file or folder of pictures, CIFAR files or
   * recordings; nothing is computed yet.
   *
   * @param patience with files that executors cannot reach
   * @throws DataException if there is nothing that the model can be asked about
   */
  public static Predictions of(
      SparkSession spark,
      FileStore files,
      Classifier classifier,
      String path,
      Reading reading,
      Duration patience) {
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    SerializableConfiguration hadoop =
        new SerializableConfiguration(spark.sparkContext().hadoopConfiguration());
    Predictions predictions =
        new Predictions(
            spark, context.broadcast(new Shared(classifier, hadoop, patience, reading)));
    try {
      predictions.plan(
          PreparedDataset.isAt(files, path)
              ? predictions.ofPrepared(PreparedDataset.open(files, path), classifier)
              : predictions.ofFiles(context, InputFiles.at(files, path, classifier, reading)));
      return predictions;
    } catch (RuntimeException e) {
      predictions.close();
      throw e;
    }
  }

  private void plan(JavaRDD<Row> answers) {
    rows = spark.createDataFrame(answers, AnswerRows.SCHEMA);
    rows.persist(StorageLevel.MEMORY_AND_DISK());
  }

  private JavaRDD<Row> ofFiles(JavaSparkContext context, InputFiles input) {
    passedOver = input.passedOver();
    long samples = input.pieces().stream().mapToLong(Piece::records).sum();
    int tasks = Math.min(input.pieces().size(), tasks(samples));
    return context
        .parallelize(input.pieces(), tasks)
        .mapPartitions(new AnswerTasks.OfPieces(shared));
  }

  private JavaRDD<Row> ofPrepared(PreparedDataset dataset, Classifier classifier) {
    requireFit(dataset, classifier.model().spec());
    ClassLabels known = new ClassLabels(classifier.classNames());
    int[] labels = dataset.manifest().classNames().stream().mapToInt(known::of).toArray();
    List<JavaRDD<Row>> answers = new ArrayList<>();
    for (Split split : Split.values()) {
      long[] ids = LongStream.range(0, dataset.manifest().split(split).samples()).toArray();
      if (ids.length > 0) {
        ShardedSamples samples = ShardedSamples.of(spark, dataset, split, ids, tasks(ids.length));
        shards.add(samples);
        answers.add(samples.rdd().flatMap(new AnswerTasks.OfShard(shared, split, labels)));
      }
    }
    return answers.stream()
        .reduce(JavaRDD::union)
        .orElseThrow(() -> new DataException(dataset.path() + ": must hold samples; found none"));
  }

  private int tasks(long samples) {
    long cores = spark.sparkContext().defaultParallelism();
    return (int) Math.max(1, Math.min(100_000, Math.max(cores, samples / PER_TASK)));
  }

  private static void requireFit(PreparedDataset dataset, NetworkSpec spec) {
    Manifest manifest = dataset.manifest();
    List<Integer> shape = manifest.payload().shape();
    boolean isPictures = manifest.payload().holdsImages();
    boolean fits =
        shape.get(0) == spec.inputChannels()
            && (!isPictures
                || shape.subList(1, 3).equals(List.of(spec.inputSize(), spec.inputSize())));
    if (!fits) {
      throw new DataException(
          String.format(
              Locale.ROOT,
              "%s: must have the model's %d × %d × %d inputs; found %s of %s",
              dataset.path(),
              spec.inputChannels(),
              spec.inputSize(),
              spec.inputSize(),
              manifest.payload().encoding(),
              shape));
    }
  }

  /** Files of other kinds, which nobody was asked about. */
  public int passedOver() {
    return passedOver;
  }

  /**
   * How many samples there were.
   *
   * @param labeled answered ones whose label is known
   * @param correct of these
   */
  public record Count(long answered, long broken, long labeled, long correct) {}

  /** Computes all answers, once. */
  public Count count() {
    Row counts =
        rows.selectExpr(
                "count_if(problem IS NULL)",
                "count_if(problem IS NOT NULL)",
                "count_if(label IS NOT NULL)",
                "count_if(label = class)")
            .first();
    return new Count(counts.getLong(0), counts.getLong(1), counts.getLong(2), counts.getLong(3));
  }

  /** What is wrong with the samples that were not answered, in the order of their ids. */
  public List<String> problems() {
    return rows
        .filter("problem IS NOT NULL")
        .orderBy("id")
        .select("problem")
        .collectAsList()
        .stream()
        .map(row -> row.getString(0))
        .toList();
  }

  /**
   * The answers: {@code id STRING, class INT, class_name STRING, scores ARRAY<FLOAT>, decided_after
   * INT, label INT}, the last null where it is not known.
   */
  public Dataset<Row> answers() {
    return rows.filter("problem IS NULL").drop(AnswerRows.PROBLEM);
  }

  /** Frees what executors keep. */
  @Override
  public void close() {
    if (rows != null) {
      rows.unpersist();
    }
    shards.forEach(ShardedSamples::close);
    shared.destroy();
  }
}
