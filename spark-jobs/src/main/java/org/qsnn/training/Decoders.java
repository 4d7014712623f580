package org.qsnn.training;

import org.qsnn.config.DatasetSection;
import org.qsnn.config.RunConfig;
import org.qsnn.frame.FrameIntegrator;
import org.qsnn.model.FrameInput;
import org.qsnn.model.ImageInput;
import org.qsnn.model.ModelInput;
import org.qsnn.sample.EventDecoder;
import org.qsnn.sample.ImageDecoder;
import org.qsnn.sample.SampleDecoder;

/** How samples become what a network is shown. */
public final class Decoders {
  private Decoders() {}

  static SampleDecoder training(RunConfig config, ModelInput input) {
    DatasetSection dataset = config.dataset();
    int size = dataset.inputSize();
    long seed = config.run().seed();
    if (input instanceof FrameInput frames) {
      int timesteps = config.network().timesteps();
      return EventDecoder.training(
          FrameIntegrator.of(frames, timesteps, size), dataset.augment().frames(), seed);
    }
    if (input instanceof ImageInput images) {
      return ImageDecoder.training(dataset.augment().images(), images, size, seed);
    }
    throw new IllegalArgumentException("no decoder for " + input);
  }

  /** Without anything random, as a run is configured. */
  public static SampleDecoder evaluation(RunConfig config, ModelInput input) {
    return evaluation(input, config.network().timesteps(), config.dataset().inputSize());
  }

  /**
   * Without anything random.
   *
   * @param timesteps of the network
   * @param size height and width of what the network is shown
   */
  public static SampleDecoder evaluation(ModelInput input, int timesteps, int size) {
    return SampleDecoder.evaluation(input, timesteps, size);
  }
}
