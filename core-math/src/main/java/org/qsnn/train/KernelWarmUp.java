package org.qsnn.train;

import java.io.Serializable;
import org.qsnn.model.BackwardPass;
import org.qsnn.model.Footprint;
import org.qsnn.model.NetworkSpec;
import org.qsnn.network.LossTerms;
import org.qsnn.parameter.NetworkLayout;
import org.qsnn.quantize.SynapticWeights;
import org.qsnn.quantize.WeightQuantizer;
import org.qsnn.sample.RandomSamples;
import org.qsnn.sample.Samples;

/**
 * Some steps of a small batch of random samples, which leave nothing but compiled kernels. Until
 * these are compiled they are slow, so that a whole first batch takes as long as twenty later ones;
 * a small one does not (decision 0043).
 */
public final class KernelWarmUp implements Serializable {
  private static final long serialVersionUID = 1L;

  /** The first takes longer than all others together; more of them gain nothing. */
  private static final int STEPS = 8;

  /** Samples of a batch: fewer leave some of the kernels' paths out, which compiles them twice. */
  private static final int BATCH = 8;

  /** Of a batch's currents, which are a third of what a step holds. */
  private static final long MOST_BYTES = 64L << 20;

  /** A network with more takes minutes for an epoch anyway, and memory for its gradients. */
  private static final long MOST_PARAMETERS = 4L << 20;

  private final NetworkSize network;
  private final int frames;
  private final LossTerms terms;
  private final BackwardPass backward;

  /**
   * @param frames of a sample: 1, or one for each timestep
   */
  public KernelWarmUp(NetworkSpec spec, int frames, LossTerms terms, BackwardPass backward) {
    this.network = new NetworkSize(spec);
    this.frames = frames;
    this.terms = terms;
    this.backward = backward;
  }

  /** Takes the steps; returns how many: 0 of a network that is too large for it. */
  public int run() {
    NetworkSpec spec = network.spec();
    int batch = batch(spec);
    if (batch == 0) {
      return 0;
    }
    NetworkLayout layout = NetworkLayout.of(spec);
    SynapticWeights weights =
        new WeightQuantizer(layout).quantize(InitialState.of(layout, 0).parameters());
    RandomSamples random = new RandomSamples(frames, spec.inputChannels(), spec.inputSize());
    Samples samples = random.draw(batch, spec.classes());
    ShardTask task =
        new ShardTask(spec, random, new BatchPlan(0, batch), terms, backward, EarlyEpochs.NONE);
    try {
      for (int step = 0; step < STEPS; step++) {
        task.gradient(weights, samples, 0, step, 0);
      }
    } finally {
      task.release();
    }
    return STEPS;
  }

  private static int batch(NetworkSpec spec) {
    Footprint footprint = Footprint.of(spec);
    long bytes = spec.timesteps() * footprint.neurons() * Float.BYTES;
    return footprint.parameters() > MOST_PARAMETERS ? 0 : (int) Math.min(BATCH, MOST_BYTES / bytes);
  }
}
