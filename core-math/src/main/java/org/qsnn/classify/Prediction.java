package org.qsnn.classify;

import java.util.List;
import org.qsnn.network.InferenceNetwork.Answer;
import org.qsnn.network.Loss;

/**
 * What a model takes a sample for.
 *
 * @param index of the class, from 0
 * @param name of the class; its index where nobody named the classes
 * @param scores one a class, 0 … 1, with the sum 1: the softmax of the mean logits over time
 * @param decidedAfter timesteps, 1 … T, after which the class with the largest mean logit so far is
 *     the answer and stays it
 */
public record Prediction(int index, String name, List<Float> scores, int decidedAfter) {
  public Prediction {
    scores = List.copyOf(scores);
  }

  /** The predicted class's. */
  public float score() {
    return scores.get(index);
  }

  /**
   * What a network said to one sample of a batch.
   *
   * @param names of the classes; empty where nobody named them
   */
  static Prediction of(Answer answer, int batch, int sample, int timesteps, List<String> names) {
    int classes = answer.logits().length / timesteps / batch;
    int index = Loss.prediction(answer.logits(), timesteps, batch, classes, sample);
    int decided = timesteps;
    while (decided > 1
        && Loss.prediction(answer.logits(), decided - 1, batch, classes, sample) == index) {
      decided--;
    }
    String name = names.isEmpty() ? Integer.toString(index) : names.get(index);
    return new Prediction(
        index, name, scores(answer.logits(), timesteps, batch, classes, sample), decided);
  }

  private static List<Float> scores(
      float[] logits, int timesteps, int batch, int classes, int sample) {
    double[] powers = new double[classes];
    double largest = Double.NEGATIVE_INFINITY;
    for (int k = 0; k < classes; k++) {
      for (int t = 0; t < timesteps; t++) {
        powers[k] += logits[(t * batch + sample) * classes + k];
      }
      powers[k] /= timesteps;
      largest = Math.max(largest, powers[k]);
    }
    double sum = 0;
    for (int k = 0; k < classes; k++) {
      powers[k] = StrictMath.exp(powers[k] - largest);
      sum += powers[k];
    }
    Float[] scores = new Float[classes];
    for (int k = 0; k < classes; k++) {
      scores[k] = (float) (powers[k] / sum);
    }
    return List.of(scores);
  }
}
