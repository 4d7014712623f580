package org.qsnn.job;

import org.qsnn.config.DatasetSection;
import org.qsnn.config.RunConfig;
import org.qsnn.dataset.DatasetKind;
import org.qsnn.dataset.EventDecoder;
import org.qsnn.dataset.ImageDecoder;
import org.qsnn.dataset.Normalization;
import org.qsnn.dataset.SampleDecoder;

/** How the samples of a configured dataset become input. */
final class Decoders {
  private Decoders() {}

  static SampleDecoder training(RunConfig config) {
    DatasetSection dataset = config.dataset();
    long seed = config.run().seed();
    return switch (dataset.kind().sample()) {
      case IMAGE ->
          ImageDecoder.training(dataset.augment().images(), normalization(dataset.kind()), seed);
      case EVENTS ->
          EventDecoder.training(
              dataset.frames().integrator(config.network().timesteps()),
              dataset.augment().frames(),
              seed);
    };
  }

  /**
   * @param timesteps of the network
   */
  static SampleDecoder evaluation(DatasetSection dataset, int timesteps) {
    return switch (dataset.kind().sample()) {
      case IMAGE -> ImageDecoder.evaluation(normalization(dataset.kind()));
      case EVENTS -> EventDecoder.evaluation(dataset.frames().integrator(timesteps));
    };
  }

  private static Normalization normalization(DatasetKind kind) {
    return switch (kind) {
      case CIFAR10 -> Normalization.CIFAR10;
      case CIFAR100 -> Normalization.CIFAR100;
      case SYNTHETIC -> Normalization.SYNTHETIC;
      case SYNTHETIC_EVENTS, RECORDINGS, DVS_GESTURE, CIFAR10_DVS, N_MNIST, N_CALTECH101 ->
          throw new IllegalArgumentException(kind.key() + " has no images to normalize");
    };
  }
}
