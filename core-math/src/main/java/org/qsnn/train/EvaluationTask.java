package org.qsnn.train;

import java.io.Serializable;
import java.util.stream.IntStream;
import org.qsnn.metric.Evaluation;
import org.qsnn.metric.Mistake;
import org.qsnn.model.NetworkSpec;
import org.qsnn.model.PackedModel;
import org.qsnn.network.InferenceNetwork;
import org.qsnn.network.InferenceNetwork.Answer;
import org.qsnn.network.Input;
import org.qsnn.network.Loss;
import org.qsnn.network.OperationCounter;
import org.qsnn.sample.Picture;
import org.qsnn.sample.SampleDecoder;
import org.qsnn.sample.Samples;
import org.qsnn.tensor.NativeRuntime;
import org.qsnn.tensor.Workspace;

/** Evaluates a packed model on samples: a pure function of both. */
public final class EvaluationTask implements Serializable {
  private static final long serialVersionUID = 1L;

  private final SampleDecoder decoder;
  private final boolean keepsMistakes;
  private final boolean countsOperations;

  /**
   * @param decoder without augmentation
   */
  public EvaluationTask(SampleDecoder decoder) {
    this(decoder, false, false);
  }

  private EvaluationTask(SampleDecoder decoder, boolean keepsMistakes, boolean countsOperations) {
    this.decoder = decoder;
    this.keepsMistakes = keepsMistakes;
    this.countsOperations = countsOperations;
  }

  /** The same, which also keeps, and draws, some of the samples that are taken for others. */
  public EvaluationTask keepingMistakes() {
    return new EvaluationTask(decoder, true, countsOperations);
  }

  /** The same, which also counts synaptic operations one by one. */
  public EvaluationTask countingOperations() {
    return new EvaluationTask(decoder, keepsMistakes, true);
  }

  public Evaluation evaluate(PackedModel model, Samples samples) {
    NativeRuntime.start();
    NetworkSpec spec = model.spec();
    Evaluation evaluation = Evaluation.none(spec);
    int batch = InferenceNetwork.batchSize(spec);
    try (Workspace workspace = new Workspace()) {
      InferenceNetwork network = new InferenceNetwork(model, workspace);
      OperationCounter counter = countsOperations ? new OperationCounter(model) : null;
      for (int from = 0; from < samples.size(); from += batch) {
        int[] indices = IntStream.range(from, Math.min(samples.size(), from + batch)).toArray();
        Input input = InputBatch.decode(decoder, samples, indices, 0, 0, workspace);
        Answer answer = counter == null ? network.answer(input) : network.answer(input, counter);
        count(evaluation, spec, answer, samples, indices);
      }
      if (counter != null) {
        evaluation.addOperations(counter.counts());
      }
    }
    return evaluation;
  }

  private void count(
      Evaluation evaluation, NetworkSpec spec, Answer answer, Samples samples, int[] indices) {
    int[] labels = InputBatch.labels(samples, indices);
    int timesteps = spec.timesteps();
    int classes = spec.classes();
    double[] losses = Loss.crossEntropies(answer.logits(), timesteps, labels, classes);
    for (int b = 0; b < labels.length; b++) {
      int predicted = Loss.prediction(answer.logits(), timesteps, labels.length, classes, b);
      evaluation.add(labels[b], predicted, losses[b]);
      if (keepsMistakes && predicted != labels[b]) {
        keep(evaluation, samples, indices[b], predicted);
      }
    }
    for (int layer = 0; layer < spec.layers().size(); layer++) {
      long chances = (long) spec.layers().get(layer).neurons() * labels.length;
      evaluation.addSpikes(layer, answer.spikes()[layer], chances);
    }
  }

  private void keep(Evaluation evaluation, Samples samples, int index, int predicted) {
    long id = samples.id(index);
    if (evaluation.wouldKeep(id)) {
      Picture picture = decoder.picture(samples.payload(index), id);
      evaluation.keep(new Mistake(id, samples.label(index), predicted, picture));
    }
  }
}
