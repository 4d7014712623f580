package org.qsnn.training;

import java.util.List;
import java.util.Optional;
import org.qsnn.model.ImageInput;
import org.qsnn.sample.Samples;
import org.qsnn.train.EvaluationTask;
import org.qsnn.train.Evaluator;
import org.qsnn.train.GradientSource;
import org.qsnn.train.KernelWarmUp;
import org.qsnn.train.LocalEvaluator;
import org.qsnn.train.LocalGradientSource;
import org.qsnn.train.ShardTask;

/**
 * Computes in the calling thread, one shard after the other: the same bits as on a cluster. Knows
 * no test samples.
 *
 * @param training one element for each of {@code train.shards}
 * @param validation likewise; empty if nothing is left to validate on
 */
public record LocalBackend(
    List<Samples> training,
    List<Samples> validation,
    List<String> classNames,
    Optional<ImageInput> normalization,
    String dataSha256)
    implements Backend {

  public LocalBackend {
    training = List.copyOf(training);
    validation = List.copyOf(validation);
    classNames = List.copyOf(classNames);
  }

  @Override
  public void begin(KernelWarmUp warmUp) {
    // the training follows at once
  }

  @Override
  public GradientSource gradients(ShardTask task) {
    return new LocalGradientSource(task, training);
  }

  @Override
  public Optional<Evaluator> validation(EvaluationTask task) {
    return validation.isEmpty()
        ? Optional.empty()
        : Optional.of(new LocalEvaluator(task, validation));
  }

  @Override
  public Evaluator test(EvaluationTask task) {
    throw new UnsupportedOperationException("no test samples are here");
  }

  @Override
  public int trainingSamples() {
    return training.stream().mapToInt(Samples::size).sum();
  }

  @Override
  public Samples someTraining(int count) {
    int[] ranks = Ranks.spread(count, trainingSamples());
    long[] ids = new long[ranks.length];
    int[] labels = new int[ranks.length];
    byte[][] payloads = new byte[ranks.length][];
    for (int i = 0; i < ranks.length; i++) {
      // as ShardedSamples deals them
      Samples shard = training.get(ranks[i] % training.size());
      int index = ranks[i] / training.size();
      ids[i] = shard.id(index);
      labels[i] = shard.label(index);
      payloads[i] = shard.payload(index);
    }
    return new Samples(ids, labels, payloads);
  }

  @Override
  public void close() {
    // whoever gave the samples frees them
  }
}
