package org.qsnn.train;

import java.io.Serializable;
import java.util.stream.IntStream;
import org.qsnn.metric.Evaluation;
import org.qsnn.model.NetworkSpec;
import org.qsnn.model.PackedModel;
import org.qsnn.network.InferenceNetwork;
import org.qsnn.network.InferenceNetwork.Answer;
import org.qsnn.network.Loss;
import org.qsnn.sample.SampleDecoder;
import org.qsnn.sample.Samples;
import org.qsnn.tensor.NativeRuntime;
import org.qsnn.tensor.Workspace;

/** Evaluates a packed model on samples: a pure function of both. */
public final class EvaluationTask implements Serializable {
  private static final long serialVersionUID = 1L;

  private final SampleDecoder decoder;

  /**
   * @param decoder without augmentation
   */
  public EvaluationTask(SampleDecoder decoder) {
    this.decoder = decoder;
  }

  public Evaluation evaluate(PackedModel model, Samples samples) {
    NativeRuntime.start();
    NetworkSpec spec = model.spec();
    Evaluation evaluation = Evaluation.none(spec);
    int batch = InferenceNetwork.batchSize(spec);
    try (Workspace workspace = new Workspace()) {
      InferenceNetwork network = new InferenceNetwork(model, workspace);
      for (int from = 0; from < samples.size(); from += batch) {
        int[] indices = IntStream.range(from, Math.min(samples.size(), from + batch)).toArray();
        Answer answer =
            network.answer(InputBatch.decode(decoder, samples, indices, 0, 0, workspace));
        count(evaluation, spec, answer, InputBatch.labels(samples, indices));
      }
    }
    return evaluation;
  }

  private static void count(Evaluation evaluation, NetworkSpec spec, Answer answer, int[] labels) {
    int timesteps = spec.timesteps();
    int classes = spec.classes();
    double[] losses = Loss.crossEntropies(answer.logits(), timesteps, labels, classes);
    for (int b = 0; b < labels.length; b++) {
      int predicted = Loss.prediction(answer.logits(), timesteps, labels.length, classes, b);
      evaluation.add(labels[b], predicted, losses[b]);
    }
    for (int layer = 0; layer < spec.layers().size(); layer++) {
      long chances = (long) spec.layers().get(layer).neurons() * labels.length;
      evaluation.addSpikes(layer, answer.spikes()[layer], chances);
    }
  }
}
