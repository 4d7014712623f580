package org.qsnn.sample;

import java.util.Locale;
import org.qsnn.DataException;
import org.qsnn.event.EventCodec;
import org.qsnn.event.Events;
import org.qsnn.frame.CountScale;
import org.qsnn.frame.FrameAugmentation;
import org.qsnn.frame.FrameIntegrator;
import org.qsnn.frame.FrameTransform;

/** Decodes the stored events of a sample to frames, one for each timestep. */
public final class EventDecoder implements SampleDecoder {
  private static final long serialVersionUID = 1L;

  private final FrameIntegrator integrator;
  private final FrameAugmentation augmentation;
  private final long seed;

  private EventDecoder(FrameIntegrator integrator, FrameAugmentation augmentation, long seed) {
    if (integrator.height() != integrator.width()) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "event decoder: expected square frames, found %d × %d",
              integrator.width(),
              integrator.height()));
    }
    this.integrator = integrator;
    this.augmentation = augmentation;
    this.seed = seed;
  }

  /** For training: what is random is a function of the seed and of what the augmentation says. */
  public static EventDecoder training(
      FrameIntegrator integrator, FrameAugmentation augmentation, long seed) {
    return new EventDecoder(integrator, augmentation, seed);
  }

  /** For evaluation: all events as they are. */
  public static EventDecoder evaluation(FrameIntegrator integrator) {
    return new EventDecoder(integrator, FrameAugmentation.NONE, 0);
  }

  @Override
  public int channels() {
    return FrameIntegrator.CHANNELS;
  }

  @Override
  public int size() {
    return integrator.height();
  }

  @Override
  public int frames() {
    return integrator.slicing().frames();
  }

  @Override
  public void decode(byte[] payload, long id, int epoch, int step, float[] target, int offset) {
    FrameTransform transform = augmentation.draw(seed, epoch, step, id);
    integrator.integrate(events(payload, id), transform, target, offset);
  }

  @Override
  public Picture picture(byte[] payload, long id) {
    FrameIntegrator counting =
        new FrameIntegrator(
            integrator.slicing(), size(), size(), integrator.resize(), CountScale.counts());
    float[] frames = new float[counting.length()];
    counting.integrate(events(payload, id), frames, 0);
    float[] sum = new float[channels() * size() * size()];
    for (int i = 0; i < frames.length; i++) {
      sum[i % sum.length] += frames[i];
    }
    return Picture.ofEvents(sum, size());
  }

  private static Events events(byte[] payload, long id) {
    try {
      return EventCodec.decode(payload);
    } catch (DataException e) {
      throw new DataException(String.format(Locale.ROOT, "sample %d: %s", id, e.getMessage()), e);
    }
  }
}
