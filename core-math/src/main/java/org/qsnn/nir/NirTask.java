package org.qsnn.nir;

import java.io.Serializable;
import org.qsnn.metric.Confusion;
import org.qsnn.network.Loss;
import org.qsnn.sample.SampleDecoder;
import org.qsnn.sample.Samples;
import org.qsnn.tensor.NativeRuntime;

/**
 * Lets a NIR file answer by NIR's rules, sample by sample: the class with the largest mean logit
 * over time.
 */
public final class NirTask implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Samples at a time: all nodes' outputs of one timestep are in memory. */
  private static final int BATCH = 8;

  private final SampleDecoder decoder;
  private final int timesteps;

  /**
   * @param decoder without augmentation
   * @param timesteps for which an image is shown; of frames as many as the decoder makes
   */
  public NirTask(SampleDecoder decoder, int timesteps) {
    this.decoder = decoder;
    this.timesteps = timesteps;
  }

  /** What the graph takes each class for. */
  public Confusion evaluate(byte[] file, Samples samples) {
    NativeRuntime.start();
    NirGraph graph = NirFile.read(file, "exported graph");
    int classes = graph.nodes().get(NirGraph.OUTPUT).ints("shape")[0];
    Confusion confusion = new Confusion(classes);
    for (int from = 0; from < samples.size(); from += BATCH) {
      int batch = Math.min(BATCH, samples.size() - from);
      float[] logits = logits(graph, samples, from, batch, classes);
      for (int b = 0; b < batch; b++) {
        confusion.add(
            samples.label(from + b), Loss.prediction(logits, timesteps, batch, classes, b));
      }
    }
    return confusion;
  }

  /** {@code [T, B, classes]}. */
  private float[] logits(NirGraph graph, Samples samples, int from, int batch, int classes) {
    int frames = decoder.frames();
    int length = decoder.length() / frames;
    float[] values = new float[batch * decoder.length()];
    for (int b = 0; b < batch; b++) {
      decoder.decode(
          samples.payload(from + b), samples.id(from + b), 0, 0, values, b * decoder.length());
    }
    float[] logits = new float[timesteps * batch * classes];
    float[] input = new float[batch * length];
    try (NirSimulation simulation = new NirSimulation(graph, batch)) {
      for (int t = 0; t < timesteps; t++) {
        for (int b = 0; b < batch; b++) {
          int frame = b * frames + (frames == 1 ? 0 : t);
          System.arraycopy(values, frame * length, input, b * length, length);
        }
        System.arraycopy(simulation.step(input), 0, logits, t * batch * classes, batch * classes);
      }
    }
    return logits;
  }
}
