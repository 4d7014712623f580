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
  private final boolean mirrors;

  /**
   * @param decoder without augmentation
   */
  public EvaluationTask(SampleDecoder decoder) {
    this(decoder, false, false, false);
  }

  private EvaluationTask(
      SampleDecoder decoder, boolean keepsMistakes, boolean countsOperations, boolean mirrors) {
    this.decoder = decoder;
    this.keepsMistakes = keepsMistakes;
    this.countsOperations = countsOperations;
    this.mirrors = mirrors;
  }

  /** The same, which also keeps, and draws, some of the samples that are taken for others. */
  public EvaluationTask keepingMistakes() {
    return new EvaluationTask(decoder, true, countsOperations, mirrors);
  }

  /** The same, which also counts synaptic operations one by one. */
  public EvaluationTask countingOperations() {
    return new EvaluationTask(decoder, keepsMistakes, true, mirrors);
  }

  /**
   * The same, which also shows each sample with left and right swapped, and answers with the mean
   * of both logits at each timestep (Jordan 2024, arXiv 2404.00498). Spikes and operations are
   * those of both.
   */
  public EvaluationTask mirroring() {
    return new EvaluationTask(decoder, keepsMistakes, countsOperations, true);
  }

  /** Sees every answer while it is fresh; those to mirror images are not shown to it. */
  interface Witness {
    /**
     * @param indices of the batch, into the samples
     */
    void sees(Answer answer, int[] indices);
  }

  public Evaluation evaluate(PackedModel model, Samples samples) {
    return evaluate(model, samples, (answer, indices) -> {});
  }

  Evaluation evaluate(PackedModel model, Samples samples, Witness witness) {
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
        Answer answer = answer(network, input, counter);
        countSpikes(evaluation, spec, answer, indices.length);
        witness.sees(answer, indices);
        float[] logits = answer.logits();
        if (mirrors) {
          InputBatch.mirror(input);
          Answer mirrored = answer(network, input, counter);
          countSpikes(evaluation, spec, mirrored, indices.length);
          logits = mean(logits, mirrored.logits());
        }
        count(evaluation, spec, logits, samples, indices);
      }
      if (counter != null) {
        evaluation.addOperations(counter.counts());
      }
    }
    return evaluation;
  }

  private static Answer answer(InferenceNetwork network, Input input, OperationCounter counter) {
    return counter == null ? network.answer(input) : network.answer(input, counter);
  }

  private static void countSpikes(
      Evaluation evaluation, NetworkSpec spec, Answer answer, int batch) {
    for (int layer = 0; layer < spec.layers().size(); layer++) {
      long chances = (long) spec.layers().get(layer).neurons() * batch;
      evaluation.addSpikes(layer, answer.spikes()[layer], chances);
    }
  }

  /** The same bits whichever of both comes first. */
  private static float[] mean(float[] logits, float[] others) {
    float[] mean = new float[logits.length];
    for (int i = 0; i < mean.length; i++) {
      mean[i] = (logits[i] + others[i]) / 2;
    }
    return mean;
  }

  /**
   * @param logits {@code [T, B, classes]}
   */
  private void count(
      Evaluation evaluation, NetworkSpec spec, float[] logits, Samples samples, int[] indices) {
    int[] labels = new InputBatch.Batch(samples, indices).labels();
    int timesteps = spec.timesteps();
    int classes = spec.classes();
    double[] losses = Loss.crossEntropies(logits, timesteps, labels, classes);
    for (int b = 0; b < labels.length; b++) {
      int predicted = Loss.prediction(logits, timesteps, labels.length, classes, b);
      evaluation.add(labels[b], predicted, losses[b]);
      if (keepsMistakes && predicted != labels[b]) {
        keep(evaluation, samples, indices[b], predicted);
      }
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
