package org.qsnn.sample;

import java.io.Serializable;
import org.qsnn.frame.FrameIntegrator;
import org.qsnn.model.FrameInput;
import org.qsnn.model.ImageInput;
import org.qsnn.model.ModelInput;

/**
 * Turns a sample's bytes into the network's input. A decoder has no mutable state: any number of
 * threads may use one, and it travels to executors.
 */
public interface SampleDecoder extends Serializable {

  /**
   * A decoder without anything random.
   *
   * @param timesteps of the network
   * @param size height and width of what the network is shown
   */
  static SampleDecoder evaluation(ModelInput input, int timesteps, int size) {
    if (input instanceof FrameInput frames) {
      return EventDecoder.evaluation(FrameIntegrator.of(frames, timesteps, size));
    }
    if (input instanceof ImageInput images) {
      return ImageDecoder.evaluation(images, size);
    }
    throw new IllegalArgumentException("no decoder for " + input);
  }

  int channels();

  /** Height and width in pixels. */
  int size();

  /** Frames of one sample; 1 means that the same image is presented at every timestep. */
  int frames();

  /**
   * Writes the sample as {@code [frames, channels, size, size]}. What is random in it is a function
   * of the decoder's seed and of the epoch with the id, or, where a whole batch is to get the same
   * change, of the epoch with the step.
   *
   * @param step of the epoch that the sample takes part in, from 0
   * @param offset index of the first float that is written
   * @throws org.qsnn.DataException if the payload is not one of a sample of this kind
   */
  void decode(byte[] payload, long id, int epoch, int step, float[] target, int offset);

  /**
   * The sample as a person can see it: before augmentation and normalization, events of all frames
   * in one.
   *
   * @throws org.qsnn.DataException as {@link #decode} does
   */
  Picture picture(byte[] payload, long id);

  /** Floats that {@link #decode} writes. */
  default int length() {
    return frames() * channels() * size() * size();
  }
}
