package org.qsnn.training;

import org.qsnn.config.DatasetSection;
import org.qsnn.config.RunConfig;
import org.qsnn.dataset.CifarFormat;
import org.qsnn.dataset.DatasetKind;
import org.qsnn.dataset.EventDecoder;
import org.qsnn.dataset.ImageDecoder;
import org.qsnn.dataset.Normalization;
import org.qsnn.dataset.SampleDecoder;
import org.qsnn.frame.FrameIntegrator;
import org.qsnn.model.FrameInput;
import org.qsnn.model.ImageInput;
import org.qsnn.model.ModelInput;

/** How samples become what a network is shown. */
public final class Decoders {
  private Decoders() {}

  /** As a data set is configured. */
  public static ModelInput input(DatasetSection dataset) {
    return switch (dataset.kind().sample()) {
      case IMAGE -> images(dataset.kind());
      case EVENTS -> dataset.frames().input();
    };
  }

  /** Height and width of what the network is shown, as a data set is configured. */
  public static int size(DatasetSection dataset) {
    return switch (dataset.kind().sample()) {
      case IMAGE -> CifarFormat.SIZE;
      case EVENTS -> dataset.frames().size();
    };
  }

  static SampleDecoder training(RunConfig config) {
    DatasetSection dataset = config.dataset();
    long seed = config.run().seed();
    if (input(dataset) instanceof FrameInput frames) {
      int timesteps = config.network().timesteps();
      return EventDecoder.training(
          FrameIntegrator.of(frames, timesteps, size(dataset)), dataset.augment().frames(), seed);
    }
    return ImageDecoder.training(dataset.augment().images(), images(dataset.kind()), seed);
  }

  /**
   * Without anything random.
   *
   * @param timesteps of the network
   * @param size height and width of what the network is shown
   */
  public static SampleDecoder evaluation(ModelInput input, int timesteps, int size) {
    if (input instanceof FrameInput frames) {
      return EventDecoder.evaluation(FrameIntegrator.of(frames, timesteps, size));
    }
    if (input instanceof ImageInput images) {
      return ImageDecoder.evaluation(images);
    }
    throw new IllegalArgumentException("no decoder for " + input);
  }

  private static ImageInput images(DatasetKind kind) {
    return switch (kind) {
      case CIFAR10 -> Normalization.CIFAR10;
      case CIFAR100 -> Normalization.CIFAR100;
      case SYNTHETIC -> Normalization.SYNTHETIC;
      case SYNTHETIC_EVENTS, RECORDINGS, DVS_GESTURE, CIFAR10_DVS, N_MNIST, N_CALTECH101 ->
          throw new IllegalArgumentException(kind.key() + " has no images to normalize");
    };
  }
}
