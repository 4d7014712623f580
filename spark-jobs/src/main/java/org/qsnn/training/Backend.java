package org.qsnn.training;

import java.util.List;
import java.util.Optional;
import org.qsnn.model.ImageInput;
import org.qsnn.sample.Samples;
import org.qsnn.train.EvaluationTask;
import org.qsnn.train.Evaluator;
import org.qsnn.train.GradientSource;
import org.qsnn.train.KernelWarmUp;
import org.qsnn.train.ShardTask;

/** Where a training is computed, and the samples that it is computed on. */
public interface Backend extends AutoCloseable {
  /** Begins to have the network's kernels compiled, where that can be done beside other work. */
  void begin(KernelWarmUp warmUp);

  /** Gradients of the training samples; whoever asks closes it. */
  GradientSource gradients(ShardTask task);

  /** Empty if nothing is left to validate on. */
  Optional<Evaluator> validation(EvaluationTask task);

  /** Of the test samples, which are read when it evaluates. */
  Evaluator test(EvaluationTask task);

  List<String> classNames();

  /** What the images of the data set are normalized with if it is computed; empty of events. */
  Optional<ImageInput> normalization();

  /** Samples that are trained on. */
  int trainingSamples();

  /**
   * Some of them, evenly spread: for each i below the count that of rank i · all / count. The same
   * on every backend.
   *
   * @param count all if there are not so many
   */
  Samples someTraining(int count);

  /**
   * The hash of all samples, computed from them.
   *
   * @throws org.qsnn.DataException if it is not what was prepared
   */
  String dataSha256();

  /** Frees the samples. */
  @Override
  void close();
}
