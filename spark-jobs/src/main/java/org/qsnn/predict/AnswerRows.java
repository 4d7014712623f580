package org.qsnn.predict;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Queue;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;
import org.qsnn.DataException;
import org.qsnn.classify.Classifier;
import org.qsnn.classify.Prediction;

/** Samples as rows with what a model says to them: some at a time, so that memory stays small. */
final class AnswerRows implements Iterator<Row> {
  static final String PROBLEM = "problem";

  static final StructType SCHEMA =
      StructType.fromDDL(
          "id STRING, class INT, class_name STRING, scores ARRAY<FLOAT>, decided_after INT,"
              + " label INT, "
              + PROBLEM
              + " STRING");

  private final Iterator<Sample> samples;
  private final Classifier classifier;
  private final Queue<Row> ready = new ArrayDeque<>();

  AnswerRows(Iterator<Sample> samples, Classifier classifier) {
    this.samples = samples;
    this.classifier = classifier;
  }

  @Override
  public boolean hasNext() {
    if (ready.isEmpty() && samples.hasNext()) {
      List<Sample> batch = new ArrayList<>();
      int sound = 0;
      while (sound < classifier.batchSize() && samples.hasNext()) {
        Sample sample = samples.next();
        batch.add(sample);
        sound += sample.problem() == null ? 1 : 0;
      }
      answer(batch);
    }
    return !ready.isEmpty();
  }

  @Override
  public Row next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    return ready.remove();
  }

  private void answer(List<Sample> batch) {
    List<Sample> sound = batch.stream().filter(sample -> sample.problem() == null).toList();
    Iterator<Prediction> predictions;
    try {
      predictions = classifier.classifyAll(sound.stream().map(Sample::payload).toList()).iterator();
    } catch (DataException e) {
      // Of one of them; alone each says whether it is the one.
      batch.forEach(sample -> ready.add(alone(sample)));
      return;
    }
    for (Sample sample : batch) {
      ready.add(sample.problem() == null ? row(sample, predictions.next()) : broken(sample));
    }
  }

  private Row alone(Sample sample) {
    if (sample.problem() != null) {
      return broken(sample);
    }
    try {
      return row(sample, classifier.classifyAll(List.of(sample.payload())).get(0));
    } catch (DataException e) {
      return broken(Sample.broken(sample.id(), sample.id() + ": " + e.getMessage()));
    }
  }

  private static Row row(Sample sample, Prediction prediction) {
    return RowFactory.create(
        sample.id(),
        prediction.index(),
        prediction.name(),
        prediction.scores().toArray(Float[]::new),
        prediction.decidedAfter(),
        sample.label() < 0 ? null : sample.label(),
        null);
  }

  private static Row broken(Sample sample) {
    return RowFactory.create(sample.id(), null, null, null, null, null, sample.problem());
  }
}
