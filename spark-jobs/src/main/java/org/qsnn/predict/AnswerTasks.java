package org.qsnn.predict;

import java.io.Serializable;
import java.time.Duration;
import java.util.Iterator;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Row;
import org.apache.spark.util.SerializableConfiguration;
import org.qsnn.classify.Classifier;
import org.qsnn.dataset.Split;
import org.qsnn.sample.Samples;
import org.qsnn.storage.FileStore;

/** What runs on executors to answer for samples. */
final class AnswerTasks {
  private AnswerTasks() {}

  /**
   * What every task needs: sent to an executor once, whose tasks share it.
   *
   * @param patience with files that cannot be reached
   */
  record Shared(
      Classifier classifier, SerializableConfiguration hadoop, Duration patience, Reading reading)
      implements Serializable {
    PieceReader reader() {
      TaskContext task = TaskContext.get();
      FileStore files = FileStore.of(hadoop.value()).patient(patience, task::isInterrupted);
      return new PieceReader(files, classifier, reading);
    }
  }

  /** Answers for files. */
  static final class OfPieces implements FlatMapFunction<Iterator<Piece>, Row> {
    private static final long serialVersionUID = 1L;

    private final Broadcast<Shared> shared;

    OfPieces(Broadcast<Shared> shared) {
      this.shared = shared;
    }

    @Override
    public Iterator<Row> call(Iterator<Piece> pieces) {
      PieceReader reader = shared.value().reader();
      Iterator<Sample> samples =
          stream(pieces).flatMap(piece -> reader.read(piece).stream()).iterator();
      return new AnswerRows(samples, shared.value().classifier());
    }

    private static <T> Stream<T> stream(Iterator<T> iterator) {
      return StreamSupport.stream(
          Spliterators.spliteratorUnknownSize(iterator, Spliterator.ORDERED), false);
    }
  }

  /** Answers for a shard of a prepared set. */
  static final class OfShard implements FlatMapFunction<Samples, Row> {
    private static final long serialVersionUID = 1L;

    private final Broadcast<Shared> shared;
    private final Split split;
    private final int[] labels;

    /**
     * @param labels the model's for each of the set's
     */
    OfShard(Broadcast<Shared> shared, Split split, int[] labels) {
      this.shared = shared;
      this.split = split;
      this.labels = labels;
    }

    @Override
    public Iterator<Row> call(Samples samples) {
      Iterator<Sample> read =
          IntStream.range(0, samples.size())
              .mapToObj(
                  i ->
                      Sample.of(
                          split.key() + "/" + samples.id(i),
                          labels[samples.label(i)],
                          samples.payload(i)))
              .iterator();
      return new AnswerRows(read, shared.value().classifier());
    }
  }
}
